"""What was done, in a sentence, by the verb of the event and the kind of what it was done to."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: Mapping[str, str | Promise] = {
    "agreement": _("agreement"), "bill": _("bill"), "boundaries": _("borders"),
    "branch": _("branch"), "claim": _("claim"), "draft": _("draft"),
    "enrolment": _("enrolment"), "invitation": _("invitation"), "job": _("background work"),
    "key": _("key"), "message": _("message"), "payment": _("payment"), "person": _("person"),
    "roster_import": _("roster"), "roster_row": _("row of a roster"),
    "roster_upload": _("uploaded roster"), "screening": _("screening"), "sponsor": _("sponsor"),
    "standing_approval": _("standing approval"), "user": _("user"),
    "waiting": _("place in the waiting list"), "workforce": _("number of workers"),
}  # fmt: skip

VERBS: Mapping[str, str | Promise] = {
    "account_noted": pgettext_lazy("deed", "noted the bank account of"),
    "applied": pgettext_lazy("deed", "applied"),
    "appointed": pgettext_lazy("deed", "gave a role to"),
    "approved": pgettext_lazy("deed", "approved"),
    "approved_beforehand": pgettext_lazy("deed", "approved beforehand, by a standing approval:"),
    "approved_by_standing": pgettext_lazy("deed", "approved by a standing approval:"),
    "changed": pgettext_lazy("deed", "changed"),
    "closed": pgettext_lazy("deed", "closed"),
    "confirmed": pgettext_lazy("deed", "confirmed a matter of"),
    "consents_declared": pgettext_lazy("deed", "declared the consent of people under"),
    "corrected": pgettext_lazy("deed", "corrected"),
    "covered_from_the_line": pgettext_lazy("deed", "covered from the waiting list under"),
    "credit_applied": pgettext_lazy("deed", "used the credit of"),
    "decided": pgettext_lazy("deed", "decided on"),
    "discarded": pgettext_lazy("deed", "discarded"),
    "dismissed": pgettext_lazy("deed", "set aside"),
    "document_received": pgettext_lazy("deed", "received a paper of"),
    "drafted": pgettext_lazy("deed", "drafted"),
    "ended": pgettext_lazy("deed", "put an end to"),
    "enrolled": pgettext_lazy("deed", "enrolled people under"),
    "filled": pgettext_lazy("deed", "filled free places of"),
    "followed": pgettext_lazy("deed", "followed"),
    "forgot": pgettext_lazy("deed", "forgot"),
    "invited": pgettext_lazy("deed", "invited somebody:"),
    "issued": pgettext_lazy("deed", "issued"),
    "left_line": pgettext_lazy("deed", "let somebody leave the waiting list:"),
    "loaded": pgettext_lazy("deed", "loaded"),
    "looked": pgettext_lazy("deed", "looked at the cover of"),
    "matched": pgettext_lazy("deed", "matched"),
    "merged": pgettext_lazy("deed", "merged"),
    "noted_deaths": pgettext_lazy("deed", "noted deaths:"),
    "opened": pgettext_lazy("deed", "read"),
    "paid": pgettext_lazy("deed", "paid out"),
    "received": pgettext_lazy("deed", "recorded the receipt of"),
    "recorded": pgettext_lazy("deed", "recorded"),
    "reencrypted": pgettext_lazy("deed", "encrypted anew under"),
    "registered": pgettext_lazy("deed", "registered"),
    "reported": pgettext_lazy("deed", "reported"),
    "reset_second_factor": pgettext_lazy("deed", "took the second factor away from"),
    "resumed": pgettext_lazy("deed", "took up again"),
    "retried": pgettext_lazy("deed", "tried once more:"),
    "returned": pgettext_lazy("deed", "returned"),
    "row_seen": pgettext_lazy("deed", "saw the full NIK of"),
    "rows_admitted": pgettext_lazy("deed", "admitted rows of"),
    "rows_dismissed": pgettext_lazy("deed", "dismissed rows of"),
    "screened": pgettext_lazy("deed", "screened everyone:"),
    "sent_back": pgettext_lazy("deed", "sent back"),
    "set_reminders": pgettext_lazy("deed", "set reminders of"),
    "stated": pgettext_lazy("deed", "stated facts of"),
    "switched_off": pgettext_lazy("deed", "switched off the account of"),
    "switched_on": pgettext_lazy("deed", "switched on the account of"),
    "taken_back": pgettext_lazy("deed", "took back months of"),
    "taken_in": pgettext_lazy("deed", "took in"),
    "took_up_again": pgettext_lazy("deed", "went on with"),
    "threw_away": pgettext_lazy("deed", "threw away"),
    "undone": pgettext_lazy("deed", "undid"),
    "unmasked": pgettext_lazy("deed", "saw unmasked data of"),
    "unmerged": pgettext_lazy("deed", "parted again"),
    "uploaded": pgettext_lazy("deed", "uploaded"),
    "withdrew": pgettext_lazy("deed", "took back"),
}
# Whoever looked at what is otherwise masked.
LOOKS = ("unmasked", "row_seen", "looked", "followed", "opened")


def verb(name: str) -> str:
    """The verb in words; one that is not known stands as it is."""
    return str(VERBS.get(name, name.replace("_", " ")))


def kind(name: str) -> str:
    """The kind in words; one that is not known stands as it is."""
    return str(KINDS.get(name, name.replace("_", " ")))

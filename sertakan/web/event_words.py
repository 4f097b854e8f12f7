"""What was done, in a sentence, by the verb of the event and the kind of what it was done to."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    "account_noted": _("noted the bank account of"), "applied": _("applied"),
    "appointed": _("gave a role to"), "approved": _("approved"),
    "approved_beforehand": _("approved beforehand, by a standing approval:"),
    "approved_by_standing": _("approved by a standing approval:"), "changed": _("changed"),
    "closed": _("closed"), "confirmed": _("confirmed a matter of"),
    "consents_declared": _("declared the consent of people under"),
    "corrected": _("corrected"), "covered_from_the_line": _("covered from the waiting list under"),
    "credit_applied": _("used the credit of"), "decided": _("decided on"),
    "discarded": _("discarded"), "dismissed": _("dismissed"),
    "document_received": _("received a paper of"), "drafted": _("drafted"),
    "ended": _("ended"), "enrolled": _("enrolled people under"),
    "filled": _("filled free places of"), "followed": _("followed"), "forgot": _("forgot"),
    "invited": _("invited somebody:"), "issued": _("issued"),
    "left_line": _("let somebody leave the waiting list:"), "loaded": _("loaded"),
    "looked": _("looked at the cover of"), "matched": _("matched"), "merged": _("merged"),
    "noted_deaths": _("noted deaths:"), "opened": _("read"), "paid": _("paid out"),
    "received": _("received"), "recorded": _("recorded"), "reencrypted": _("encrypted anew under"),
    "registered": _("registered"), "reported": _("reported"),
    "reset_second_factor": _("took the second factor away from"), "resumed": _("took up again"),
    "retried": _("tried once more:"), "returned": _("returned"),
    "row_seen": _("saw the full NIK of"), "rows_admitted": _("admitted rows of"),
    "rows_dismissed": _("dismissed rows of"), "screened": _("screened everyone:"),
    "sent_back": _("sent back"), "set_reminders": _("set reminders of"),
    "stated": _("stated facts of"), "switched_off": _("switched off the account of"),
    "switched_on": _("switched on the account of"), "taken_back": _("took back months of"),
    "taken_in": _("took in"), "threw_away": _("threw away"), "undone": _("undid"),
    "unmasked": _("saw unmasked data of"), "unmerged": _("parted again"),
    "uploaded": _("uploaded"), "withdrew": _("withdrew"),
}  # fmt: skip
# Whoever looked at what is otherwise masked.
LOOKS = ("unmasked", "row_seen", "looked", "followed", "opened")


def verb(name: str) -> str:
    """The verb in words; one that is not known stands as it is."""
    return str(VERBS.get(name, name.replace("_", " ")))


def kind(name: str) -> str:
    """The kind in words; one that is not known stands as it is."""
    return str(KINDS.get(name, name.replace("_", " ")))


def details(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the event tells besides, plainly: (name, value)."""
    return [(name.replace("_", " "), _plain(value)) for name, value in told.items() if value != ""]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:10])) + (" …" if len(value) > 10 else "")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {part}" for name, part in list(value.items())[:10])
    return str(value)

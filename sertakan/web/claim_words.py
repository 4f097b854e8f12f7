"""The words of claims as the pages show them, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sertakan.claims.models import Cause, Outcome, State

CLAIM_STATES: dict[str, Promise] = {
    State.REPORTED: _("To be decided"),
    State.DECIDED: _("Waits for a second person"),
    State.APPROVED: _("To be paid"),
    State.REFUSED: _("Refused"),
    State.PAID: pgettext_lazy("claim", "Paid"),
    State.WITHDRAWN: _("Withdrawn"),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.PAYABLE: _("Can be paid"),
    Outcome.REFUSED: _("Cannot be paid"),
    Outcome.PENDING_ARREARS: _("Waits for arrears"),
    Outcome.REVIEW: _("An officer must confirm"),
}
OUTCOME_SHADES = {
    Outcome.PAYABLE: "good",
    Outcome.REFUSED: "bad",
    Outcome.PENDING_ARREARS: "wait",
    Outcome.REVIEW: "wait",
}
CAUSES: dict[str, Promise] = {
    Cause.ORDINARY: _("Illness, age or another ordinary cause"),
    Cause.WORK_ACCIDENT: _("Work accident"),
}
RELATIONS: dict[str, Promise] = {
    "spouse": _("Husband or wife"),
    "child": _("Child"),
    "parent": _("Father or mother"),
    "grandparent": _("Grandparent"),
    "grandchild": _("Grandchild"),
    "sibling": _("Brother or sister"),
    "parent_in_law": _("Parent of the husband or wife"),
}
REPORTERS: dict[str, Promise] = {
    **RELATIONS,
    "neighbour": _("Neighbour"),
    "village": _("Official of the kelurahan or RT/RW"),
    "sponsor": _("Sponsor"),
    "other": _("Somebody else"),
}
LEVELS: dict[str, Promise] = {
    "preschool": _("Not at school yet"),
    "primary": _("Primary school (SD)"),
    "junior": _("Junior secondary school (SMP)"),
    "senior": _("Senior secondary school (SMA/SMK)"),
    "university": _("University"),
}
# What JKM asks for (facts: BPJS TK's lists); the law itself asks for the first two.
PAPERS: dict[str, Promise] = {
    "death_certificate": _("Death certificate (akta kematian)"),
    "heir_statement": _("Statement of heirs by the competent official"),
    "claim_form": _("Claim form (F4)"),
    "ktp_deceased": _("KTP of the person who died"),
    "ktp_heir": _("KTP of the heir"),
    "family_card": _("Family card (KK)"),
    "marriage_book": _("Marriage book"),
    "account_book": _("Bank book of the heir"),
}
SIGNALS: dict[str, Promise] = {
    "died_soon": _("Died %(days)s days after being registered."),
    "listed_after_death": _("Was on a list that was taken in after the death."),
    "paid_after_death": _("The first contribution was paid on %(day)s, after the death."),
    "death_noted_otherwise": _("The death is noted elsewhere for %(day)s."),
    "another_claim": _("Somebody of the same name, born on the same day, has a claim: %(claims)s."),
    "account_of_others": _("The same bank account stands in other claims: %(claims)s."),
    "birth_differs_from_nik": _("The NIK tells of another date of birth: %(day)s."),
}

TABLES: dict[str, dict[str, Promise]] = {
    "claim_state": CLAIM_STATES,
    "outcome": OUTCOMES,
    "cause": CAUSES,
    "relation": REPORTERS,
    "level": LEVELS,
    "paper": PAPERS,
}

"""What is wrong with a row, in words: short for lists, whole sentences for the row itself."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sertakan.enrolment.models import Outcome, RosterRow
from sertakan.rosters.reporting.sentences import REASONS as SENTENCES
from sertakan.rosters.reporting.sentences import sentences
from sertakan.vocabulary import Nik, NikError

OUTCOMES: dict[str, Promise] = {
    Outcome.ACCEPTED: _("Accepted"),
    Outcome.REVIEW: _("To be looked at"),
    Outcome.DUPLICATE: _("Double"),
    Outcome.REJECTED: _("Rejected"),
}
OUTCOME_SHAPES: dict[str, str] = {
    Outcome.ACCEPTED: "state-good",
    Outcome.REVIEW: "state-wait",
    Outcome.DUPLICATE: "",
    Outcome.REJECTED: "state-bad",
}
REASONS: dict[str, Promise] = {
    "nik_missing": _("NIK missing"),
    "nik_precision_lost": _("Last digits of the NIK lost"),
    "nik_length": _("NIK not of 16 digits"),
    "nik_not_numeric": _("NIK with letters or signs"),
    "nik_date_invalid": _("No such birth date in the NIK"),
    "nik_region_unknown": _("No such province in the NIK"),
    "name_missing": _("Name missing"),
    "birthdate_invalid": _("Birth date cannot be read"),
    "over_age": _("65 years or older"),
    "under_age": _("Under 18 years"),
    "deceased": _("Dead by the civil registry"),
    "already_covered": _("Insured already"),
    "duplicate_in_import": _("Same NIK on another row"),
    "nik_birthdate_mismatch": _("Birth date differs from the NIK"),
    "nik_sex_mismatch": _("Sex differs from the NIK"),
    "category_unknown": _("Kind of work not clear"),
    "possible_duplicate": _("Perhaps the same person as another row"),
    "category_not_in_agreement": _("Kind of work not in the agreement"),
    "already_enrolled": _("Enrolled already by our records"),
    "already_waiting": _("Waits in line already"),
}
# What may become of an accepted row when it is taken in; the rosters themselves cannot tell.
OF_OUR_RECORDS: dict[str, Promise] = {
    "category_not_in_agreement": _(
        "The agreement is not for this kind of work. Correct the kind of work if it is wrong."
    ),
    "already_enrolled": _(
        "This NIK is enrolled already for these days. If it is another person, correct the NIK."
    ),
    "already_waiting": _(
        "This NIK waits in line already under this agreement. If it is another person, correct "
        "the NIK."
    ),
}
FIXES: dict[str, Promise] = {
    "birthdate_from_nik": _("Birth date taken from the NIK"),
    "nik_cleaned": _("Spaces and signs taken out of the NIK"),
    "nik_confusable": _("Letters in the NIK read as digits (O as 0, l as 1)"),
    "sex_from_nik": _("Sex taken from the NIK"),
}
# The field of the form in which a reason is mended; the first is where the reader is sent.
MENDED_IN = {
    "name_missing": "name",
    "birthdate_invalid": "birth_date",
    "over_age": "birth_date",
    "under_age": "birth_date",
    "nik_birthdate_mismatch": "birth_date",
    "nik_sex_mismatch": "sex",
    "category_unknown": "category",
    "category_not_in_agreement": "category",
}


def words_of(reasons: Iterable[str]) -> list[str]:
    """Short words for reasons."""
    return [str(REASONS.get(reason, reason)) for reason in reasons]


def told_of(row: RosterRow, nik: str) -> Iterator[tuple[str, str, bool]]:
    """For each reason of a row: the reason, a sentence, and whether that is Indonesian anyway."""
    facts = _facts(row, nik)
    for reason in row.reasons:
        if reason in SENTENCES:
            yield reason, sentences({**facts, "reasons": reason}), True
        else:
            yield reason, str(OF_OUR_RECORDS.get(reason, reason)), False


def _facts(row: RosterRow, nik: str) -> dict[str, Any]:
    digits = re.sub(r"\D", "", nik)
    return {
        "nik_read": nik,
        "nik_digits": digits,
        "birth_date": row.birth_date,
        "nik_birth_date": _born(nik, row.roster_import.checked_on),
        "nik_sex": _sex(nik),
        "duplicate_of": row.duplicate_of,
    }


def _born(nik: str, on: date) -> date | None:
    try:
        return Nik(nik).birth_date(on=on)
    except NikError:
        return None


def _sex(nik: str) -> str:
    try:
        return Nik(nik).sex
    except NikError:
        return ""

"""What an officer should look at before deciding: things that were wrong elsewhere before.

A signal is a question, never an answer; no decision hangs on it. What was reported of such
cases is told in `BECAUSE`, by the name of the signal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from sertakan.claims.accounts import account_of
from sertakan.claims.gathering import records_of
from sertakan.claims.models import Claim
from sertakan.people.encryption import decrypt
from sertakan.vocabulary import Nik, nik_fault

SOON = timedelta(days=90)
REPORTED = "BPJS Watch, 3 September 2024"
OUR_OWN = ""  # found by thinking, not in a report
BECAUSE: Mapping[str, str] = {
    "died_soon": REPORTED,
    "listed_after_death": OUR_OWN,
    "paid_after_death": OUR_OWN,
    "death_noted_otherwise": OUR_OWN,
    "another_claim": OUR_OWN,
    "account_of_others": OUR_OWN,
    "birth_differs_from_nik": OUR_OWN,
}

FACTS = """
    SELECT min(e.accepted_on),
        bool_and((i.imported_at AT TIME ZONE 'Asia/Jakarta')::date > %(died_on)s),
        (
            SELECT min(paid_on) FROM contributions_paidmonth WHERE person_id = ANY(%(people)s)
        )
    FROM enrolment_enrolment e
    LEFT JOIN enrolment_rosterimport i ON i.id = e.roster_import_id
    WHERE e.person_id = ANY(%(people)s) AND NOT e.void
"""
# Somebody of the same name, born on the same day, under another NIK.
SAME_NAME = """
    SELECT c.reference FROM people_person p JOIN claims_claim c ON c.person_id = p.id
    WHERE p.birth_date = %(born)s AND lower(p.name) = lower(%(name)s) AND c.id <> %(claim)s
    ORDER BY c.id LIMIT 5
"""
SAME_ACCOUNT = """
    SELECT DISTINCT c.reference FROM claims_heiraccount a JOIN claims_claim c ON c.id = a.claim_id
    WHERE a.account_index = %s AND a.claim_id <> %s ORDER BY 1 LIMIT 5
"""


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing to look at, by name, with what fills its sentence."""

    name: str
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Where such cases were reported; empty for none that we know."""
        return BECAUSE[self.name]


def signals(claim: Claim) -> list[Signal]:
    """What to look at in a claim; none is usual. A constant number of queries."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"people": records_of(claim.person), "died_on": claim.died_on})
        accepted_on, listed_after, paid_on = cursor.fetchone()
    return [
        *_soon(claim, accepted_on),
        *([Signal("listed_after_death")] if listed_after else []),
        *_paid_after(claim, paid_on),
        *_noted_otherwise(claim),
        *_another_claim(claim),
        *_account_of_others(claim),
        *_birth_differs(claim),
    ]


def _soon(claim: Claim, accepted_on: date | None) -> list[Signal]:
    if accepted_on is None or claim.died_on - accepted_on > SOON:
        return []
    return [Signal("died_soon", {"days": (claim.died_on - accepted_on).days})]


def _paid_after(claim: Claim, paid_on: date | None) -> list[Signal]:
    if paid_on is None or paid_on <= claim.died_on:
        return []
    return [Signal("paid_after_death", {"day": paid_on})]


def _noted_otherwise(claim: Claim) -> list[Signal]:
    noted = claim.person.died_on
    if noted is None or noted == claim.died_on:
        return []
    return [Signal("death_noted_otherwise", {"day": noted})]


def _another_claim(claim: Claim) -> list[Signal]:
    return _of_others(
        "another_claim",
        SAME_NAME,
        {"born": claim.person.birth_date, "name": claim.person.name, "claim": claim.pk},
    )


def _account_of_others(claim: Claim) -> list[Signal]:
    account = account_of(claim)
    if account is None:
        return []
    return _of_others("account_of_others", SAME_ACCOUNT, [account.account_index, claim.pk])


def _of_others(name: str, query: str, parameters: Any) -> list[Signal]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        references = [reference for (reference,) in cursor.fetchall()]
    return [Signal(name, {"claims": ", ".join(references)})] if references else []


def _birth_differs(claim: Claim) -> list[Signal]:
    born = claim.person.birth_date
    if born is None:
        return []
    digits = decrypt(claim.person.nik_encrypted, "nik")
    if nik_fault(digits):
        return []
    issued = Nik(digits).birth_date(on=claim.reported_on)
    return [] if issued == born else [Signal("birth_differs_from_nik", {"day": issued})]

"""The facts of a death, from records and statements, as the law asks for them.

Records say who was accepted when, what was paid and at which price; people say whether the
person worked, who the children are, and who survives. What nobody says is unknown.
"""

from datetime import date
from typing import Any

from django.db import connection

from sertakan.claims.models import Claim
from sertakan.contributions.cover import covers_of
from sertakan.people.models import Person
from sertakan.people.queries import kept

STATED = ("working_when_accepted", "children", "survivors", "will", "funeral_arranged_by")

# The enrolment of the segment that ran on the day of death, else the last before, else the next.
PRICED_BY = """
    SELECT coalesce(e.income, a.assumed_income), a.wage, a.risk_class, e.sector, a.fund
    FROM enrolment_enrolment e JOIN sponsors_agreement a ON a.id = e.agreement_id
    WHERE e.person_id = ANY(%(people)s) AND a.segment = %(segment)s AND NOT e.void
    ORDER BY e.starts_on <= %(died_on)s DESC, e.starts_on DESC LIMIT 1
"""


def facts_of(claim: Claim, *, known_on: date) -> dict[str, Any]:
    """The facts of `death_benefit` (contracts), from what was known on a day."""
    facts: dict[str, Any] = {
        "died_on": claim.died_on.isoformat(),
        "cause": claim.cause,
        "known_on": known_on.isoformat(),
        **{name: claim.statements[name] for name in STATED if name in claim.statements},
    }
    at_death = covers_of(claim.person_id, on=claim.died_on, known_on=claim.died_on)
    if not at_death:
        return facts | {"payments": []}
    segment = at_death[0].segment
    (known,) = (
        each
        for each in covers_of(claim.person_id, on=claim.died_on, known_on=known_on)
        if each.segment == segment
    )
    return facts | {
        "segment": segment,
        "accepted_on": known.accepted_on.isoformat(),
        "payments": [payment.as_facts() for payment in known.payments],
        **_price_facts(claim, segment),
    }


def _price_facts(claim: Claim, segment: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            PRICED_BY,
            {"people": records_of(claim.person), "segment": segment, "died_on": claim.died_on},
        )
        income, wage, risk_class, sector, fund = cursor.fetchone()
    if segment == "PU":
        return {"wage": wage, "risk_class": risk_class, "fund": fund}
    return {"income": income, "sector": sector, "fund": fund}


def records_of(person: Person) -> list[int]:
    """The ids under which a person is recorded: the one kept, and those merged into it."""
    root = kept(person)
    return [root.pk, *root.merged.values_list("pk", flat=True)]

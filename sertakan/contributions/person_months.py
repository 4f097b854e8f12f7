"""Month by month: what was billed for one person, and what of it is paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connection

from sertakan.contributions.cover import PersonCover
from sertakan.law.cover import status
from sertakan.vocabulary import Month

State = Literal["paid", "grace", "unpaid", "none"]

# The charges that stand: what was taken back is gone with the line that takes it back.
CHARGED = """
    SELECT l.month, b.id, b.number, a.id, a.segment, l.rupiah, p.paid_on
    FROM contributions_billline l
    JOIN contributions_bill b ON b.id = l.bill_id
    JOIN sponsors_agreement a ON a.id = b.agreement_id
    LEFT JOIN contributions_paidmonth p
        ON (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
    WHERE l.person_id = ANY(%s) AND l.sequence IN (0, 2, 4, 6) AND NOT EXISTS (
        SELECT FROM contributions_billline t WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (l.person_id, l.month, l.sequence + 1)
    )
    ORDER BY l.month, b.id
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """A month that is charged for a person; `paid_on` is None while nobody has paid it."""

    month: Month
    bill: int
    number: str
    agreement: int
    segment: str
    rupiah: int
    paid_on: date | None


def charges_of(records: Collection[int]) -> list[Charge]:
    """The months charged for a person, by all records (ids) of that person, in order."""
    with connection.cursor() as cursor:
        cursor.execute(CHARGED, [list(records)])
        return [Charge(Month.of(month), *rest) for month, *rest in cursor.fetchall()]


def month_states(
    charges: Collection[Charge], covers: Collection[PersonCover], *, on: date
) -> dict[Month, State]:
    """How each month that is charged stands on a day: paid, unpaid but in grace, or unpaid."""
    by_segment = {each.segment: each for each in covers}
    states: dict[Month, State] = {}
    for charge in charges:
        if charge.paid_on is not None:
            states[charge.month] = "paid"
        elif states.get(charge.month) != "paid":
            cover = by_segment.get(charge.segment)  # type: ignore[call-overload]
            states[charge.month] = _unpaid(cover, charge.month, on)
    return states


def _unpaid(cover: PersonCover | None, month: Month, on: date) -> State:
    if cover is None:
        return "unpaid"
    found = status(
        segment=cover.segment,
        accepted_on=cover.accepted_on,
        payments=cover.payments,
        on=min(month.last_day, on),
        known_on=on,
    )
    return "grace" if found.status == "grace" else "unpaid"

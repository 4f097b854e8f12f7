"""What a sponsor sees of its own people: their months and their cover, many at a time.

Nothing here tells of benefits, health, heirs, or what others pay for a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Sum

from sertakan.contributions.cover import payments_of
from sertakan.contributions.models import Allocation, Bill, Payment
from sertakan.enrolment.models import Enrolment, Waiting
from sertakan.law.contributions import Segment
from sertakan.law.cover import cover_until, status
from sertakan.sponsors.models import Sponsor
from sertakan.vocabulary import Month

# The last line of each month decides: charged, paid, or (odd) taken back.
MONTHS = """
    SELECT asked.id, l.month, p.paid_on IS NOT NULL
    FROM enrolment_enrolment asked
    JOIN sponsors_agreement own ON own.id = asked.agreement_id
    JOIN contributions_billline l ON l.person_id = asked.person_id
    JOIN enrolment_enrolment e ON e.id = l.enrolment_id
    JOIN sponsors_agreement a ON a.id = e.agreement_id AND a.sponsor_id = own.sponsor_id
    LEFT JOIN contributions_paidmonth p
        ON (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
    WHERE asked.id = ANY (%(enrolments)s) AND l.sequence %% 2 = 0
        AND NOT EXISTS (
            SELECT FROM contributions_billline t
            WHERE (t.person_id, t.month, t.sequence) = (l.person_id, l.month, l.sequence + 1)
        )
"""
FACTS = """
    WITH asked AS (
        SELECT id, coalesce(merged_into_id, id) AS kept FROM people_person
        WHERE id = ANY (%(people)s)
    ), same AS (
        SELECT asked.id AS asked, p.id FROM asked
        JOIN people_person p ON p.id = asked.kept OR p.merged_into_id = asked.kept
    )
    SELECT same.asked, a.segment, e.accepted_on, NULL::date, NULL::date
    FROM same
    JOIN enrolment_enrolment e ON e.person_id = same.id AND NOT e.void
    JOIN sponsors_agreement a ON a.id = e.agreement_id
    UNION ALL
    SELECT same.asked, a.segment, NULL, p.paid_on, p.month
    FROM same
    JOIN contributions_paidmonth p ON p.person_id = same.id
    JOIN contributions_allocation x ON x.id = p.allocation_id
    JOIN contributions_bill b ON b.id = x.bill_id
    JOIN sponsors_agreement a ON a.id = b.agreement_id
    WHERE NOT EXISTS (
        SELECT FROM contributions_billline t
        WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (p.person_id, p.month, p.sequence + 1)
    )
"""


@dataclass(frozen=True, slots=True)
class CoverNow:
    """`status` (law.cover), and the last day promised if nothing more is paid."""

    status: str
    through: date | None
    grace_through: date | None


def months_of(enrolments: Collection[Enrolment]) -> Mapping[int, Mapping[Month, bool]]:
    """For each enrolment (by id): the months that are billed to its sponsor for the person, under
    whichever agreement, and whether each is paid."""
    found: dict[int, dict[Month, bool]] = {each.pk: {} for each in enrolments}
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, {"enrolments": list(found)})
        for enrolment, month, paid in cursor.fetchall():
            found[enrolment][Month.of(month)] = paid
    return found


def covers_now(people: Collection[int], *, on: date) -> Mapping[int, CoverNow]:
    """The best cover of each of these people (ids) on a day, in one query."""
    accepted: dict[int, dict[Segment, date]] = {}
    paid: dict[tuple[int, Segment], list[tuple[date, Month]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"people": list(people)})
        for person, segment, accepted_on, paid_on, month in cursor.fetchall():
            if accepted_on:
                days = accepted.setdefault(person, {})
                days[segment] = min(accepted_on, days.get(segment, accepted_on))
            else:
                paid.setdefault((person, segment), []).append((paid_on, Month.of(month)))
    return {
        person: _best(
            [
                _cover(segment, day, paid.get((person, segment), []), on)
                for segment, day in days.items()
            ]
        )
        for person, days in accepted.items()
    }


def from_the_line() -> Exists:
    """Of an enrolment: the sponsor chose the person from others' line."""
    turns = Waiting.objects.filter(
        person=OuterRef("person"),
        enrolment__agreement__sponsor=OuterRef("agreement__sponsor"),
    ).exclude(agreement__sponsor=OuterRef("agreement__sponsor"))
    return Exists(turns)


def chosen_from_the_line(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With `hidden`: the sponsor chose the person so, and is not told who it is."""
    return enrolments.annotate(hidden=from_the_line())


@dataclass(frozen=True, slots=True)
class MoneyOf:
    """Rupiah of a sponsor: received, used for months, and the net of its bills; months paid."""

    received: int
    used: int
    billed: int
    months: int


def money_of(sponsor: Sponsor) -> MoneyOf:
    """Sums over the bills and payments of a sponsor; not over its people."""
    payments = Payment.objects.filter(sponsor=sponsor).aggregate(sum=Sum("rupiah"))
    matched = Payment.objects.filter(matching__sponsor=sponsor).aggregate(sum=Sum("rupiah"))
    allocated = Allocation.objects.filter(bill__agreement__sponsor=sponsor).aggregate(
        sum=Sum("rupiah"), lines=Sum("line_count")
    )
    bills = Bill.objects.filter(agreement__sponsor=sponsor).aggregate(
        sum=Sum("total_rupiah"), refunded=Sum("refund_rupiah")
    )
    return MoneyOf(
        received=(payments["sum"] or 0) + (matched["sum"] or 0),
        used=(allocated["sum"] or 0) - (bills["refunded"] or 0),
        billed=bills["sum"] or 0,
        months=(allocated["lines"] or 0) - _refunded_months(sponsor),
    )


REFUNDED = """
    SELECT count(*) FROM contributions_bill b
    JOIN sponsors_agreement a ON a.id = b.agreement_id AND a.sponsor_id = %s
    JOIN contributions_billline l ON l.bill_id = b.id
    JOIN contributions_paidmonth p
        ON (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence - 1)
    WHERE b.corrects_id IS NOT NULL
"""


def _refunded_months(sponsor: Sponsor) -> int:
    with connection.cursor() as cursor:
        cursor.execute(REFUNDED, [sponsor.pk])
        return int(cursor.fetchone()[0])


def _cover(
    segment: Segment, accepted_on: date, months: list[tuple[date, Month]], on: date
) -> CoverNow:
    payments = payments_of(months)
    told = {"segment": segment, "accepted_on": accepted_on, "payments": payments, "on": on}
    end = cover_until(**told)  # type: ignore[arg-type]
    found = status(**told)  # type: ignore[arg-type]
    return CoverNow(found.status, end.covered_through, end.grace_through)


def _best(covers: list[CoverNow]) -> CoverNow:
    order = ("covered", "grace", "not_yet", "lapsed")
    return min(covers, key=lambda cover: order.index(cover.status))

"""Setting a sponsor's money against bills: whole lines, in order, as far as it reaches.

The money is what just arrived and the sponsor's credit. It pays a bill's lines in order of
month and enrolment and stops at the first that it does not reach; the rest stays credit.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from sertakan.ledger.operations import Posting, post_many
from sertakan.postgres.bulk import copy_into, temporary_table


@dataclass(frozen=True, slots=True)
class Money:
    """Money of a sponsor to be used: for one bill, or (None) for every open one, oldest first.

    `rupiah` of it arrived with `payment`; the sponsor's credit is used beside it, after it.
    `on` is the day from which the months count as paid.
    """

    sponsor: int
    on: date
    bill: int | None = None
    payment: int | None = None
    rupiah: int = 0


@dataclass(frozen=True, slots=True)
class Allocated:
    """What was set against one bill."""

    allocation: int
    bill: int
    payment: int | None
    sponsor: int
    on: date
    rupiah: int
    from_credit: int
    lines: int


def settle(money: Sequence[Money], *, now: datetime) -> list[Allocated]:
    """Use money, at most once for each sponsor, and write it to the ledger.

    The caller holds the sponsors; payments are recorded before. Runs in its transaction.
    """
    if not money:
        return []
    with (
        temporary_table("settling", SETTLING),
        temporary_table("settling_bills", SETTLING_BILLS),
        temporary_table("paying", PAYING),
        connection.cursor() as cursor,
    ):
        copy_into("settling", list(SETTLING), [astuple(each) for each in money])
        cursor.execute("ANALYZE settling")
        cursor.execute(OPEN_BILLS)
        if not cursor.rowcount:
            return []
        for pay in _ways_to_pay(cursor):
            cursor.execute(pay)
        cursor.execute("ANALYZE paying")
        cursor.execute(ALLOCATE)
        allocated = [Allocated(*row) for row in cursor.fetchall()]
        _pay_months(cursor, allocated)
    post_many(
        postings=[
            Posting(
                each.on,
                f"allocation/{each.allocation}",
                f"bill {each.bill}",
                {
                    f"credit/sponsor/{each.sponsor}": each.rupiah,
                    f"receivable/sponsor/{each.sponsor}": -each.rupiah,
                },
            )
            for each in allocated
        ],
        now=now,
    )
    return allocated


def _ways_to_pay(cursor: Any) -> list[str]:
    """A bill that is reached whole needs no order of its lines; most are."""
    cursor.execute("SELECT bool_or(owed <= reached), bool_or(owed > reached) FROM settling_bills")
    whole, in_part = cursor.fetchone()
    return [PAY_WHOLE] * whole + [PAY_IN_PART] * in_part


def _pay_months(cursor: Any, allocated: list[Allocated]) -> None:
    if allocated:
        cursor.execute(PAID_MONTHS, [[each.allocation for each in allocated]])


SETTLING = {
    "sponsor_id": "bigint", "on": "date", "bill_id": "bigint", "payment_id": "bigint",
    "rupiah": "bigint",
}  # fmt: skip
SETTLING_BILLS = {
    "bill_id": "bigint", "sponsor_id": "bigint", "on": "date", "payment_id": "bigint",
    "payment_rupiah": "bigint", "place": "bigint", "owed": "bigint", "reached": "bigint",
}  # fmt: skip
PAYING = {
    "bill_id": "bigint", "person_id": "bigint", "month": "date", "sequence": "smallint",
    "rupiah": "bigint",
}  # fmt: skip

# `reached` is what is left of the money when the bills before this one are paid.
OPEN_BILLS = """
    INSERT INTO settling_bills
    SELECT bill_id, sponsor_id, "on", payment_id, rupiah, place, owed, available - through + owed
    FROM (
        SELECT o.bill_id, s.sponsor_id, s."on", s.payment_id, s.rupiah, o.rupiah AS owed,
            c.rupiah AS available,
            row_number() OVER oldest_first AS place, sum(o.rupiah) OVER oldest_first AS through
        FROM settling s
        JOIN contributions_credit c ON c.sponsor_id = s.sponsor_id AND c.rupiah > 0
        JOIN contributions_outstanding o ON o.sponsor_id = s.sponsor_id AND o.rupiah > 0
        JOIN contributions_bill b ON b.id = o.bill_id
        WHERE s.bill_id IS NULL OR s.bill_id = o.bill_id
        WINDOW oldest_first AS (
            PARTITION BY s.sponsor_id ORDER BY b.issued_on, b.id ROWS UNBOUNDED PRECEDING
        )
    ) open
    WHERE available - through + owed > 0
"""
_UNPAID = """
    l.sequence % 2 = 0
    AND NOT EXISTS (
        SELECT FROM contributions_paidmonth p
        WHERE (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
    )
    AND NOT EXISTS (
        SELECT FROM contributions_billline t WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (l.person_id, l.month, l.sequence + 1)
    )
"""
PAY_WHOLE = f"""
    INSERT INTO paying
    SELECT l.bill_id, l.person_id, l.month, l.sequence, l.rupiah
    FROM contributions_billline l
    WHERE l.bill_id IN (SELECT bill_id FROM settling_bills WHERE owed <= reached) AND {_UNPAID}
"""
PAY_IN_PART = f"""
    INSERT INTO paying
    SELECT bill_id, person_id, month, sequence, rupiah
    FROM (
        SELECT l.bill_id, l.person_id, l.month, l.sequence, l.rupiah, s.reached,
            sum(l.rupiah) OVER (
                PARTITION BY l.bill_id ORDER BY l.month, l.enrolment_id ROWS UNBOUNDED PRECEDING
            ) AS through
        FROM settling_bills s JOIN contributions_billline l ON l.bill_id = s.bill_id
        WHERE s.owed > s.reached AND {_UNPAID}
    ) unpaid
    WHERE through <= reached
"""
ALLOCATE = """
    INSERT INTO contributions_allocation AS a
        (bill_id, payment_id, "on", rupiah, from_credit, line_count)
    SELECT bill_id, CASE WHEN from_credit < rupiah THEN payment_id END, "on", rupiah, from_credit,
        lines
    FROM (
        SELECT *, least(rupiah, greatest(0,
            sum(rupiah) OVER (PARTITION BY sponsor_id ORDER BY place) - payment_rupiah
        )) AS from_credit
        FROM settling_bills
        JOIN (
            SELECT bill_id, sum(rupiah)::bigint AS rupiah, count(*) AS lines
            FROM paying GROUP BY bill_id HAVING sum(rupiah) > 0
        ) paid USING (bill_id)
    ) used
    ORDER BY sponsor_id, place
    RETURNING id, bill_id, payment_id,
        (SELECT sponsor_id FROM settling_bills s WHERE s.bill_id = a.bill_id),
        "on", rupiah, from_credit, line_count
"""
PAID_MONTHS = """
    INSERT INTO contributions_paidmonth (person_id, month, sequence, paid_on, allocation_id)
    SELECT p.person_id, p.month, p.sequence, a."on", a.id
    FROM paying p JOIN contributions_allocation a ON a.bill_id = p.bill_id AND a.id = ANY(%s)
"""

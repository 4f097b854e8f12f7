"""What is owed, what is left over, and what was billed and paid. Cover is in `cover`."""

from datetime import date

import polars as pl
from django.db import connection

from sertakan.contributions.models import Bill
from sertakan.sponsors.models import Agreement, Sponsor


def credit(sponsor: Sponsor) -> int:
    """Rupiah of a sponsor's money that is not used."""
    return _one("SELECT rupiah FROM contributions_credit WHERE sponsor_id = %s", sponsor.pk)


def outstanding(bill: Bill) -> int:
    """Rupiah left to pay of a bill; 0 for a correction."""
    return _one("SELECT rupiah FROM contributions_outstanding WHERE bill_id = %s", bill.pk)


CREDIT_ON = """
    SELECT (
        coalesce((
            SELECT sum(o.rupiah) FROM contributions_owner o
            JOIN contributions_payment p ON p.id = o.payment_id
            WHERE o.sponsor_id = %(sponsor)s AND p.received_on <= %(on)s
        ), 0) + coalesce((
            SELECT sum(b.refund_rupiah) FROM contributions_bill b
            JOIN sponsors_agreement a ON a.id = b.agreement_id
            WHERE a.sponsor_id = %(sponsor)s AND b.issued_on <= %(on)s
        ), 0) - coalesce((
            SELECT sum(x.rupiah) FROM contributions_allocation x
            JOIN contributions_bill b ON b.id = x.bill_id
            JOIN sponsors_agreement a ON a.id = b.agreement_id
            WHERE a.sponsor_id = %(sponsor)s AND x."on" <= %(on)s
        ), 0)
    )::bigint
"""


def credit_on(sponsor: Sponsor, *, on: date) -> int:
    """Rupiah of a sponsor's money that were not used at the end of a day."""
    with connection.cursor() as cursor:
        cursor.execute(CREDIT_ON, {"sponsor": sponsor.pk, "on": on})
        return int(cursor.fetchone()[0])


def unmatched() -> int:
    """Rupiah received of which nobody has said yet whose they are."""
    return _one("SELECT coalesce(sum(rupiah), 0) FROM contributions_owner WHERE sponsor_id IS NULL")


def _one(query: str, *parameters: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


OPEN_BILLS = pl.Schema(
    {
        "bill": pl.Int64, "number": pl.String, "payment_code": pl.String, "sponsor": pl.Int64,
        "agreement": pl.Int64, "first_month": pl.Date, "last_month": pl.Date,
        "issued_on": pl.Date, "due_on": pl.Date, "total_rupiah": pl.Int64, "owed_rupiah": pl.Int64,
    }
)  # fmt: skip
OPEN_ON = """
    SELECT * FROM (
        SELECT b.id, b.number, b.payment_code, a.sponsor_id, b.agreement_id, b.first_month,
            b.last_month, b.issued_on, b.due_on, b.total_rupiah,
            (b.total_rupiah + coalesce(c.rupiah, 0) - coalesce(p.rupiah, 0))::bigint AS owed
        FROM contributions_bill b
        JOIN sponsors_agreement a ON a.id = b.agreement_id
        LEFT JOIN LATERAL (
            SELECT sum(total_rupiah + refund_rupiah) AS rupiah FROM contributions_bill
            WHERE corrects_id = b.id AND issued_on <= %(on)s
        ) c ON true
        LEFT JOIN LATERAL (
            SELECT sum(rupiah) AS rupiah FROM contributions_allocation
            WHERE bill_id = b.id AND "on" <= %(on)s
        ) p ON true
        WHERE b.corrects_id IS NULL AND b.issued_on <= %(on)s
            AND (%(sponsor)s::bigint IS NULL OR a.sponsor_id = %(sponsor)s)
            AND (%(agreement)s::bigint IS NULL OR a.id = %(agreement)s)
    ) bills
    WHERE owed > 0 ORDER BY due_on, id
"""


def open_bills(
    *, on: date, sponsor: Sponsor | None = None, agreement: Agreement | None = None
) -> pl.DataFrame:
    """Bills not paid in full on a day, those due first first (`OPEN_BILLS`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            OPEN_ON,
            {
                "on": on,
                "sponsor": sponsor.pk if sponsor else None,
                "agreement": agreement.pk if agreement else None,
            },
        )
        return pl.DataFrame(cursor.fetchall(), schema=OPEN_BILLS, orient="row")


def arrears(
    *, on: date, sponsor: Sponsor | None = None, agreement: Agreement | None = None
) -> pl.DataFrame:
    """Open bills that were due before a day."""
    return open_bills(on=on, sponsor=sponsor, agreement=agreement).filter(pl.col("due_on") < on)


LINES = pl.Schema(
    {
        "person": pl.Int64, "enrolment": pl.Int64, "month": pl.Date, "jkk": pl.Int64,
        "jkm": pl.Int64, "jht": pl.Int64, "rupiah": pl.Int64, "paid_on": pl.Date,
        "taken_back_on": pl.Date,
    }
)  # fmt: skip
LINES_OF = """
    SELECT l.person_id, l.enrolment_id, l.month, l.jkk, l.jkm, l.jht, l.rupiah, p.paid_on,
        c.issued_on
    FROM contributions_billline l
    LEFT JOIN contributions_paidmonth p
        ON (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
    LEFT JOIN contributions_billline t ON t.sequence IN (1, 3, 5, 7)
        AND (t.person_id, t.month, t.sequence) = (l.person_id, l.month, l.sequence + 1)
    LEFT JOIN contributions_bill c ON c.id = t.bill_id
    WHERE l.bill_id = %s
    ORDER BY l.month, l.enrolment_id
"""


def lines_of(bill: Bill) -> pl.DataFrame:
    """The lines of a bill in the order in which money pays them (`LINES`)."""
    with connection.cursor() as cursor:
        cursor.execute(LINES_OF, [bill.pk])
        return pl.DataFrame(cursor.fetchall(), schema=LINES, orient="row")


PAID_TWICE = """
    WITH records AS (
        SELECT id, merged_into_id AS kept FROM people_person WHERE merged_into_id IS NOT NULL
        UNION
        SELECT merged_into_id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL
    )
    SELECT c.kept, p.month, array_agg(a.sponsor_id ORDER BY a.sponsor_id),
        array_agg(p.person_id ORDER BY a.sponsor_id)
    FROM records c
    JOIN contributions_paidmonth p ON p.person_id = c.id
    JOIN contributions_allocation x ON x.id = p.allocation_id
    JOIN contributions_bill b ON b.id = x.bill_id
    JOIN sponsors_agreement a ON a.id = b.agreement_id
    WHERE NOT EXISTS (
        SELECT FROM contributions_billline t WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (p.person_id, p.month, p.sequence + 1)
    )
    GROUP BY c.kept, p.month HAVING count(*) > 1
    ORDER BY c.kept, p.month
"""


def paid_twice() -> list[tuple[int, date, list[int], list[int]]]:
    """Months paid for one human under two records, found when these were merged.

    (person kept, month, sponsors, records). Within one record the database allows no such month.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAID_TWICE)
        return list(cursor.fetchall())

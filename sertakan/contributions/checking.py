"""Do bills, money, paid months and the ledger still tell one story? Recomputed from the facts.

The database refuses what would break it; this finds what went past the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

SHOWN_OF_EACH = 20


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold. `query` gives one sentence for each difference."""

    holds: str
    query: str


LINES_AND_MONTHS = (
    Check(
        "every bill is the sum of its lines",
        """
        SELECT format('bill %s has %s lines of %s rupiah, but was issued with %s of %s',
            b.number, coalesce(l.lines, 0), coalesce(l.rupiah, 0), b.line_count, b.total_rupiah)
        FROM contributions_bill b
        LEFT JOIN (
            SELECT bill_id, count(*) AS lines, sum(rupiah) AS rupiah,
                count(DISTINCT person_id) AS people
            FROM contributions_billline GROUP BY bill_id
        ) l ON l.bill_id = b.id
        WHERE (l.lines, l.rupiah, l.people)
            IS DISTINCT FROM (b.line_count, b.total_rupiah, b.people)
        """,
    ),
    Check(
        "every line is of a bill and of an enrolment of its person",
        """
        SELECT format('person %s, %s: the line is of bill %s and enrolment %s, which do not fit',
            l.person_id, to_char(l.month, 'YYYY-MM'), l.bill_id, l.enrolment_id)
        FROM contributions_billline l
        LEFT JOIN contributions_bill b ON b.id = l.bill_id
        LEFT JOIN enrolment_enrolment e ON e.id = l.enrolment_id AND e.person_id = l.person_id
            AND e.agreement_id = b.agreement_id
        WHERE e.id IS NULL
        """,
    ),
    Check(
        "what is taken back was charged, and what is charged anew was taken back",
        """
        SELECT format('line %s of person %s for %s does not follow the line before it',
            l.sequence, l.person_id, to_char(l.month, 'YYYY-MM'))
        FROM contributions_billline l
        LEFT JOIN contributions_billline o
            ON (o.person_id, o.month, o.sequence) = (l.person_id, l.month, l.sequence - 1)
        WHERE l.sequence > 0 AND (o.person_id IS NULL OR (
            l.sequence % 2 = 1
            AND (o.enrolment_id, o.jkk, o.jkm, o.jht) <> (l.enrolment_id, -l.jkk, -l.jkm, -l.jht)
        ))
        """,
    ),
    Check(
        "every correction refunds what was paid of its lines",
        """
        SELECT format('bill %s refunds %s rupiah, but %s of its lines were paid',
            b.number, b.refund_rupiah, coalesce(r.rupiah, 0))
        FROM contributions_bill b
        LEFT JOIN (
            SELECT l.bill_id, -sum(l.rupiah) AS rupiah
            FROM contributions_billline l
            JOIN contributions_paidmonth p ON (p.person_id, p.month, p.sequence)
                = (l.person_id, l.month, l.sequence - 1)
            WHERE l.sequence IN (1, 3, 5, 7)
            GROUP BY l.bill_id
        ) r ON r.bill_id = b.id
        WHERE b.refund_rupiah <> coalesce(r.rupiah, 0)
        """,
    ),
    Check(
        "every allocation pays whole lines of its bill, on its day",
        """
        SELECT format('allocation %s is of %s rupiah for %s months, but %s for %s are paid by it',
            a.id, a.rupiah, a.line_count, coalesce(p.rupiah, 0), coalesce(p.months, 0))
        FROM contributions_allocation a
        LEFT JOIN (
            SELECT p.allocation_id, sum(l.rupiah) AS rupiah, count(*) AS months,
                min(l.bill_id) AS first, max(l.bill_id) AS last,
                min(p.paid_on) AS earliest, max(p.paid_on) AS latest
            FROM contributions_paidmonth p
            JOIN contributions_billline l ON (l.person_id, l.month, l.sequence)
                = (p.person_id, p.month, p.sequence)
            WHERE p.sequence IN (0, 2, 4, 6)
            GROUP BY p.allocation_id
        ) p ON p.allocation_id = a.id
        WHERE (p.rupiah, p.months, p.first, p.last, p.earliest, p.latest)
            IS DISTINCT FROM (a.rupiah, a.line_count, a.bill_id, a.bill_id, a."on", a."on")
        """,
    ),
    Check(
        "every paid month is a line that was charged, paid by an allocation",
        """
        SELECT format('person %s has %s paid without a charge or without money',
            p.person_id, to_char(p.month, 'YYYY-MM'))
        FROM contributions_paidmonth p
        LEFT JOIN contributions_allocation a ON a.id = p.allocation_id
        LEFT JOIN contributions_billline l ON l.sequence IN (0, 2, 4, 6)
            AND (l.person_id, l.month, l.sequence) = (p.person_id, p.month, p.sequence)
        WHERE a.id IS NULL OR l.person_id IS NULL
        """,
    ),
    Check(
        "money paid the lines of each bill in order",
        """
        WITH lines AS (
            SELECT l.bill_id, l.month, l.enrolment_id, p.person_id IS NOT NULL AS paid
            FROM contributions_billline l
            LEFT JOIN contributions_paidmonth p
                ON (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
            WHERE l.sequence IN (0, 2, 4, 6) AND NOT EXISTS (
                SELECT FROM contributions_billline t WHERE t.sequence IN (1, 3, 5, 7)
                    AND (t.person_id, t.month, t.sequence)
                        = (l.person_id, l.month, l.sequence + 1)
            )
        ), paid AS (
            SELECT bill_id, max((month - date '2000-01-01') * 4294967296 + enrolment_id) AS last
            FROM lines WHERE paid GROUP BY bill_id
        )
        SELECT format('bill %s: the month %s of enrolment %s is not paid, but later ones are',
            l.bill_id, to_char(l.month, 'YYYY-MM'), l.enrolment_id)
        FROM lines l JOIN paid ON paid.bill_id = l.bill_id
        WHERE NOT l.paid
            AND (l.month - date '2000-01-01') * 4294967296 + l.enrolment_id < paid.last
        """,
    ),
)
MONEY = (
    Check(
        "no payment is used beyond what was received",
        """
        SELECT format('%s of payment %s are used, but only %s rupiah were received',
            used.rupiah, p.bank_reference, p.rupiah)
        FROM contributions_payment p JOIN (
            SELECT payment_id, sum(rupiah - from_credit) AS rupiah
            FROM contributions_allocation GROUP BY payment_id
        ) used ON used.payment_id = p.id
        WHERE used.rupiah > p.rupiah
        """,
    ),
    Check(
        "what was billed under each agreement is what its budget was charged with",
        """
        SELECT format('agreement %s: %s rupiah were billed, but its budget was charged with %s',
            a.number, coalesce(b.rupiah, 0), coalesce(s.billed_rupiah, 0))
        FROM sponsors_agreement a
        LEFT JOIN (
            SELECT agreement_id, sum(total_rupiah) AS rupiah
            FROM contributions_bill GROUP BY agreement_id
        ) b ON b.agreement_id = a.id
        LEFT JOIN contributions_spending s ON s.agreement_id = a.id
        WHERE coalesce(b.rupiah, 0) <> coalesce(s.billed_rupiah, 0)
            OR coalesce(s.billed_rupiah, 0) > a.budget_rupiah
        """,
    ),
    Check(
        "the ledger says the same of every account of contributions",
        """
        WITH told AS (
            SELECT 'credit/sponsor/' || sponsor_id AS code, -rupiah AS rupiah
            FROM contributions_credit
            UNION ALL
            SELECT 'receivable/sponsor/' || sponsor_id, sum(rupiah)
            FROM contributions_outstanding GROUP BY sponsor_id
            UNION ALL
            SELECT 'unmatched', -coalesce(sum(rupiah), 0)
            FROM contributions_owner WHERE sponsor_id IS NULL
            UNION ALL
            SELECT 'contributions/' || programme, -coalesce(sum(amount), 0)
            FROM contributions_billline,
                LATERAL (VALUES ('jkk', jkk), ('jkm', jkm), ('jht', jht)) v (programme, amount)
            GROUP BY programme
            UNION ALL
            SELECT 'bank', sum(rupiah) FROM contributions_payment
        ), posted AS (
            SELECT a.code, sum(l.rupiah) AS rupiah
            FROM ledger_account a
            JOIN ledger_line l ON l.account_id = a.id
            JOIN ledger_entry e ON e.id = l.entry_id
            WHERE a.code ~ '^(credit|receivable|contributions)/' OR a.code = 'unmatched'
                OR (a.code = 'bank' AND e.reference LIKE 'payment/%')
            GROUP BY a.code
        )
        SELECT format('%s: the ledger has %s rupiah, bills and payments make it %s',
            coalesce(t.code, p.code), coalesce(p.rupiah, 0), coalesce(t.rupiah, 0))
        FROM told t FULL JOIN posted p USING (code)
        WHERE coalesce(t.rupiah, 0) <> coalesce(p.rupiah, 0)
        """,
    ),
    Check(
        "no sponsor's credit is below zero",
        """
        SELECT format('sponsor %s has used %s rupiah more than there were', sponsor_id, -rupiah)
        FROM contributions_credit WHERE rupiah < 0
        """,
    ),
)
CHECKS = LINES_AND_MONTHS + MONEY


def differences(check: Check) -> list[str]:
    """What does not hold, a sentence each; the first `SHOWN_OF_EACH` and how many more."""
    with connection.cursor() as cursor:
        cursor.execute(check.query)
        found = [sentence for (sentence,) in cursor.fetchmany(SHOWN_OF_EACH)]
        left = cursor.rowcount - len(found)
    return [*found, f"{left} more: {check.holds}"] if left > 0 else found


def check() -> Iterator[tuple[str, list[str]]]:
    """Each thing that must hold, with the differences found."""
    for each in CHECKS:
        yield each.holds, differences(each)

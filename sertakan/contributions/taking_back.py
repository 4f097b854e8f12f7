"""Taking back what was charged for months that are no longer promised.

When someone dies, moves or is insured elsewhere, the enrolment ends; the months after it are
taken back by a correcting bill. What was paid of them is the sponsor's credit again.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.contributions.billing import next_bill_id
from sertakan.contributions.codes import bill_number
from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.holding import hold
from sertakan.contributions.models import Bill
from sertakan.ledger.operations import Posting, post_many
from sertakan.postgres.bulk import temporary_table
from sertakan.sponsors.models import Agreement


@transaction.atomic
def take_back(
    *,
    enrolments: Sequence[int] | None = None,
    agreement: Agreement | None = None,
    on: date,
    by: User,
    now: datetime,
) -> list[Bill]:
    """Correct every bill of these enrolments (ids), of an agreement, or of all, where it charges
    a month in which the enrolment no longer has a day. The correcting bills, one for each bill.

    Raises NothingToTakeBack.
    """
    found = {
        "enrolments": list(enrolments) if enrolments is not None else None,
        "agreement": agreement.pk if agreement else None,
    }
    with temporary_table("taking_back", TAKING_BACK), connection.cursor() as cursor:
        cursor.execute(HOLDERS, found)
        held = cursor.fetchall()
        hold(
            sponsors=[sponsor for sponsor, _agreement in held],
            agreements=[agreement_id for _sponsor, agreement_id in held],
        )
        cursor.execute(NO_LONGER_PROMISED, found)
        cursor.execute(BY_BILL)
        corrections = [_correct(row, on, by, now) for row in cursor.fetchall()]
        if not corrections:
            raise NothingToTakeBack(_("Every month that is charged is still promised."))
        bills = Bill.objects.bulk_create([bill for bill, _posting in corrections])
        cursor.execute(LINES, [[bill.pk for bill in bills]])
    post_many(postings=[posting for _bill, posting in corrections], now=now)
    record(
        verb="taken_back", subject_type="bill",
        subject_id=bills[0].pk if len(bills) == 1 else "", by=by, at=now,
        bills=[bill.pk for bill in bills], rupiah=sum(bill.total_rupiah for bill in bills),
        refunded=sum(bill.refund_rupiah for bill in bills),
    )  # fmt: skip
    return bills


TAKING_BACK = {
    "person_id": "bigint", "month": "date", "sequence": "smallint", "bill_id": "bigint",
    "enrolment_id": "bigint", "jkk": "integer", "jkm": "integer", "jht": "integer",
    "paid": "boolean",
}  # fmt: skip
_ENDED = """
    FROM enrolment_enrolment e
    JOIN contributions_billline l ON l.person_id = e.person_id AND l.enrolment_id = e.id
    WHERE e.end_reason <> '' AND (e.void OR e.ends_on <= l.month) AND l.sequence IN (0, 2, 4, 6)
        AND (%(enrolments)s::bigint[] IS NULL OR e.id = ANY(%(enrolments)s))
        AND (%(agreement)s::bigint IS NULL OR e.agreement_id = %(agreement)s)
"""
HOLDERS = f"""
    SELECT DISTINCT a.sponsor_id, a.id FROM sponsors_agreement a
    WHERE a.id IN (SELECT e.agreement_id {_ENDED})
"""
NO_LONGER_PROMISED = f"""
    INSERT INTO taking_back
    SELECT l.person_id, l.month, l.sequence, l.bill_id, l.enrolment_id, l.jkk, l.jkm, l.jht,
        EXISTS (
            SELECT FROM contributions_paidmonth p
            WHERE (p.person_id, p.month, p.sequence) = (l.person_id, l.month, l.sequence)
        )
    {_ENDED}
    AND NOT EXISTS (
        SELECT FROM contributions_billline t WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (l.person_id, l.month, l.sequence + 1)
    )
"""
BY_BILL = """
    SELECT b.id, b.agreement_id, a.sponsor_id, min(t.month), max(t.month),
        count(DISTINCT t.person_id), count(*), sum(t.jkk), sum(t.jkm), sum(t.jht),
        coalesce(sum(t.jkk + t.jkm + t.jht) FILTER (WHERE t.paid), 0)
    FROM taking_back t
    JOIN contributions_bill b ON b.id = t.bill_id JOIN sponsors_agreement a ON a.id = b.agreement_id
    GROUP BY b.id, a.id ORDER BY b.id
"""
LINES = """
    INSERT INTO contributions_billline
        (person_id, month, sequence, bill_id, enrolment_id, jkk, jkm, jht)
    SELECT t.person_id, t.month, t.sequence + 1, c.id, t.enrolment_id, -t.jkk, -t.jkm, -t.jht
    FROM taking_back t JOIN contributions_bill c ON c.corrects_id = t.bill_id AND c.id = ANY(%s)
"""


def _correct(row: tuple[Any, ...], on: date, by: User, now: datetime) -> tuple[Bill, Posting]:
    """The correcting bill, not written yet, and what it does to the ledger."""
    corrected, agreement, sponsor, first, last, people, lines, jkk, jkm, jht, refund = row
    total = int(jkk + jkm + jht)
    bill_id = next_bill_id()
    bill = Bill(
        id=bill_id,
        number=bill_number(bill_id, on, correction=True),
        agreement_id=agreement,
        corrects_id=corrected,
        first_month=first,
        last_month=last,
        people=people,
        line_count=lines,
        total_rupiah=-total,
        refund_rupiah=int(refund),
        issued_on=on,
        due_on=on,
        issued_at=now,
        issued_by=by,
    )
    moved = {
        "contributions/jkk": int(jkk),
        "contributions/jkm": int(jkm),
        "contributions/jht": int(jht),
        f"receivable/sponsor/{sponsor}": int(refund) - total,
        f"credit/sponsor/{sponsor}": -int(refund),
    }
    posting = Posting(
        on,
        f"bill/{bill_id}/issued",
        bill.number,
        {code: each for code, each in moved.items() if each},
    )
    return bill, posting

"""Issuing a bill: what the law says each promised month costs, for everyone at once.

The facts that a price hangs on are few. They are priced once each, and the enrolments are
joined to the prices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.contributions.codes import bill_number, payment_code
from sertakan.contributions.errors import BudgetExceeded, NothingToBill
from sertakan.contributions.holding import hold
from sertakan.contributions.models import Bill, Spending
from sertakan.contributions.settling import Money, settle
from sertakan.law.contributions import price
from sertakan.ledger.operations import post
from sertakan.postgres.bulk import copy_into, temporary_table
from sertakan.sponsors.models import Agreement, Segment
from sertakan.vocabulary import Month, rupiah

DAYS_TO_PAY = 14


@transaction.atomic
def issue_bill(
    *,
    agreement: Agreement,
    first_month: Month,
    last_month: Month,
    on: date,
    by: User,
    now: datetime,
    due_on: date | None = None,
) -> Bill:
    """Bill every month from `first_month` to `last_month` that an enrolment promises.

    A month is promised when the enrolment has a day in it. A month of a person that is charged
    already, under whatever agreement, is left out; one that was taken back is charged anew.
    The sponsor's credit is used for the bill at once, as on `on`. `due_on` is fourteen days
    after `on` where nothing else was agreed.

    Raises NothingToBill and BudgetExceeded; NotInForce for a month before July 2015.
    """
    if last_month < first_month:
        raise NothingToBill(_("The last month is before the first."))
    hold(sponsors=[agreement.sponsor_id], agreements=[agreement.pk])
    agreement = Agreement.objects.select_related("sponsor").get(pk=agreement.pk)
    months = list(first_month.through(last_month))
    with temporary_table("prices", PRICES), temporary_table("charges", CHARGES):
        copy_into("prices", list(PRICES), prices(agreement, months))
        sums = _charge(agreement, months)
        _refuse_beyond_budget(agreement, sums["rupiah"])
        bill = _write(agreement, months, sums, on, due_on or on + timedelta(DAYS_TO_PAY), by, now)
    post(
        on=on,
        reference=f"bill/{bill.pk}/issued",
        memo=bill.number,
        lines={f"receivable/sponsor/{agreement.sponsor_id}": bill.total_rupiah}
        | {
            f"contributions/{programme}": -sums[programme]
            for programme in ("jkk", "jkm", "jht")
            if sums[programme]
        },
        now=now,
    )
    record(
        verb="issued", subject_type="bill", subject_id=bill.pk, by=by, at=now,
        agreement=agreement.pk, months=[str(first_month), str(last_month)],
        people=bill.people, lines=bill.line_count, rupiah=bill.total_rupiah,
    )  # fmt: skip
    settle([Money(sponsor=agreement.sponsor_id, on=on, bill=bill.pk)], now=now)
    return bill


@dataclass(frozen=True, slots=True)
class MonthToBill:
    """What a bill would charge for one month: so many people, so many rupiah by programme."""

    month: date
    people: int
    jkk: int
    jkm: int
    jht: int

    @property
    def rupiah(self) -> int:
        """All programmes together."""
        return self.jkk + self.jkm + self.jht


@transaction.atomic
def would_bill(*, agreement: Agreement, first_month: Month, last_month: Month) -> list[MonthToBill]:
    """What `issue_bill` would charge now, month by month; nothing is written.

    Raises NothingToBill; NotInForce for a month before July 2015.
    """
    if last_month < first_month:
        raise NothingToBill(_("The last month is before the first."))
    months = list(first_month.through(last_month))
    with temporary_table("prices", PRICES), temporary_table("charges", CHARGES):
        copy_into("prices", list(PRICES), prices(agreement, months))
        _charge(agreement, months)
        with connection.cursor() as cursor:
            cursor.execute(BY_MONTH)
            return [MonthToBill(*row) for row in cursor.fetchall()]


PRICES = {
    "basis": "bigint", "sector": "text", "month": "date",
    "jkk": "integer", "jkm": "integer", "jht": "integer",
}  # fmt: skip
CHARGES = {
    "person_id": "bigint", "month": "date", "sequence": "smallint", "enrolment_id": "bigint",
    "jkk": "integer", "jkm": "integer", "jht": "integer",
}  # fmt: skip
BASES = """
    SELECT DISTINCT coalesce(income, %(assumed)s), sector FROM enrolment_enrolment
    WHERE agreement_id = %(agreement)s AND starts_on <= %(last)s AND ends_on > %(first)s
        AND NOT void
"""
BILLED_ANYWHERE = """
    SELECT EXISTS (
        SELECT FROM contributions_bill WHERE first_month <= %(last)s AND last_month >= %(first)s
    )
"""
# The last line of a person's month, where there is one, charges it or has taken it back. Of two
# enrolments of a person under one agreement in one month, the earlier is charged.
CHARGE = """
    INSERT INTO charges
    SELECT e.person_id, p.month, coalesce(charged.sequence + 1, 0), e.id, p.jkk, p.jkm, p.jht
    FROM enrolment_enrolment e
    JOIN prices p
        ON p.basis = CASE WHEN %(by_wage)s THEN 0 ELSE coalesce(e.income, %(assumed)s) END
        AND p.sector = e.sector
        AND e.starts_on < (p.month + interval '1 month')::date AND e.ends_on > p.month
    LEFT JOIN LATERAL (
        SELECT max(l.sequence) AS sequence FROM contributions_billline l
        WHERE %(billed_anywhere)s AND l.person_id = e.person_id AND l.month = p.month
    ) charged ON true
    WHERE e.agreement_id = %(agreement)s AND NOT e.void
        AND (charged.sequence IS NULL OR charged.sequence %% 2 = 1)
        AND NOT (e.previous_ends_on IS NOT NULL AND e.previous_ends_on > p.month AND EXISTS (
            SELECT FROM enrolment_enrolment earlier
            WHERE earlier.person_id = e.person_id AND earlier.agreement_id = e.agreement_id
                AND earlier.starts_on < e.starts_on AND earlier.ends_on > p.month
                AND NOT earlier.void
        ))
"""
SUMS = """
    SELECT count(*) AS lines, count(DISTINCT person_id) AS people, sum(jkk)::bigint AS jkk,
        sum(jkm)::bigint AS jkm, sum(jht)::bigint AS jht, sum(jkk + jkm + jht)::bigint AS rupiah
    FROM charges
"""
BY_MONTH = """
    SELECT month, count(*), sum(jkk)::bigint, sum(jkm)::bigint, sum(jht)::bigint
    FROM charges GROUP BY month ORDER BY month
"""
LINES = """
    INSERT INTO contributions_billline
        (person_id, month, sequence, bill_id, enrolment_id, jkk, jkm, jht)
    SELECT person_id, month, sequence, %s, enrolment_id, jkk, jkm, jht FROM charges
"""


def prices(agreement: Agreement, months: Iterable[Month]) -> list[tuple[object, ...]]:
    """The rows of PRICES: each distinct basis and sector under the agreement, each month.

    The basis is the income (rupiah a month) for BPU and 0 for PU, whose wage is agreed.
    """
    months = list(months)
    with connection.cursor() as cursor:
        cursor.execute(
            BASES,
            {
                "agreement": agreement.pk,
                "assumed": agreement.assumed_income,
                "first": months[0].first_day,
                "last": months[-1].last_day,
            },
        )
        bases = cursor.fetchall()
    by_wage = agreement.segment == Segment.PU
    if by_wage:
        bases = sorted({(0, sector) for _, sector in bases})
    programmes = frozenset(agreement.programmes)
    rows: list[tuple[object, ...]] = []
    for basis, sector in bases:
        for month in months:
            found = price(
                segment="PU" if by_wage else "BPU",
                month=month,
                income=None if by_wage else basis,
                wage=agreement.wage,
                risk_class=agreement.risk_class,
                sector=sector,
                fund=agreement.fund,
                programmes=programmes,
            )
            rows.append((basis, sector, month.first_day, found.jkk, found.jkm, found.jht))
    return rows


def _charge(agreement: Agreement, months: list[Month]) -> dict[str, int]:
    """Fill `charges`; their sums. Raises NothingToBill."""
    facts = {
        "agreement": agreement.pk,
        "assumed": agreement.assumed_income,
        "by_wage": agreement.segment == Segment.PU,
        "first": months[0].first_day,
        "last": months[-1].first_day,
    }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE prices")
        cursor.execute(BILLED_ANYWHERE, facts)
        facts["billed_anywhere"] = cursor.fetchone()[0]
        cursor.execute(CHARGE, facts)
        cursor.execute(SUMS)
        names = [column.name for column in cursor.description]
        sums = dict(zip(names, cursor.fetchone(), strict=True))
    if not sums["lines"]:
        raise NothingToBill(
            _("Agreement %(number)s: nothing from %(first)s to %(last)s is left to bill.")
            % {
                "number": agreement.number,
                "first": date_format(months[0].first_day, "F Y"),
                "last": date_format(months[-1].first_day, "F Y"),
            }
        )
    return sums


def _refuse_beyond_budget(agreement: Agreement, amount: int) -> None:
    spent = Spending.objects.filter(agreement=agreement).values_list("billed_rupiah", flat=True)
    left = agreement.budget_rupiah - (spent.first() or 0)
    if amount > left:
        raise BudgetExceeded(
            _("The bill comes to %(amount)s, but the budget of agreement %(number)s has %(left)s.")
            % {"amount": rupiah(amount), "number": agreement.number, "left": rupiah(left)}
        )


def _write(
    agreement: Agreement,
    months: list[Month],
    sums: dict[str, int],
    on: date,
    due_on: date,
    by: User,
    now: datetime,
) -> Bill:
    bill_id = next_bill_id()
    bill = Bill.objects.create(
        id=bill_id,
        number=bill_number(bill_id, on),
        payment_code=payment_code(bill_id),
        agreement=agreement,
        first_month=months[0].first_day,
        last_month=months[-1].first_day,
        people=sums["people"],
        line_count=sums["lines"],
        total_rupiah=sums["rupiah"],
        issued_on=on,
        due_on=due_on,
        issued_at=now,
        issued_by=by,
    )
    with connection.cursor() as cursor:
        cursor.execute(LINES, [bill_id])
    return bill


def next_bill_id() -> int:
    """An id for a bill, taken before it is written, because its number is made from it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('contributions_bill', 'id'))")
        return int(cursor.fetchone()[0])

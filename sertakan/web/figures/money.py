"""What sponsors were billed and have paid, and what families have received."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from sertakan.law.book import the_law
from sertakan.sponsors.models import Programme
from sertakan.web.figures.small_cells import is_small


@dataclass(frozen=True)
class Money:
    """What sponsors were billed and have paid, and what families have received.

    `programmes` says what was billed for each programme (JKK, JKM, JHT).
    """

    bills: int
    bills_paid: int
    billed: int
    received: int
    programmes: list[tuple[str, int]]
    families: int
    paid_to_families: int

    @property
    def families_shown(self) -> bool:
        """Whether so many families were paid that none can be recognised by it."""
        return not is_small(self.families)


@dataclass(frozen=True)
class DeathBenefit:
    """What the family of a covered worker receives by law, in rupiah, and which law says so."""

    rupiah: int
    sources: tuple[str, ...]


DEATH_BENEFIT = ("jkm/death_grant", "jkm/periodic_lump", "jkm/funeral")


def death_benefit(day: date) -> DeathBenefit:
    """The full benefit of JKM (PP 44/2015 Pasal 34) on a day, without scholarships."""
    provisions = [the_law().in_force(name, day) for name in DEATH_BENEFIT]
    return DeathBenefit(
        rupiah=sum(provision.value for provision in provisions),
        sources=tuple(dict.fromkeys(provision.source for provision in provisions)),
    )


MONEY = """
    WITH corrected AS (
        SELECT coalesce(corrects_id, id) AS id, sum(total_rupiah + refund_rupiah) AS owed,
            sum(total_rupiah) AS total
        FROM contributions_bill GROUP BY 1
    ), allocated AS (
        SELECT bill_id AS id, sum(rupiah) AS rupiah FROM contributions_allocation GROUP BY 1
    ), bills AS (
        SELECT count(*) AS bills, coalesce(sum(total), 0) AS billed,
            count(*) FILTER (WHERE coalesce(rupiah, 0) >= owed) AS bills_paid
        FROM corrected LEFT JOIN allocated USING (id)
    ), payments AS (
        SELECT coalesce(sum(rupiah), 0) AS received FROM contributions_payment
    ), payouts AS (
        SELECT count(*) AS families, coalesce(sum(rupiah), 0) AS paid FROM claims_payout
    ), programmes AS (
        SELECT coalesce(-sum(rupiah) FILTER (WHERE code = 'contributions/jkk'), 0) AS jkk,
            coalesce(-sum(rupiah) FILTER (WHERE code = 'contributions/jkm'), 0) AS jkm,
            coalesce(-sum(rupiah) FILTER (WHERE code = 'contributions/jht'), 0) AS jht
        FROM ledger_line JOIN ledger_account ON ledger_account.id = account_id
        WHERE code LIKE 'contributions/%%'
    )
    SELECT bills, bills_paid, billed, received, families, paid, jkk, jkm, jht
    FROM bills, payments, payouts, programmes
"""


def money() -> Money:
    """Bills, payments and payouts of all time."""
    with connection.cursor() as cursor:
        cursor.execute(MONEY, [])
        bills, bills_paid, billed, received, families, paid, *programmes = map(
            int, cursor.fetchone()
        )
    return Money(
        bills=bills,
        bills_paid=bills_paid,
        billed=billed,
        received=received,
        programmes=[
            (name, amount)
            for name, amount in zip(Programme.values, programmes, strict=True)
            if amount
        ],
        families=families,
        paid_to_families=paid,
    )

"""The check finds what went past the database, and names it."""

from datetime import date

import pytest

from sertakan.contributions.checking import check
from sertakan.contributions.models import Payment
from sertakan.contributions.operations import apply_credit, match_payment, take_back
from tests.contributions.making import billed, ended, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def differences():
    return [sentence for _, found in check() for sentence in found]


@pytest.fixture
def a_year():
    """A year of the city with everything in it; the ids of its people."""
    agreement, people, enrolments = three_covered_by_the_city()
    first = billed(agreement, "2026-01", "2026-06")
    paid(first.total_rupiah + 7_000, code=first.payment_code)
    second = billed(agreement, "2026-07", "2026-12")
    paid(50_000, code=second.payment_code)
    paid(30_000, code="unknown")
    ended(enrolments[1], date(2026, 5, 3))
    take_back(on=date(2026, 5, 4), by=an_officer(), now=NOW)
    apply_credit(sponsor=agreement.sponsor, on=date(2026, 5, 5), by=an_officer(), now=NOW)
    match_payment(
        payment=Payment.objects.get(sponsor=None), bill=second, on=date(2026, 5, 6),
        by=an_officer(), now=NOW,
    )  # fmt: skip
    return people


def test_a_year_of_everything_has_no_difference(a_year):
    assert differences() == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE contributions_billline SET jkk = jkk + 1 WHERE sequence = 0", "bill TAG-"),
        ("UPDATE contributions_billline SET enrolment_id = 999", "enrolment 999"),
        (
            "UPDATE contributions_billline SET jkm = jkm + 1 WHERE sequence = 1",
            "does not follow the line before it",
        ),
        ("UPDATE contributions_bill SET refund_rupiah = 0", "refunds 0 rupiah, but 16800"),
        ("UPDATE contributions_paidmonth SET paid_on = paid_on - 1", "allocation"),
        (
            "DELETE FROM contributions_paidmonth WHERE month = '2026-01-01'",
            "is not paid, but later ones are",
        ),
        (
            "INSERT INTO contributions_paidmonth (person_id, month, sequence, paid_on, "
            "allocation_id) SELECT person_id, '2027-05-01', 0, paid_on, allocation_id "
            "FROM contributions_paidmonth LIMIT 1",
            "2027-05 paid without a charge",
        ),
        ("UPDATE contributions_payment SET rupiah = 1", "are used, but only 1 rupiah"),
        ("UPDATE contributions_spending SET billed_rupiah = 0", "budget was charged with 0"),
        ("UPDATE ledger_line SET rupiah = rupiah * 2", "the ledger has"),
        ("DELETE FROM contributions_matching", "has used"),
    ],
)
def test_what_was_changed_behind_the_database_is_named(a_year, run_as_owner, statement, told):
    tables = (
        "contributions_billline", "contributions_bill", "contributions_paidmonth",
        "contributions_payment", "contributions_matching", "ledger_line",
    )  # fmt: skip
    for table in tables:
        run_as_owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run_as_owner(statement)

    found = differences()

    assert [sentence for sentence in found if told in sentence]

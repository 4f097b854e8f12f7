"""Two officers act on one claim at the same moment."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from sertakan.claims.errors import CannotPay, CannotReport
from sertakan.claims.models import Claim, Payout
from tests.claims.making import approved, decided, paid_out, reported, with_papers
from tests.contributions.making import balances, billed, paid, three_covered_by_the_city
from tests.enrolment.making import an_officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city():
    for name in ("Rini", "Dewi", "Eko"):
        an_officer(name)
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    return people


def while_the_first_has_not_committed(first, second):
    """What the second says, who starts before the first commits and must wait for it."""
    said = []

    def run():
        try:
            said.append(second())
        except Exception as refusal:
            said.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        first()
        other = Thread(target=run)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join(timeout=10)
    return said[0]


def test_a_claim_is_paid_once(city):
    claim = with_papers(reported(city[0], date(2026, 6, 10)))
    decided(claim)
    approved(claim)

    said = while_the_first_has_not_committed(
        lambda: paid_out(claim, reference="OUT1"), lambda: paid_out(claim, reference="OUT2")
    )

    assert isinstance(said, CannotPay)
    assert Payout.objects.get().bank_reference == "OUT1"
    assert balances()["benefits/jkm"] == 42_000_000


def test_a_death_is_reported_once(city):
    said = while_the_first_has_not_committed(
        lambda: reported(city[0], date(2026, 6, 10)), lambda: reported(city[0], date(2026, 6, 11))
    )

    assert isinstance(said, CannotReport)
    assert Claim.objects.get().died_on == date(2026, 6, 10)

"""A stored decision never changes; what today's book would decide otherwise is listed."""

from datetime import date

import pytest

from sertakan.claims.models import Decision
from sertakan.claims.queries import redecide
from sertakan.law.book import the_law
from tests.claims.making import decided, reported
from tests.contributions.making import billed, paid, three_covered_by_the_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_deaths():
    agreement, (budi, wati, _), _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    first, second = reported(budi, date(2026, 6, 10)), reported(wati, date(2026, 3, 15))
    decided(first, on=date(2026, 7, 1))
    decided(second, on=date(2026, 8, 1))
    return first, second


@pytest.fixture
def a_draft(tmp_path):
    """A book in which the death grant is 28 million from 1 May 2026."""
    path = tmp_path / "jkm" / "death_grant.yaml"
    path.parent.mkdir()
    path.write_text(
        "name: Santunan kematian\nunit: rupiah\nvalues:\n"
        "  - from: 2026-05-01\n    value: 28_000_000\n    source: rancangan\n    confidence: high\n"
    )
    return the_law().with_draft(tmp_path)


def test_the_same_book_decides_the_same(two_deaths):
    assert list(redecide(since=date(2026, 1, 1))) == []


def test_another_book_shows_what_would_change(two_deaths, a_draft):
    (changed,) = redecide(since=date(2026, 1, 1), book=a_draft)

    assert (changed.claim, changed.rupiah) == (two_deaths[0], 8_000_000)
    assert changed.changed["cash_total"] == (42_000_000, 50_000_000)
    assert set(changed.changed) == {"cash_total", "lines"}
    assert Decision.objects.get(claim=two_deaths[0]).cash_rupiah == 42_000_000


def test_only_decisions_since_the_day_are_asked(two_deaths, a_draft):
    assert list(redecide(since=date(2026, 7, 2), book=a_draft)) == []

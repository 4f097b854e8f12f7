"""Totals by month come from the facts, can be thrown away, and open down to their rows."""

from datetime import UTC, date, datetime

import pytest

from sertakan.analytics.checking import check_totals
from sertakan.analytics.models import MonthlyTotal
from sertakan.analytics.operations import rebuild
from sertakan.analytics.queries import (
    budget_used,
    cover_ends_within,
    coverage,
    latest_month,
    people_behind,
)
from sertakan.contributions.operations import take_back
from sertakan.people.models import Person
from sertakan.vocabulary import Month
from tests.contributions.making import billed, ended, paid
from tests.enrolment.making import (
    NOW,
    a_sponsor,
    an_agreement,
    an_officer,
    enrolled,
    some_people,
)

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 1, tzinfo=UTC)
KARTOHARJO, TAMAN = "35.77.01.1003", "35.77.03.1004"


@pytest.fixture
def year():
    """The city pays January to June for Budi and Wati, a company January for Agus."""
    city = an_agreement("PKS/1", places=5)
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    budi, wati, agus = some_people("Budi", "Wati", "Agus")
    enrolled(budi, city, region_id=KARTOHARJO)
    enrolled(wati, city, region_id=TAMAN)
    enrolled(agus, company, region_id=TAMAN)
    for bill in (billed(city, "2026-01", "2026-06"), billed(company)):
        paid(bill.total_rupiah, code=bill.payment_code)
    return city, company, (budi, wati, agus)


def made(first="2026-01", last="2026-06", now=LATER):
    return rebuild(first_month=Month.parse(first), last_month=Month.parse(last), now=now)


def counts(rows):
    return {row["key"]: (row["enrolled"], row["covered"], row["grace"]) for row in rows}


def test_people_and_rupiah_by_place_and_month(year):
    made()

    january, march = Month(2026, 1), Month(2026, 3)
    assert counts(coverage(by="region", month=january)) == {
        KARTOHARJO: (1, 1, 0),
        TAMAN: (2, 2, 0),
    }
    assert counts(coverage(by="region", month=march)) == {KARTOHARJO: (1, 1, 0), TAMAN: (2, 1, 1)}
    assert [
        (row["billed_rupiah"], row["paid_rupiah"]) for row in coverage(by="month", region="35.77")
    ] == [(50_400, 50_400)] + [(33_600, 33_600)] * 5
    assert latest_month() == Month(2026, 6)


def test_by_sponsor_by_category_and_within_a_district(year):
    city, company, _ = year
    made("2026-01", "2026-01")

    assert counts(coverage(by="sponsor", month=Month(2026, 1))) == {
        city.sponsor_id: (2, 2, 0),
        company.sponsor_id: (1, 1, 0),
    }
    assert counts(coverage(by="category", month=Month(2026, 1))) == {"rt_rw": (3, 3, 0)}
    assert counts(coverage(by="category", region="35.77.03")) == {"rt_rw": (2, 2, 0)}


def test_totals_are_of_what_was_known_at_the_end_of_the_month(year):
    _, company, _ = year
    late = billed(company, "2026-02", on=date(2026, 4, 1))
    paid(late.total_rupiah, code=late.payment_code, on=date(2026, 4, 2))

    made()

    by_month = coverage(by="month", agreement=company)
    assert [(row["covered"], row["grace"]) for row in by_month] == [
        (1, 0), (0, 1), (0, 1), (0, 1), (0, 1), (0, 0),
    ]  # fmt: skip
    assert [row["paid_rupiah"] for row in by_month[:2]] == [16_800, 16_800]


def test_what_is_taken_back_is_neither_billed_nor_paid(year):
    city, _, (budi, *_) = year
    ended(city.enrolments.get(person=budi), date(2026, 2, 10))
    take_back(on=date(2026, 2, 11), by=an_officer(), now=NOW)

    made("2026-03", "2026-03")

    (row,) = coverage(by="agreement", month=Month(2026, 3), agreement=city)
    assert (row["enrolled"], row["billed_rupiah"], row["paid_rupiah"]) == (1, 16_800, 16_800)


def test_every_number_opens_down_to_its_people(year):
    made("2026-01", "2026-01")

    for row in coverage(by="region", month=Month(2026, 1)):
        behind = people_behind(month=Month(2026, 1), region=row["key"])
        assert behind.count() == row["enrolled"]


def test_a_person_counts_once_a_month_even_under_two_records(year):
    _, _, (budi, _, agus) = year
    Person.objects.filter(pk=agus).update(merged_into=budi)

    made("2026-01", "2026-01")

    assert sum(row["enrolled"] for row in coverage(by="agreement", month=Month(2026, 1))) == 2


def test_totals_can_be_thrown_away_and_made_again(year):
    made()
    before = sorted(MonthlyTotal.objects.values_list("month", "agreement", "region", "covered"))

    MonthlyTotal.objects.all().delete()
    made()
    made("2026-03", "2026-04")

    after = sorted(MonthlyTotal.objects.values_list("month", "agreement", "region", "covered"))
    assert after == before


def test_the_check_names_a_total_that_is_not_that_of_the_facts(year):
    made()
    assert check_totals().differences == []
    assert check_totals().old == []

    MonthlyTotal.objects.filter(month=date(2026, 3, 1), region=KARTOHARJO).update(covered=7)
    (difference,) = check_totals().differences

    assert "totals of 2026-03" in difference
    assert "covered 7" in difference
    assert "covered 1" in difference
    assert MonthlyTotal.objects.filter(covered=7).exists()  # a check changes nothing


def test_totals_older_than_the_facts_are_old_and_not_wrong(year):
    made(now=datetime(2026, 1, 4, tzinfo=UTC))

    totals = check_totals()

    assert totals.differences == []
    assert totals.old == list(Month(2026, 1).through(Month(2026, 6)))


def test_budget_used_and_whose_cover_ends(year):
    _, _, (budi, wati, agus) = year

    assert [
        (row["number"], row["enrolled"], row["billed_rupiah"])
        for row in budget_used(on=date(2026, 2, 1))
    ] == [("PKS/1", 2, 201_600), ("PKS/2", 1, 16_800)]
    ending = cover_ends_within(on=date(2026, 1, 15))
    assert {days: sorted(rows["person"]) for days, rows in ending.items()} == {
        30: [agus], 60: [agus], 90: [agus],
    }  # fmt: skip
    ending = cover_ends_within(on=date(2026, 5, 1))
    assert {days: sorted(rows["person"]) for days, rows in ending.items()} == {
        30: [], 60: [], 90: sorted([budi, wati]),
    }  # fmt: skip

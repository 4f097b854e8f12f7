"""Every number on a page of coverage opens down to as many rows."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sertakan.analytics.models import PersonMonth
from sertakan.analytics.operations import rebuild
from sertakan.analytics.queries import (
    budget_used,
    counted_behind,
    counted_ending,
    coverage,
    ending_soon,
    people_behind,
    people_whose_cover_ends,
    series,
    ucj_history,
)
from sertakan.people.models import Person
from sertakan.vocabulary import Month
from tests.analytics.test_denominators import published
from tests.contributions.making import billed, paid
from tests.enrolment.making import a_sponsor, an_agreement, enrolled, some_people

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 1, tzinfo=UTC)
KARTOHARJO, TAMAN = "35.77.01.1003", "35.77.03.1004"
JANUARY, MARCH, JUNE = Month(2026, 1), Month(2026, 3), Month(2026, 6)
STATUSES = ("covered", "grace", "uncovered")


@pytest.fixture
def city():
    """The city pays January to June for Budi and Wati; a company January for Agus; for Rini, of
    no known place, nobody paid yet."""
    own = an_agreement("PKS/1", region_id="35.77")
    company = an_agreement(
        "PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"), region_id="35.78"
    )
    late = an_agreement("PKS/3", sponsor=a_sponsor("Desa Contoh", "village"))
    budi, wati, agus, rini = some_people("Budi", "Wati", "Agus", "Rini")
    enrolled(budi, own, region_id=KARTOHARJO)
    enrolled(wati, own, region_id=TAMAN)
    enrolled(agus, company, region_id=TAMAN)
    enrolled(rini, late)
    for bill in (billed(own, "2026-01", "2026-06"), billed(company)):
        paid(bill.total_rupiah, code=bill.payment_code)
    rebuild(first_month=JANUARY, last_month=JUNE, now=LATER)
    return {"Budi": budi, "Wati": wati, "Agus": agus, "Rini": rini}


def names(people):
    return sorted(each.name for each in people)


@pytest.mark.parametrize("month", [JANUARY, MARCH, JUNE])
@pytest.mark.parametrize("by", ["village", "district", "category", "sponsor", "agreement"])
def test_the_rows_behind_add_up_to_every_number(city, by, month):
    narrowing = {
        "village": "region", "district": "region", "category": "category",
        "sponsor": "agreement__sponsor", "agreement": "agreement",
    }[by]  # fmt: skip

    rows = coverage(by=by, month=month)

    assert sum(row["enrolled"] for row in rows) == 4
    for row in rows:
        behind = {
            status: people_behind(month=month, status=status, **{narrowing: row["key"]}).count()
            for status in ("", *STATUSES)
        }
        assert (behind[""], behind["covered"], behind["grace"]) == (
            row["enrolled"], row["covered"], row["grace"],
        )  # fmt: skip
        assert sum(behind[status] for status in STATUSES) == behind[""]
        assert behind == {
            status: counted_behind(month=month, status=status, **{narrowing: row["key"]})
            for status in behind
        }


def test_who_is_covered_in_grace_or_not_at_all(city):
    assert [names(people_behind(month=MARCH, status=status)) for status in STATUSES] == [
        ["Budi", "Wati"], ["Agus"], ["Rini"],
    ]  # fmt: skip
    assert names(people_behind(month=MARCH, region="35.77.03", status="grace")) == ["Agus"]
    assert names(people_behind(month=MARCH, region=None)) == ["Rini"]
    with pytest.raises(ValueError, match="is not a valid CoverStatus"):
        people_behind(month=MARCH, status="perhaps")


def test_a_page_of_people_is_one_query_however_many(city, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = people_behind(month=MARCH, region="35.77")[:50]
        told = [(each.name, each.region.name, each.agreement.number) for each in page]

    assert sorted(told) == [
        ("Agus", "Kuncen", "PKS/2"),
        ("Budi", "Klegen", "PKS/1"),
        ("Wati", "Kuncen", "PKS/1"),
    ]


def test_by_district_with_its_name(city):
    rows = coverage(by="district", month=MARCH, region="35.77")

    assert [(row["key"], row["name"], row["enrolled"], row["covered"]) for row in rows] == [
        ("35.77.01", "Kartoharjo", 1, 1), ("35.77.03", "Taman", 2, 1),
    ]  # fmt: skip


def test_month_by_month_with_the_months_that_nobody_counted(city):
    rows = series(by="month", first=Month(2026, 5), last=Month(2026, 8), region="35.77")

    assert [(str(row["month"]), row["enrolled"], row["covered"]) for row in rows] == [
        ("2026-05", 3, 2), ("2026-06", 3, 2), ("2026-07", None, None), ("2026-08", None, None),
    ]  # fmt: skip


def test_month_by_month_for_each_district(city):
    rows = series(by="district", first=JANUARY, last=Month(2026, 2), region="35.77")

    assert [(str(row["month"]), row["name"], row["covered"]) for row in rows] == [
        ("2026-01", "Kartoharjo", 1), ("2026-01", "Taman", 2),
        ("2026-02", "Kartoharjo", 1), ("2026-02", "Taman", 1),
    ]  # fmt: skip


def test_cover_that_ends_soon_is_counted_by_agreement_and_opens(city):
    on = date(2026, 5, 10)

    (row,) = ending_soon(month=Month(2026, 5), on=on, region="35.77")
    behind = {
        days: names(people_whose_cover_ends(month=Month(2026, 5), on=on, days=days))
        for days in (30, 60, 90)
    }

    assert (row["number"], row["sponsor_name"]) == ("PKS/1", "Kota Contoh")
    assert [row["within_30"], row["within_60"], row["within_90"]] == [0, 2, 2]
    assert behind == {30: [], 60: ["Budi", "Wati"], 90: ["Budi", "Wati"]}
    assert [
        counted_ending(month=Month(2026, 5), on=on, days=60, region=region)
        for region in ("", KARTOHARJO, None)
    ] == [2, 1, 0]


def test_a_person_under_two_records_is_one_row(city):
    Person.objects.filter(pk=city["Agus"]).update(merged_into=city["Budi"])

    rebuild(first_month=JANUARY, last_month=JANUARY, now=LATER)

    assert names(people_behind(month=JANUARY)) == ["Budi", "Rini", "Wati"]
    assert PersonMonth.objects.filter(month=date(2026, 1, 1)).count() == 3


def test_budgets_of_the_agreements_in_a_region():
    an_agreement("PKS/1", region_id="35.77")
    an_agreement("PKS/2", region_id="35.78")

    assert [row["number"] for row in budget_used(on=date(2026, 2, 1), region="35.77")] == ["PKS/1"]
    assert [row["number"] for row in budget_used(on=date(2026, 2, 1), region="35")] == [
        "PKS/1", "PKS/2",
    ]  # fmt: skip


def test_published_coverage_through_the_years():
    published(on=date(2024, 12, 31), working=94_000, active_members=40_000)
    published(on=date(2025, 12, 29), active_members=51_404, source="BPJS Contoh")

    assert [
        (each.on.year, each.numerator, each.denominator, each.percent, each.source)
        for each in ucj_history(region="35.77")
    ] == [
        (2024, 40_000, 94_000, Decimal("42.55"), "Dinas Contoh"),
        (2025, 51_404, 96_093, Decimal("53.49"), "BPJS Contoh"),
    ]

from datetime import date

import pytest

from sertakan.enrolment.models import Waiting
from sertakan.web.figures.agreements import sponsor_rows
from sertakan.web.figures.coverage import by_category, by_place
from sertakan.web.figures.money import death_benefit, money
from sertakan.web.figures.public import latest_month, latest_workforce
from tests.contributions.making import billed, paid
from tests.enrolment.making import an_agreement, some_people
from tests.web.making import (
    KANIGORO,
    KLEGEN,
    NOVEMBER,
    PATIHAN,
    SUKOSARI,
    TODAY,
    a_total,
    a_workforce,
    many_places,
    sponsored,
)

pytestmark = pytest.mark.django_db


def rows(coverage):
    return [(row.within, row.names, row.enrolled, row.covered) for row in coverage.rows]


def test_coverage_is_told_by_kelurahan_under_its_kecamatan():
    city = an_agreement()
    a_total(city, PATIHAN, 30, 28)
    a_total(city, KLEGEN, 20, 20)
    a_total(city, KLEGEN, 10, 5, category="farmer")

    coverage = by_place(NOVEMBER)

    assert rows(coverage) == [
        ("Kartoharjo", ("Klegen",), 30, 25),
        ("Manguharjo", ("Patihan",), 30, 28),
    ]
    assert (coverage.level, coverage.enrolled, coverage.covered) == ("village", 60, 53)


def test_a_kelurahan_with_fewer_than_five_is_joined_to_a_neighbour():
    city = an_agreement()
    a_total(city, KLEGEN, 40)
    a_total(city, SUKOSARI, 3)
    a_total(city, KANIGORO, 20)
    a_total(city, PATIHAN, 9)

    assert rows(by_place(NOVEMBER)) == [
        ("Kartoharjo", ("Klegen",), 40, 40),
        ("Kartoharjo", ("Kanigoro", "Sukosari"), 23, 23),
        ("Manguharjo", ("Patihan",), 9, 9),
    ]


def test_people_whose_place_nobody_recorded_stand_last():
    city = an_agreement()
    a_total(city, None, 12)
    a_total(city, KLEGEN, 40)

    assert rows(by_place(NOVEMBER)) == [
        ("Kartoharjo", ("Klegen",), 40, 40),
        ("", ("",), 12, 12),
    ]


def test_a_province_is_told_by_kecamatan_so_that_it_can_be_read():
    city = an_agreement()
    for code in many_places(61):
        a_total(city, code, 7)

    coverage = by_place(NOVEMBER)

    assert coverage.level != "village"
    assert len(coverage.rows) <= 60
    assert coverage.enrolled == sum(row.enrolled for row in coverage.rows) == 61 * 7


def test_nothing_is_told_by_place_where_fewer_than_five_are_enrolled():
    a_total(an_agreement(), KLEGEN, 3)

    assert by_place(NOVEMBER).rows is None


def test_categories_begin_with_the_largest_and_small_ones_are_joined():
    city = an_agreement()
    a_total(city, KLEGEN, 10, category="farmer")
    a_total(city, KLEGEN, 30, category="msme")
    a_total(city, KLEGEN, 2, category="linmas")

    assert [(row.members, row.enrolled) for row in by_category(NOVEMBER).rows] == [
        (("msme",), 30),
        (("farmer", "linmas"), 12),
    ]


def test_the_latest_month_is_the_latest_that_has_begun():
    city = an_agreement()
    for month in (date(2026, 10, 1), NOVEMBER, date(2026, 12, 1)):
        a_total(city, KLEGEN, 10, month=month)

    assert latest_month(TODAY) == NOVEMBER
    assert latest_month(date(2025, 12, 31)) is None


def test_a_sponsor_shows_places_and_budget():
    sponsored("Pemerintah Kota Contoh", 6, places=8)

    number, (row,) = sponsor_rows(TODAY)

    assert (number, row.names, row.taken, row.places, row.budget, row.billed) == (
        1,
        ("Pemerintah Kota Contoh",),
        6,
        8,
        1_000_000_000,
        0,
    )


def test_persons_who_sponsor_are_not_named_and_joined_where_they_cover_few():
    sponsored("Pemerintah Kota Contoh", 20)
    sponsored("PT Contoh", 7, kind="company")
    sponsored("Ratna", 2, kind="person")

    number, shown = sponsor_rows(TODAY)

    assert number == 3
    assert [(row.names, row.individuals, row.taken) for row in shown] == [
        (("Pemerintah Kota Contoh",), False, 20),
        (("PT Contoh",), True, 9),
    ]


def test_persons_who_cover_five_together_have_a_row_without_names():
    sponsored("Pemerintah Kota Contoh", 20)
    sponsored("Ratna", 2, kind="person")
    sponsored("Yusuf", 3, kind="person")

    _, shown = sponsor_rows(TODAY)

    assert [(row.names, row.individuals, row.taken) for row in shown] == [
        (("Pemerintah Kota Contoh",), False, 20),
        ((), True, 5),
    ]


def test_an_agreement_that_is_not_approved_or_does_not_run_is_not_shown():
    sponsored("Pemerintah Kota Contoh", 5)
    an_agreement("PKS/draft", state="draft")

    assert sponsor_rows(date(2027, 1, 1)) == (0, [])
    assert sponsor_rows(TODAY)[0] == 1


def test_those_who_wait_are_counted():
    city = sponsored("Pemerintah Kota Contoh", 5)
    for person in some_people("Budi", "Wati"):
        Waiting.objects.create(
            agreement=city, person_id=person, accepted_on=TODAY, category="farmer"
        )

    assert [row.waiting for row in sponsor_rows(TODAY)[1]] == [2]


def test_the_many_smaller_sponsors_are_counted_together():
    for number in range(22):
        sponsored(f"PT Contoh {number:02}", 5, kind="company", places=50 - number)

    number, shown = sponsor_rows(TODAY)

    assert (number, len(shown)) == (22, 21)
    assert (shown[-1].names, shown[-1].others, shown[-1].taken) == ((), 2, 10)


def test_money_adds_up_what_was_billed_paid_and_for_what():
    city = sponsored("Pemerintah Kota Contoh", 6)
    january = billed(city)
    billed(city, "2026-02")
    paid(january.total_rupiah, code=january.payment_code)

    shown = money()

    assert (shown.bills, shown.bills_paid) == (2, 1)
    assert (shown.billed, shown.received) == (2 * 6 * 16_800, 6 * 16_800)
    assert shown.programmes == [("JKK", 2 * 6 * 10_000), ("JKM", 2 * 6 * 6_800)]
    assert (shown.families, shown.paid_to_families, shown.families_shown) == (0, 0, True)


def test_what_a_family_receives_stands_with_its_law():
    benefit = death_benefit(TODAY)

    assert (benefit.rupiah, benefit.sources) == (42_000_000, ("PP 82/2019 Pasal 34",))
    assert death_benefit(date(2018, 1, 1)).rupiah == 24_000_000


def test_the_latest_denominator_known_today_counts():
    a_workforce()
    latest = a_workforce(on=date(2026, 6, 30), working_population=97_000, published_percent=None)
    a_workforce(on=date(2027, 1, 1), working_population=98_000)

    assert latest_workforce(TODAY) == [latest]

"""Cover follows from paid months: on any day, as known on any day, for one and for everyone."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sertakan.contributions.cover import cover_of, cover_of_everyone, covers_of, ends_within
from sertakan.contributions.operations import take_back
from sertakan.contributions.queries import arrears, credit, lines_of, outstanding, paid_twice
from sertakan.people.models import Person
from sertakan.vocabulary import Month
from tests.contributions.making import billed, ended, paid, three_covered_by_the_city
from tests.enrolment.making import (
    NOW,
    a_sponsor,
    an_agreement,
    an_officer,
    enrolled,
    some_people,
)

pytestmark = pytest.mark.django_db


def status_of(person, on, known_on=None):
    found = cover_of(person, on=on, known_on=known_on)
    return found and found.cover.status


def test_paid_months_cover_and_unpaid_ones_are_grace_and_then_a_lapse():
    agreement, (budi, *_), _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-02")
    assert status_of(budi, date(2026, 1, 10)) == "not_yet"

    paid(bill.total_rupiah, code=bill.payment_code)

    assert status_of(budi, date(2026, 1, 1)) == "covered"
    assert status_of(budi, date(2026, 2, 28)) == "covered"
    assert status_of(budi, date(2026, 3, 1)) == "grace"
    assert status_of(budi, date(2026, 5, 31)) == "grace"
    assert status_of(budi, date(2026, 6, 1)) == "lapsed"
    assert cover_of(budi, on=date(2026, 2, 1)).cover.paid_through == Month(2026, 2)


def test_someone_never_enrolled_has_no_cover():
    (budi,) = some_people("Budi")

    assert cover_of(budi, on=date(2026, 1, 1)) is None


def test_a_late_payment_was_not_known_before_it_came():
    agreement, (budi, *_), _ = three_covered_by_the_city()
    january, february = billed(agreement), billed(agreement, "2026-02")
    paid(50_400, code=january.payment_code, on=date(2026, 1, 5))
    paid(50_400, code=february.payment_code, on=date(2026, 3, 20))

    on = date(2026, 2, 10)
    assert status_of(budi, on, known_on=date(2026, 3, 19)) == "grace"
    assert status_of(budi, on, known_on=date(2026, 3, 20)) == "covered"
    assert status_of(budi, on) == "covered"


def test_a_month_given_back_covers_nothing_from_then_on():
    agreement, (_, wati, _), enrolments = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-06")
    paid(bill.total_rupiah, code=bill.payment_code)
    ended(enrolments[1], date(2026, 3, 15), "asked")
    take_back(on=date(2026, 3, 16), by=an_officer(), now=NOW)

    on = date(2026, 4, 10)
    assert status_of(wati, on, known_on=date(2026, 3, 15)) == "covered"
    assert status_of(wati, on, known_on=date(2026, 3, 16)) == "grace"
    assert status_of(wati, on) == "grace"
    assert cover_of(wati, on=on).cover.paid_through == Month(2026, 3)


def test_two_records_of_one_person_are_one_person():
    city, (budi, *_), _ = three_covered_by_the_city()
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    (double,) = some_people("Budi S.")
    enrolled(double, company)
    january, february = billed(city), billed(company, "2026-01", "2026-02")
    paid(january.total_rupiah, code=january.payment_code)
    paid(february.total_rupiah, code=february.payment_code)
    assert status_of(budi, date(2026, 2, 10)) == "grace"

    Person.objects.filter(pk=double).update(merged_into=budi)

    for record in (budi, double):
        assert status_of(record, date(2026, 2, 10)) == "covered"
    everyone = cover_of_everyone(on=date(2026, 2, 10))
    assert everyone.filter(pl.col("person") == budi)["status"].to_list() == ["covered"]
    assert double not in everyone["person"]
    assert paid_twice() == [
        (budi, date(2026, 1, 1), [city.sponsor_id, company.sponsor_id], [budi, double])
    ]


def test_each_segment_has_its_cover_and_the_best_is_told_first():
    bpu, (budi, *_), _ = three_covered_by_the_city(number="PKS/1")
    pu = an_agreement("PKS/2", segment="PU", wage=2_185_000, risk_class=1, assumed_income=None)
    ended(bpu.enrolments.get(person=budi), date(2026, 2, 1), "asked")
    enrolled(budi, pu, date(2026, 2, 1), previous_ends_on=date(2026, 2, 1))
    first, second = billed(bpu, "2026-01"), billed(pu, "2026-02", "2026-06")
    paid(first.total_rupiah, code=first.payment_code)
    paid(second.total_rupiah, code=second.payment_code)

    covers = covers_of(budi, on=date(2026, 6, 5))

    assert [(each.segment, each.cover.status) for each in covers] == [
        ("PU", "covered"),
        ("BPU", "lapsed"),
    ]


def test_reminders_before_cover_ends():
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-02")
    paid(bill.total_rupiah - 16_800, code=bill.payment_code)  # Agus has January only

    soon = ends_within(on=date(2026, 1, 20), days=30)
    later = ends_within(on=date(2026, 1, 20), days=60)

    assert soon["person"].to_list() == [people[2]]
    assert later["person"].to_list() == [people[2], *sorted(people[:2])]
    assert later["covered_through"].to_list() == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 2, 28),
    ]  # fmt: skip


def test_what_is_owed_and_since_when():
    agreement, _, _ = three_covered_by_the_city()
    bill = billed(agreement, on=date(2026, 1, 2))
    paid(20_000, code=bill.payment_code, on=date(2026, 1, 10))

    assert outstanding(bill) == 33_600
    assert credit(agreement.sponsor) == 3_200
    assert arrears(on=bill.due_on).is_empty()
    late = arrears(on=date(2026, 2, 1), agreement=agreement)
    assert late.select("number", "owed_rupiah").rows() == [(bill.number, 33_600)]
    assert lines_of(bill)["paid_on"].to_list() == [date(2026, 1, 10), None, None]


payments_of_a_year = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 4), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    max_size=4,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    stories=st.lists(payments_of_a_year, min_size=1, max_size=3),
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    known_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_everyone_at_once_is_everyone_one_by_one(stories, on, known_on):
    people = some_people(*(f"Budi {number}" for number in range(len(stories))))
    for person, story in zip(people, stories, strict=True):
        agreement = an_agreement(f"PKS/{person}", sponsor=a_sponsor(f"PT {person}", "company"))
        enrolled(person, agreement, date(2026, 1, 1 + person % 20))
        for first, months, paid_on in story:
            if agreement.bills.filter(last_month__gte=date(2026, first, 1)).exists():
                continue
            bill = billed(agreement, f"2026-{first:02}", f"2026-{first + months - 1:02}")
            paid(bill.total_rupiah, code=bill.payment_code, on=paid_on)

    everyone = cover_of_everyone(on=on, known_on=known_on).filter(pl.col("person").is_in(people))

    assert sorted(everyone["person"]) == sorted(people)
    for row in everyone.rows(named=True):
        one = cover_of(row["person"], on=on, known_on=known_on)
        through = one.cover.paid_through
        assert row == {
            "person": one.person,
            "segment": one.segment,
            "accepted_on": one.accepted_on,
            "status": one.cover.status,
            "member_since": one.cover.member_since,
            "continuous_months": one.cover.continuous_months,
            "paid_months": one.cover.paid_months,
            "paid_through": through and through.first_day,
            "arrears_months": len(one.cover.arrears_months),
            "covered_through": one.end.covered_through,
            "grace_through": one.end.grace_through,
        }

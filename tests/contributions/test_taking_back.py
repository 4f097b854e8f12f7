"""Months that are no longer promised are taken back, and what was paid of them is credit."""

from datetime import date

import pytest

from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.models import PaidMonth, Spending
from sertakan.contributions.operations import take_back
from sertakan.enrolment.models import Enrolment
from tests.contributions.making import balances, billed, ended, paid, three_covered_by_the_city
from tests.enrolment.making import NOW, a_sponsor, an_agreement, an_officer, enrolled

pytestmark = pytest.mark.django_db


def taken_back(on=date(2026, 5, 2), **told):
    return take_back(on=on, by=an_officer(), now=NOW, **told)


def test_a_death_in_a_paid_year_gives_the_later_months_back_as_credit():
    agreement, (_budi, wati, _agus), enrolments = three_covered_by_the_city()
    year = billed(agreement, "2026-01", "2026-12")
    paid(year.total_rupiah, code=year.payment_code)
    ended(enrolments[1], date(2026, 4, 21))

    (correction,) = taken_back(enrolments=[enrolments[1].pk])

    assert correction.corrects == year
    assert sorted(correction.lines.values_list("person_id", "month__month", "rupiah")) == [
        (wati, month, -16_800) for month in range(5, 13)
    ]
    assert (correction.total_rupiah, correction.refund_rupiah) == (-134_400, 134_400)
    assert balances()["credit"] == -134_400
    assert "receivable" not in balances()
    assert Spending.objects.get().billed_rupiah == year.total_rupiah - 134_400
    with pytest.raises(NothingToTakeBack):
        taken_back(agreement=agreement)


def test_what_was_not_paid_is_only_owed_no_longer():
    agreement, _, (_, wati, _) = three_covered_by_the_city()
    year = billed(agreement, "2026-01", "2026-12")
    paid(3 * 16_800 * 5, code=year.payment_code)  # January to May
    ended(wati, date(2026, 4, 21))

    (correction,) = taken_back(agreement=agreement)

    assert (correction.total_rupiah, correction.refund_rupiah) == (-8 * 16_800, 16_800)
    assert balances()["credit"] == -16_800
    assert balances()["receivable"] == 7 * 2 * 16_800


def test_what_is_taken_back_is_not_paid_later():
    agreement, (_, wati, _), enrolments = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-02")
    ended(enrolments[1], date(2026, 1, 21))
    taken_back()

    paid(5 * 16_800, code=bill.payment_code)

    assert list(PaidMonth.objects.filter(person=wati).values_list("month__month", flat=True)) == [1]
    assert balances() == {
        "bank": 84_000,
        "contributions/jkk": -50_000,
        "contributions/jkm": -34_000,
    }


def test_every_bill_concerned_is_corrected_by_its_own():
    agreement, _, (_, wati, agus) = three_covered_by_the_city()
    bills = [billed(agreement, f"2026-{month:02}") for month in range(1, 5)]
    ended(wati, date(2026, 2, 10))
    ended(agus, date(2026, 3, 10))

    corrections = taken_back()

    assert [(each.corrects_id, each.people) for each in corrections] == [
        (bills[2].pk, 1),
        (bills[3].pk, 2),
    ]


def test_another_sponsor_may_pay_a_month_that_was_given_back():
    city, (_, wati, _), enrolments = three_covered_by_the_city()
    year = billed(city, "2026-01", "2026-12")
    paid(year.total_rupiah, code=year.payment_code)
    ended(enrolments[1], date(2026, 4, 21), "asked")
    taken_back()
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    enrolled(wati, company, date(2026, 4, 21), previous_ends_on=date(2026, 4, 21))

    bill = billed(company, "2026-04", "2026-06")
    paid(bill.total_rupiah, code=bill.payment_code)

    assert list(bill.lines.order_by("month").values_list("month__month", "sequence")) == [
        (5, 2),
        (6, 2),
    ]
    assert PaidMonth.objects.filter(person=wati, month=date(2026, 5, 1)).count() == 2


def test_an_enrolment_that_never_began_owes_nothing():
    agreement, _, enrolments = three_covered_by_the_city()
    bill = billed(agreement)
    Enrolment.objects.filter(pk=enrolments[1].pk).update(
        ends_on=None, void=True, end_reason="death", ended_at=NOW, ended_by=an_officer()
    )

    (correction,) = taken_back()

    assert (correction.corrects, correction.total_rupiah) == (bill, -16_800)
    assert billed(agreement, "2026-02").people == 2

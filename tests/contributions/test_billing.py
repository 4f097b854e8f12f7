"""What a sponsor is billed: every promised month, once, by the law of that month."""

from datetime import date

import pytest

from sertakan.audit.models import Event
from sertakan.contributions.codes import check_digit, payment_code
from sertakan.contributions.errors import BudgetExceeded, NothingToBill
from sertakan.contributions.models import Bill, BillLine, Spending
from sertakan.law.contributions import price
from tests.contributions.making import (
    balances,
    billed,
    ended,
    month,
    paid,
    three_covered_by_the_city,
)
from tests.enrolment.making import a_sponsor, an_agreement, enrolled, some_people

pytestmark = pytest.mark.django_db


def lines_of(bill):
    return sorted(bill.lines.values_list("person_id", "month", "sequence", "rupiah"))


def test_a_bill_has_one_line_for_each_person_and_month():
    agreement, (budi, wati, agus), _ = three_covered_by_the_city()

    bill = billed(agreement, "2026-01", "2026-02")

    january, february = date(2026, 1, 1), date(2026, 2, 1)
    assert lines_of(bill) == [
        (person, first_day, 0, 16_800)
        for person in sorted([budi, wati, agus])
        for first_day in (january, february)
    ]
    assert (bill.people, bill.line_count, bill.total_rupiah) == (3, 6, 100_800)
    assert balances() == {
        "contributions/jkk": -60_000,
        "contributions/jkm": -40_800,
        "receivable": 100_800,
    }
    assert Event.objects.filter(verb="issued", subject_id=str(bill.pk)).count() == 1


def test_the_relief_depends_on_the_fund_the_sector_and_the_month():
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    budi, wati = some_people("Budi", "Wati")
    enrolled(budi, company, sector="transport")
    enrolled(wati, company)

    bill = billed(company, "2026-03", "2026-04")

    assert set(bill.lines.values_list("person_id", "month__month", "rupiah")) == {
        (budi, 3, 8_400),
        (budi, 4, 8_400),
        (wati, 3, 16_800),
        (wati, 4, 8_400),
    }


def test_each_is_priced_by_the_declared_income_else_by_the_agreed_one():
    agreement, _, _ = three_covered_by_the_city(names=("Budi",), assumed_income=1_500_000)
    (wati,) = some_people("Wati")
    enrolled(wati, agreement, income=3_000_000)

    bill = billed(agreement)

    january = month("2026-01")
    assert sorted(bill.lines.values_list("rupiah", flat=True)) == sorted(
        price(segment="BPU", month=january, income=income, fund="apbd").total
        for income in (1_500_000, 3_000_000)
    )


def test_wage_earners_are_priced_by_the_agreed_wage():
    agreement, _, _ = three_covered_by_the_city(
        segment="PU", wage=2_185_000, risk_class=1, assumed_income=None
    )

    bill = billed(agreement)

    assert set(bill.lines.values_list("rupiah", flat=True)) == {11_799}


def test_a_month_that_is_charged_is_not_charged_again():
    agreement, _, _ = three_covered_by_the_city()
    billed(agreement, "2026-01", "2026-02")

    (ratna,) = some_people("Ratna")
    enrolled(ratna, agreement, date(2026, 2, 10))
    second = billed(agreement, "2026-02", "2026-03")

    assert second.line_count == 3 + 1 + 1
    assert {line[0] for line in lines_of(second) if line[1] == date(2026, 2, 1)} == {ratna}
    with pytest.raises(NothingToBill, match="PKS/1: nothing from January 2026 to March 2026"):
        billed(agreement, "2026-01", "2026-03")


def test_only_days_that_are_promised_are_billed():
    agreement = an_agreement()
    budi, wati, agus = some_people("Budi", "Wati", "Agus")
    enrolled(budi, agreement, date(2026, 1, 31), date(2026, 3, 1))
    enrolled(wati, agreement, date(2026, 2, 28), date(2026, 3, 2))
    ended(enrolled(agus, agreement), date(2026, 2, 1))

    bill = billed(agreement, "2026-01", "2026-12")

    assert set(bill.lines.values_list("person_id", "month__month")) == {
        (budi, 1),
        (budi, 2),
        (wati, 2),
        (wati, 3),
        (agus, 1),
    }
    assert bill.line_count == 5


def test_a_month_shared_by_two_enrolments_is_charged_to_the_earlier():
    agreement = an_agreement()
    (budi,) = some_people("Budi")
    first = enrolled(budi, agreement, date(2026, 1, 1), date(2026, 2, 10))
    second = enrolled(budi, agreement, date(2026, 2, 20), previous_ends_on=date(2026, 2, 10))

    bill = billed(agreement, "2026-01", "2026-03")

    assert list(bill.lines.order_by("month").values_list("enrolment_id", flat=True)) == [
        first.pk,
        first.pk,
        second.pk,
    ]


def test_two_sponsors_never_charge_the_same_month():
    city, (budi,), _ = three_covered_by_the_city(names=("Budi",))
    ended(budi_in_the_city := city.enrolments.get(), date(2026, 2, 15), "asked")
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    enrolled(budi, company, date(2026, 2, 15), previous_ends_on=date(2026, 2, 15))

    billed(city, "2026-01", "2026-12")
    of_the_company = billed(company, "2026-01", "2026-03")

    assert list(of_the_company.lines.values_list("month__month", flat=True)) == [3]
    assert BillLine.objects.filter(enrolment=budi_in_the_city).count() == 2


def test_the_budget_holds():
    agreement, _, _ = three_covered_by_the_city(budget_rupiah=100_000)
    billed(agreement, "2026-01")

    with pytest.raises(BudgetExceeded, match=r"Rp50\.400.*PKS/1.*Rp49\.600"):
        billed(agreement, "2026-02")

    assert Spending.objects.get().billed_rupiah == 50_400
    assert Bill.objects.count() == 1


def test_months_out_of_order_are_nothing_to_bill():
    agreement, _, _ = three_covered_by_the_city()

    with pytest.raises(NothingToBill, match="before the first"):
        billed(agreement, "2026-03", "2026-02")


def test_what_is_left_of_one_bill_completes_the_next():
    agreement, _, _ = three_covered_by_the_city()
    first = billed(agreement)
    paid(60_000, code=first.payment_code)

    second = billed(agreement, "2026-02", on=date(2026, 2, 1))
    paid(40_800, code=second.payment_code, on=date(2026, 2, 9))

    assert sorted(
        (allocation.on, allocation.rupiah, allocation.from_credit)
        for allocation in second.allocations.all()
    ) == [(date(2026, 2, 9), 50_400, 9_600)]
    assert balances() == {
        "bank": 100_800,
        "contributions/jkk": -60_000,
        "contributions/jkm": -40_800,
    }


def test_a_payment_code_shows_a_slip_of_the_hand():
    code = payment_code(1_234)

    assert code == "7700000012341"[:12] + check_digit("770000001234")
    slips = {
        code[:place] + digit + code[place + 1 :]
        for place in range(len(code))
        for digit in "0123456789"
        if digit != code[place]
    }
    assert not any(check_digit(slip[:-1]) == slip[-1] for slip in slips)

"""Money comes in: once, never lost, and pays whole months as far as it reaches."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection, transaction

from sertakan.audit.models import Event
from sertakan.contributions.errors import CannotMatch, CannotReceive, ReceivedOtherwise
from sertakan.contributions.models import Matching, PaidMonth, Payment
from sertakan.contributions.operations import apply_credit, match_payment, receive
from tests.contributions.making import balances, billed, paid, three_covered_by_the_city
from tests.enrolment.making import (
    NOW,
    a_sponsor,
    an_agreement,
    an_officer,
    enrolled,
    some_people,
)

pytestmark = pytest.mark.django_db


def paid_months(people):
    return sorted(
        PaidMonth.objects.filter(person__in=people).values_list("person_id", "month__month")
    )


def test_a_bill_is_paid_and_everyone_has_the_month():
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement)

    answer = paid(50_400, code=bill.payment_code, on=date(2026, 1, 9))

    assert (answer["outcome"], answer["allocated"], answer["months"]) == ("received", 50_400, 3)
    assert paid_months(people) == [(person, 1) for person in sorted(people)]
    assert {day for (day,) in PaidMonth.objects.values_list("paid_on")} == {date(2026, 1, 9)}
    assert balances() == {
        "bank": 50_400,
        "contributions/jkk": -30_000,
        "contributions/jkm": -20_400,
    }


def test_what_the_bank_repeats_changes_nothing():
    agreement, _, _ = three_covered_by_the_city()
    bill = billed(agreement)
    first = paid(50_400, code=bill.payment_code, reference="TRX1")
    before = balances(), Event.objects.count(), Payment.objects.count()

    again = paid(50_400, code=bill.payment_code, reference="TRX1")

    assert (again["outcome"], again["payment"]) == ("repeated", first["payment"])
    assert (balances(), Event.objects.count(), Payment.objects.count()) == before


@pytest.mark.parametrize(
    "other", [{"rupiah": 50_401}, {"on": date(2026, 1, 4)}, {"code": "7700000000000"}]
)
def test_a_known_reference_with_other_facts_is_refused(other):
    agreement, _, _ = three_covered_by_the_city()
    told = {"rupiah": 50_400, "code": billed(agreement).payment_code, "reference": "TRX1"}
    paid(**told)

    with pytest.raises(ReceivedOtherwise, match="TRX1 of Bank Contoh"):
        paid(**{**told, **other})

    assert Payment.objects.get().rupiah == 50_400


def test_the_same_reference_of_another_bank_is_another_payment():
    agreement, _, _ = three_covered_by_the_city()
    bill = billed(agreement)

    paid(16_800, code=bill.payment_code, reference="TRX1", bank="Bank Contoh")
    paid(16_800, code=bill.payment_code, reference="TRX1", bank="Bank Lain")

    assert Payment.objects.count() == 2
    assert PaidMonth.objects.count() == 2


def test_a_part_pays_whole_months_in_order_and_the_rest_follows():
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement, "2026-01", "2026-02")
    budi, wati, agus = people

    part = paid(70_000, code=bill.payment_code)

    assert paid_months(people) == sorted([(budi, 1), (budi, 2), (wati, 1), (agus, 1)])
    assert (part["allocated"], balances()["credit"]) == (67_200, -2_800)

    rest = paid(30_800, code=bill.payment_code, on=date(2026, 1, 20))

    assert (rest["allocated"], rest["months"]) == (33_600, 2)
    assert len(paid_months(people)) == 6
    assert "credit" not in balances()
    assert "receivable" not in balances()


def test_a_surplus_is_kept_as_credit():
    agreement, _, _ = three_covered_by_the_city()
    bill = billed(agreement)

    answer = paid(100_000, code=bill.payment_code)

    assert answer["allocated"] == 50_400
    assert balances()["credit"] == -49_600


def test_a_bill_paid_twice_leaves_credit_that_can_be_used():
    agreement, _, _ = three_covered_by_the_city()
    january, february = billed(agreement), billed(agreement, "2026-02")
    paid(50_400, code=january.payment_code)

    again = paid(50_400, code=january.payment_code)
    assert (again["outcome"], again["allocated"]) == ("received", 0)
    assert PaidMonth.objects.count() == 3

    (used,) = apply_credit(sponsor=agreement.sponsor, on=date(2026, 2, 3), by=an_officer(), now=NOW)
    assert (used.bill, used.rupiah, used.from_credit, used.payment) == (
        february.pk, 50_400, 50_400, None,
    )  # fmt: skip
    assert apply_credit(
        sponsor=agreement.sponsor, on=date(2026, 2, 3), by=an_officer(), now=NOW
    ) == []  # fmt: skip


def test_money_that_names_only_the_sponsor_pays_the_oldest_bills_first():
    agreement, people, _ = three_covered_by_the_city()
    billed(agreement, "2026-01", on=date(2026, 1, 2))
    billed(agreement, "2026-02", on=date(2026, 2, 2))

    paid(50_400 + 20_000, sponsor=agreement.sponsor_id)

    assert paid_months(people) == sorted([*((person, 1) for person in people), (people[0], 2)])


def test_money_before_any_bill_waits_for_it():
    agreement, people, _ = three_covered_by_the_city()

    paid(50_400, sponsor=agreement.sponsor_id, on=date(2026, 1, 1))
    billed(agreement, on=date(2026, 1, 5))

    assert set(PaidMonth.objects.values_list("paid_on", flat=True)) == {date(2026, 1, 5)}
    assert len(paid_months(people)) == 3


def test_money_for_an_unknown_code_is_kept_until_it_is_matched():
    agreement, _, _ = three_covered_by_the_city()
    bill = billed(agreement)

    answer = paid(50_400, code="123", on=date(2026, 1, 4))
    assert (answer["outcome"], answer["sponsor"]) == ("unmatched", None)
    assert balances()["unmatched"] == -50_400
    assert paid(50_400, code="123", on=date(2026, 1, 4), reference=answer["bank_reference"])[
        "outcome"
    ] == "repeated"  # fmt: skip

    payment = Payment.objects.get()
    told = {"payment": payment, "on": date(2026, 1, 20), "by": an_officer(), "now": NOW}
    match_payment(**told, bill=bill)

    assert set(PaidMonth.objects.values_list("paid_on", flat=True)) == {date(2026, 1, 4)}
    assert "unmatched" not in balances()
    with pytest.raises(CannotMatch, match="matched already"):
        match_payment(**told, sponsor=agreement.sponsor)
    assert Matching.objects.count() == 1


def test_a_sponsors_money_pays_no_other_sponsors_bill():
    city, _, _ = three_covered_by_the_city()
    billed(city)
    other = a_sponsor("PT Contoh", "company")

    paid(50_400, sponsor=other.pk)

    assert PaidMonth.objects.count() == 0
    assert apply_credit(
        sponsor=other, bill=city.bills.get(), on=date(2026, 1, 9), by=an_officer(), now=NOW
    ) == []  # fmt: skip


def test_a_bank_file_is_received_whole():
    city, people, _ = three_covered_by_the_city()
    company = an_agreement("PKS/2", fund="company", sponsor=a_sponsor("PT Contoh", "company"))
    (ratna,) = some_people("Ratna")
    enrolled(ratna, company)
    of_the_city, of_the_company = billed(city), billed(company)
    rows = [
        ("TRX1", date(2026, 1, 5), 20_000, of_the_city.payment_code),
        ("TRX2", date(2026, 1, 4), 16_800, of_the_company.payment_code),
        ("TRX3", date(2026, 1, 6), 30_400, of_the_city.payment_code),
        ("TRX1", date(2026, 1, 5), 20_000, of_the_city.payment_code),
        ("TRX4", date(2026, 1, 6), 5_000, "unknown"),
    ]
    names = ("bank_reference", "received_on", "rupiah", "payment_code")
    file = [{"bank": "Bank Contoh", **dict(zip(names, row, strict=True))} for row in rows]

    answers = receive(payments=file, by=an_officer(), now=NOW)
    again = receive(payments=file, by=an_officer(), now=NOW)

    assert answers["outcome"].to_list() == [
        "received", "received", "received", "repeated", "unmatched",
    ]  # fmt: skip
    assert answers["months"].to_list() == [1, 1, 2, 0, 0]
    assert set(again["outcome"]) == {"repeated"}
    assert paid_months([*people, ratna]) == [(person, 1) for person in sorted([*people, ratna])]
    assert balances()["unmatched"] == -5_000
    assert Event.objects.filter(verb="received").count() == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"rupiah": 0}, "whole rupiah above zero"),
        ({"rupiah": -5}, "whole rupiah above zero"),
        ({"rupiah": 1.5}, "whole rupiah above zero"),
        ({"bank_reference": " "}, "no bank reference"),
        ({"received_on": "2026-01-01"}, "no day"),
        ({"sponsor": 999}, "no sponsor 999"),
    ],
)
def test_what_is_no_payment_is_refused(told, said):
    row = {"bank": "B", "bank_reference": "1", "received_on": date(2026, 1, 1), "rupiah": 5}

    with pytest.raises(CannotReceive, match=said):
        receive(payments=[{**row, **told}], by=an_officer(), now=NOW)

    assert not Payment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_receive_the_same_payment_at_once_receive_it_once():
    agreement, people, _ = three_covered_by_the_city()
    bill = billed(agreement)
    answers = []

    def second():
        try:
            answers.append(paid(50_400, code=bill.payment_code, reference="TRX1")["outcome"])
        finally:
            connection.close()

    with transaction.atomic():
        answers.append(paid(50_400, code=bill.payment_code, reference="TRX1")["outcome"])
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()  # it waits for the first
    other.join(timeout=10)

    assert answers == ["received", "repeated"]
    assert len(paid_months(people)) == 3
    assert balances()["bank"] == 50_400


@pytest.mark.django_db(transaction=True)
def test_two_who_receive_the_same_unmatched_payment_at_once_receive_it_once():
    an_officer()
    answers = []

    def second():
        try:
            answers.append(paid(9_000, code="?", reference="TRX1")["outcome"])
        finally:
            connection.close()

    with transaction.atomic():
        answers.append(paid(9_000, code="?", reference="TRX1")["outcome"])
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join(timeout=10)

    assert answers == ["unmatched", "repeated"]
    assert balances() == {"bank": 9_000, "unmatched": -9_000}

"""Bills, corrections and receipts as PDF: what they say, to whom, and with how much asking."""

from datetime import date

import pytest

from sertakan.contributions.models import Bill
from sertakan.contributions.operations import take_back
from sertakan.enrolment.models import Enrolment
from sertakan.people.models import Person
from sertakan.people.queries import masked_nik
from sertakan.web.papers.bills import bill_paper
from sertakan.web.papers.receipts import NAMED, receipt_paper
from tests.contributions.making import billed, ended, paid
from tests.enrolment.making import NOW, an_agreement, enrolled, some_people
from tests.web.papers.reading import said, whole_niks

pytestmark = pytest.mark.django_db


def with_names():
    return Bill.objects.select_related("agreement__sponsor", "agreement__branch", "corrects")


def test_a_bill_says_what_to_pay_for_whom_and_by_which_code(client, sari, bill):
    answer = client.get(f"/kota/tagihan/{bill.pk}/cetak")

    text = said(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert "Rp67.200" in text  # two people, two months, Rp16.800 each where a city pays
    assert bill.number in text
    assert (
        " ".join(bill.payment_code[at : at + 4] for at in range(0, len(bill.payment_code), 4))
        in text
    )
    assert "BPJS Ketenagakerjaan Cabang Contoh" in text
    assert "Jalan Contoh Nomor 1 (0000) 000 000 · cabang@example.org" in text


def test_the_people_on_it_are_named_with_masked_niks(client, sari, bill):
    text = said(client.get(f"/kota/tagihan/{bill.pk}/cetak").content)

    budi = Person.objects.get(name="Budi Santoso")
    assert "Budi Santoso" in text
    assert "Wati Lestari" in text
    assert masked_nik(budi).replace("*", "•") in text
    assert whole_niks(text) == []


def test_a_correction_says_what_is_taken_back_and_has_no_code(client, sari, bill):
    budi = Enrolment.objects.get(person__name="Budi Santoso")
    ended(budi, date(2026, 12, 1))
    [correction] = take_back(enrolments=[budi.pk], on=date(2026, 11, 23), by=sari, now=NOW)

    text = said(client.get(f"/kota/tagihan/{correction.pk}/cetak").content)

    assert correction.number in text
    assert bill.number in text
    assert "Rp-16.800" in text or "−Rp16.800" in text or "-Rp16.800" in text
    assert "Budi Santoso" in text
    assert "Wati Lestari" not in text


def test_a_receipt_says_what_arrived_what_it_paid_and_what_is_left(client, sari, payment):
    answer = client.get(f"/kota/pembayaran/{payment.pk}/kuitansi")

    text = said(answer.content)
    assert f"KW-202611-{payment.pk:07}" in text
    assert "Rp68.000" in text
    assert "TRX-7" in text
    assert payment.bill.number in text
    assert "Rp800" in text  # left as the sponsor's credit


def test_the_credit_on_a_receipt_is_that_of_its_own_day(payment):
    paid(50_000, sponsor=payment.sponsor_id, on=date(2026, 11, 20))

    assert receipt_paper(payment).credit == 800


def test_english_readers_get_english_papers(client, sari, bill, payment):
    bill_said = said(client.get(f"/en/kota/tagihan/{bill.pk}/cetak").content)
    receipt_said = said(client.get(f"/en/kota/pembayaran/{payment.pk}/kuitansi").content)

    assert "November – December 2026" in bill_said
    assert "Rp67.200" in bill_said
    assert "sixty-eight thousand rupiah" in receipt_said


def test_money_of_which_nobody_is_known_has_no_receipt(client, sari, agreement):
    answer = paid(10_000)

    assert client.get(f"/kota/pembayaran/{answer['payment']}/kuitansi").status_code == 404


def test_another_citys_papers_are_not_there(client, sari):
    elsewhere = an_agreement("PKS/LAIN", region_id="35.78")
    [person] = some_people("Tuti")
    enrolled(person, elsewhere)
    bill = billed(elsewhere, "2026-11", "2026-11")
    paid(bill.total_rupiah, code=bill.payment_code)

    bill_there = client.get(f"/kota/tagihan/{bill.pk}/cetak")
    receipt_there = client.get(f"/kota/pembayaran/{bill.payments.get().pk}/kuitansi")

    assert (bill_there.status_code, receipt_there.status_code) == (404, 404)


@pytest.mark.parametrize("number", [1, 3])
def test_a_bill_asks_as_often_for_one_as_for_three(number, django_assert_num_queries):
    agreement = an_agreement("PKS/9", places=9)
    for person in some_people(*[f"Tarno {at}" for at in range(number)]):
        enrolled(person, agreement)
    one = with_names().get(pk=billed(agreement, "2026-11", "2026-12").pk)

    with django_assert_num_queries(6):
        paper = bill_paper(one, listed=True)

    assert len(paper.listed) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_receipt_asks_as_often_for_one_bill_as_for_three(number, django_assert_num_queries):
    agreement = an_agreement("PKS/9", places=9)
    [person] = some_people("Tarno")
    enrolled(person, agreement)
    bills = [billed(agreement, f"2026-{at + 1:02}") for at in range(number)]
    paid(sum(each.total_rupiah for each in bills), sponsor=agreement.sponsor_id)
    payment = agreement.sponsor.payments.select_related(*NAMED).get()

    with django_assert_num_queries(2):
        paper = receipt_paper(payment)

    assert len(paper.allocated) == number

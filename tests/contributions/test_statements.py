"""A bank's statement: every line is read, and every line is answered."""

from datetime import date

import pytest

from sertakan.contributions.errors import CannotReceive
from sertakan.contributions.models import Bill, Payment
from sertakan.contributions.statements import read_statement, take_in
from sertakan.contributions.suggesting import slips, suggestions
from sertakan.sponsors.models import Sponsor
from tests.contributions.making import billed, three_covered_by_the_city
from tests.enrolment.making import NOW, an_officer

pytestmark = pytest.mark.django_db
HEADING = "Bank;No. Referensi;Tanggal;Jumlah;Kode Bayar\n"
TODAY = date(2026, 1, 31)


def taken_in(text):
    lines = read_statement(text.encode())
    return take_in(lines=lines, by=an_officer(), now=NOW, today=TODAY)


def outcomes(text):
    return [(each.line.number, each.outcome) for each in taken_in(text)]


def test_every_line_is_answered_and_the_same_file_counts_once():
    agreement, _people, _enrolments = three_covered_by_the_city()
    bill = billed(agreement)
    text = (
        HEADING
        + f"BNI;T1;03-01-2026;Rp{bill.total_rupiah};{bill.payment_code}\n"
        + "BNI;T2;04/01/2026;1.500.000,00;\n"
        + "BNI;T3;31-02-2026;5000;\n"
        + "BNI;T4;05-01-2026;0;\n"
        + "BNI;T5;01-02-2026;5000;\n"
    )

    first, again = outcomes(text), outcomes(text)

    assert first == [
        (2, "received"), (3, "unmatched"), (4, "unreadable"), (5, "unreadable"), (6, "unreadable"),
    ]  # fmt: skip
    assert [outcome for _line, outcome in again][:2] == ["repeated", "repeated"]
    assert list(Payment.objects.order_by("pk").values_list("rupiah", flat=True)) == [
        bill.total_rupiah,
        1_500_000,
    ]


def test_a_reference_with_other_facts_is_left_out_and_stops_nobody():
    outcomes(HEADING + "BNI;T1;03-01-2026;5000;\n")

    found = outcomes(HEADING + "BNI;T1;03-01-2026;6000;\nBNI;T2;03-01-2026;7000;\n")

    assert found == [(2, "different"), (3, "unmatched")]


def test_one_reference_told_twice_with_other_facts_in_a_file():
    text = HEADING + "BNI;T1;03-01-2026;5000;\nBNI;T1;03-01-2026;5000;\nBNI;T1;03-01-2026;6000;\n"

    assert outcomes(text) == [(2, "unmatched"), (3, "repeated"), (4, "different")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"bank,referensi,jumlah\nBNI,T1,5000\n", "received_on"),
        (b"PK\x03\x04\0\0", "no CSV"),
        (("bank,ref\n" + "x,y\n" * 5_001).encode(), "more than"),
    ],
)
def test_what_is_no_statement_is_refused_whole(content, told):
    with pytest.raises(CannotReceive, match=told):
        read_statement(content)


def test_a_code_with_one_slip_of_the_hand_finds_its_bill():
    agreement, _people, _enrolments = three_covered_by_the_city()
    bill = billed(agreement)
    code = bill.payment_code
    wrong = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    assert code in slips(wrong)
    [answered] = taken_in(HEADING + f"BNI;T1;03-01-2026;77;{wrong}\n")

    [found] = suggestions(
        Payment.objects.get(pk=answered.payment),
        bills=Bill.objects.all(),
        sponsors=Sponsor.objects.all(),
    )

    assert (found.why, found.bill) == ("code_mistyped", bill)


def test_an_amount_and_a_name_are_suggested_too():
    agreement, _people, _enrolments = three_covered_by_the_city()
    bill = billed(agreement)
    [answered] = taken_in(HEADING + f"BNI;T1;03-01-2026;{bill.total_rupiah};IURAN KOTA CONTOH\n")

    found = suggestions(
        Payment.objects.get(pk=answered.payment),
        bills=Bill.objects.all(),
        sponsors=Sponsor.objects.all(),
    )

    assert [(each.why, each.bill, each.sponsor) for each in found] == [
        ("same_amount", bill, agreement.sponsor),
        ("named", None, agreement.sponsor),
    ]

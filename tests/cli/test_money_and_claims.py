"""Bills, payments, cover and claims from the command line: what they print, and how they refuse."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sertakan.claims.models import Claim
from sertakan.cli.app import app
from sertakan.contributions.models import Bill
from tests.contributions.making import three_covered_by_the_city
from tests.enrolment.making import a_sponsor, an_officer

pytestmark = pytest.mark.django_db

BY = ("--by", "sari@example.org")


def sertakan(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def listed(*words):
    answer = sertakan(*words, "--json")
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def refusal(*words):
    """The one sentence of a command that is refused."""
    answer = sertakan(*words)
    assert answer.exit_code == 2, answer.stdout
    assert len(answer.stderr.splitlines()) == 1
    return answer.stderr


@pytest.fixture
def city():
    for name in ("Sari", "Rini", "Dewi"):
        an_officer(name)
    agreement, people, _ = three_covered_by_the_city()
    return agreement, people


@pytest.fixture
def paid_year(city):
    (bill,) = listed(
        "bill", "issue", "PKS/1", "--from", "2026-01", "--to", "2026-12", "--on", "2026-01-02", *BY
    )
    listed(
        "pay", "receive", "--bank", "B", "--reference", "1", "--rupiah", bill["total_rupiah"],
        "--code", bill["payment_code"], "--on", "2026-01-03", *BY,
    )  # fmt: skip
    return city


def test_a_bill_is_issued_listed_and_shown(city):
    said = sertakan("bill", "issue", "PKS/1", "--from", "2026-01", "--on", "2026-01-02", *BY)
    bill = Bill.objects.get()

    assert said.stdout == (
        f"{bill.number}: 3 people, 3 months, Rp50.400, to be paid by 2026-01-16 "
        f"with code {bill.payment_code}\n"
    )
    assert [row["number"] for row in listed("bill", "list")] == [bill.number]
    (owed,) = listed("bill", "list", "--open", "--agreement", "PKS/1", "--on", "2026-01-20")
    assert owed["owed_rupiah"] == 50_400
    lines = listed("bill", "show", bill.payment_code)
    assert [line["rupiah"] for line in lines] == [16_800] * 3
    assert "nothing from January 2026" in refusal(
        "bill", "issue", "PKS/1", "--from", "2026-01", *BY
    )
    assert "still promised" in refusal("bill", "take-back", *BY)


def test_a_banks_file_is_received_and_received_again(city, tmp_path):
    listed("bill", "issue", "PKS/1", "--from", "2026-01", "--on", "2026-01-02", *BY)
    code = Bill.objects.get().payment_code
    file = tmp_path / "bank.csv"
    file.write_text(
        "\ufeffbank,bank_reference,received_on,rupiah,payment_code\n"
        f"B,1,2026-01-03,30000,{code}\nB,2,2026-01-04,20400,{code}\nB,3,2026-01-04,700,?\n"
    )

    first, again = (listed("pay", "file", file, *BY) for _ in range(2))

    assert [row["outcome"] for row in first] == ["received", "received", "unmatched"]
    assert [row["months"] for row in first] == [1, 2, 0]
    assert {row["outcome"] for row in again} == {"repeated"}
    (unmatched,) = listed("pay", "list", "--unmatched")
    assert unmatched["rupiah"] == 700
    said = sertakan("pay", "match", unmatched["payment"], "--sponsor", a_sponsor().pk, *BY)
    assert said.stdout == f"Payment {unmatched['payment']} is money of Kota Contoh.\n"
    assert sertakan("pay", "credit", a_sponsor().pk, *BY).stdout == (
        "Rp0 used for 0 months; Rp700 left.\n"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("bank,rupiah\n", "bank.csv: the column bank_reference is missing."),
        (
            "bank,bank_reference,received_on,rupiah\nB,1,2026-01-03,1.000\n",
            "bank.csv, line 2: rupiah must be a whole number without points, not '1.000'.",
        ),
        (
            "bank,bank_reference,received_on,rupiah\nB,1,03/01/2026,1000\n",
            "bank.csv, line 2: received_on: 03/01/2026 is not a day",
        ),
        ("bank,bank_reference,received_on,rupiah\nB,,2026-01-03,5\n", "Payment 1 has no bank"),
        ("bank,bank_reference,received_on,rupiah\nB,1\n", "bank.csv, line 2: received_on:"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_line(city, tmp_path, content, said):
    file = tmp_path / "bank.csv"
    file.write_text(content)

    assert said in refusal("pay", "file", file, *BY)


def test_cover_is_shown_for_any_day_as_known_on_any_day(paid_year):
    _, (budi, *_) = paid_year

    (now,) = listed("cover", "show", budi, "--on", "2026-02-10")
    (then,) = listed("cover", "show", budi, "--on", "2026-02-10", "--known-on", "2026-01-02")

    assert (now["status"], now["paid_through"]) == ("covered", "2026-12")
    assert then["status"] == "not_yet"
    assert len(listed("cover", "ending", "--within", "60", "--on", "2026-12-01")) == 3
    assert "999" in refusal("cover", "show", "999")


@pytest.mark.django_db(transaction=True)
def test_the_check_of_cover_ends_with_1_and_names_the_difference(paid_year, run_as_owner):
    right = sertakan("cover", "check")
    assert (right.exit_code, right.stdout) == (0, "Bills, money, paid months and totals agree.\n")

    run_as_owner("ALTER TABLE contributions_bill DISABLE TRIGGER USER")
    run_as_owner("UPDATE contributions_bill SET total_rupiah = total_rupiah + 1")
    wrong = sertakan("cover", "check")

    assert wrong.exit_code == 1
    assert f"bill {Bill.objects.get().number} has 36 lines of 604800 rupiah" in wrong.stdout


def broken_statements(reference):
    Path("said.json").write_text("{")
    return refusal("claim", "state", reference, "--statements", "said.json", *BY)


def test_a_claim_from_the_report_to_the_money(paid_year, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, (budi, *_) = paid_year
    said = sertakan(
        "claim", "report", budi, "--died-on", "2026-06-10", "--reporter", "Siti", "--relation",
        "spouse", "--on", "2026-06-12", *BY,
    )  # fmt: skip
    reference = said.stdout.strip()
    assert reference == Claim.objects.get().reference

    def claim(verb, *words, by="dewi"):
        answer = sertakan("claim", verb, reference, *words, "--by", f"{by}@example.org")
        assert answer.exit_code == 0, answer.stderr
        return answer.stdout

    assert "reported" in refusal("claim", "decide", reference, *BY)
    assert claim("decide", "--on", "2026-06-20").splitlines()[0] == (
        f"{reference}: review, Rp42.000.000 (missing:working_when_accepted)"
    )
    Path("said.json").write_text('{"children": []}')
    said = claim("state", "--worked", "--statements", "said.json")
    assert said == f"{reference}: children, working_when_accepted.\n"
    assert claim("decide", "--on", "2026-06-20").splitlines() == [
        f"{reference}: payable, Rp42.000.000",
        "  death_grant: Rp20.000.000",
        "  periodic_grant: Rp12.000.000",
        "  funeral: Rp10.000.000",
    ]
    claim("document", "death_certificate")
    assert claim("document", "heir_statement") == "All papers are there.\n"
    assert "own decision" in refusal("claim", "approve", reference, "--by", "dewi@example.org")
    claim("approve", by="rini")
    assert "paid on 2026-06-25" in claim("pay", "--bank-reference", "X", "--on", "2026-06-25")
    assert "paid before" in refusal("claim", "pay", reference, "--bank-reference", "Y", *BY)

    (row,) = listed("claim", "list", "--state", "paid")
    assert (row["outcome"], row["rupiah"]) == ("payable", 42_000_000)
    shown = json.loads(sertakan("claim", "show", reference).stdout)
    assert shown["decision"]["answer"]["outcome"] == "payable"
    assert listed("law", "redecide", "--since", "2026-01-01") == []
    assert "is not one of" in refusal("claim", "list", "--state", "open")
    assert "said.json is no JSON" in broken_statements(reference)
    assert "no claim KLM-0" in refusal("claim", "show", "KLM-0")

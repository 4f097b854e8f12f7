"""A year of an office's work with agreements, rosters and enrolments, from the command line."""

import json

import pytest
from typer.testing import CliRunner

from sertakan.cli.app import app
from sertakan.enrolment.models import Enrolment
from tests.enrolment.making import an_officer
from tests.enrolment.rosters import a_nik, a_roster

pytestmark = pytest.mark.django_db

BY = ("--by", "sari@example.org")
YEAR = ("--from", "2026-01-01", "--through", "2026-12-31")
ON = ("--on", "2026-01-01")
BUDI, WATI, ODD = (a_nik(1), "Budi Contoh"), (a_nik(2), "Wati Misal"), (a_nik(3), "Ani", "kosmonot")


def sertakan(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def told(*words):
    answer = sertakan(*words)
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout


def listed(*words):
    return json.loads(told(*words, "--json"))


def refusal(*words):
    """The one sentence of a command that is refused."""
    answer = sertakan(*words)
    assert answer.exit_code == 2, answer.stdout
    assert len(answer.stderr.splitlines()) == 1
    return answer.stderr


@pytest.fixture
def city(db):
    """An agreement of one place, in force."""
    an_officer()
    told("agreement", "sponsor", "Kota Contoh", "--kind", "government", "--region", "35.77", *BY)
    terms = ("--sponsor", "kota contoh", "--fund", "apbd", "--places", 1, "--budget", 10_000_000)
    told("agreement", "draft", "PKS/1", *terms, *YEAR, *BY)
    told("agreement", "approve", "PKS/1", *BY)


def take_in(*paths, number="PKS/1"):
    return told("roster", "import", *paths, "--agreement", number, "--region", "35.77", *ON, *BY)


def test_an_agreement_is_drafted_approved_changed_renewed_and_closed(city):
    assert "5 places" in told("agreement", "change", "PKS/1", "--places", 5, *BY)
    next_year = ("--from", "2027-01-01", "--through", "2027-12-31")
    told("agreement", "renew", "PKS/1", "PKS/2", *next_year, *BY)
    told("agreement", "close", "PKS/1", *BY)

    first, second = listed("agreement", "list")
    assert (first["state"], first["last_day"]) == ("closed", "2026-12-31")
    assert (second["state"], second["places"]) == ("draft", 5)


def test_from_a_roster_to_the_line_and_on_to_the_next_in_line(city, tmp_path):
    roster = a_roster(tmp_path, BUDI, WATI, ODD)
    assert "3 rows, 1 enrolled, 1 in line, 1 to be looked at" in take_in(roster)
    assert listed("agreement", "show", "PKS/1", *ON)[0]["waiting"] == 1

    (budi,) = listed("enrol", "list", "PKS/1", *ON)
    told("enrol", "end", budi["enrolment"], "--reason", "death", "--died", "2026-02-28", *BY)
    assert "1 enrolled, 0 left the line, 0 wait" in told(
        "enrol", "fill", "PKS/1", "--from", "2026-03-01", *BY
    )
    (wati,) = listed("enrol", "list", "PKS/1", "--on", "2026-03-01")
    assert (wati["name"], wati["replaces"]) == ("Wati Misal", budi["enrolment"])


def test_an_import_is_recognised_listed_and_undone(city, tmp_path):
    roster = a_roster(tmp_path, BUDI, ODD)
    take_in(roster)
    again = ("roster", "import", roster, "--agreement", "PKS/1", *ON, *BY)
    assert "was taken in before, by import" in refusal(*again)

    (one,) = listed("roster", "list")
    assert (one["rows"], one["open"], one["undone"]) == (2, 1, None)
    told("roster", "undo", one["number"], *BY)
    assert not Enrolment.objects.exists()
    assert "was undone already" in refusal("roster", "undo", one["number"], *BY)


def test_a_doubtful_row_is_put_right_and_admitted(city, tmp_path):
    take_in(a_roster(tmp_path, ODD))
    (row,) = listed("roster", "review")
    assert row["reasons"] == ["category_unknown"]
    assert "the category is none of" in refusal("roster", "accept", row["row"], *ON, *BY)

    told("roster", "accept", row["row"], "--category", "farmer", *ON, *BY)

    assert listed("roster", "review") == []
    assert Enrolment.objects.get().category == "farmer"


def test_a_neighbour_is_enrolled_by_hand_and_once(city):
    by_hand = (
        "enrol", "person", a_nik(9), "--name", "Mbok Sri", "--agreement", "PKS/1",
        "--category", "other_informal", *ON, *BY,
    )  # fmt: skip
    assert "1 enrolled" in told(*by_hand)
    assert "cannot be enrolled: already_enrolled" in refusal(*by_hand)


def test_a_screening_shows_what_follows_before_it_is_applied(city, tmp_path):
    take_in(a_roster(tmp_path, BUDI, WATI))
    deaths = tmp_path / "meninggal.csv"
    deaths.write_text(f"nik,nama,tanggal_meninggal\n{BUDI[0]},BUDI,2026-05-20\n")

    (found,) = listed("enrol", "screen", "--deaths", deaths, "--on", "2026-06-01", *BY)
    assert (found["name"], found["ends_on"], found["months"]) == ("Budi Contoh", "2026-05-21", 7)
    number = Enrolment.objects.get().findings.get().screening_id
    assert "1 ended" in told("enrol", "apply", number, *BY)
    assert listed("enrol", "findings", number)[0]["state"] == "applied"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("agreement", "show", "PKS/9"), "no agreement with the number PKS/9"),
        (("agreement", "approve", "PKS/1", *BY), "was approved already"),
        (("agreement", "change", "PKS/1", *BY), "Say what to change"),
        (("agreement", "approve", "PKS/1", "--by", "x@example.org"), "no active user"),
        (("enrol", "end", 77, "--reason", "death", *BY), "no enrolment with the number 77"),
        (("enrol", "apply", 77, *BY), "no screening with the number 77"),
        (("enrol", "leave", 77, *BY), "does not wait"),
        (("roster", "undo", 77, *BY), "no import with the number 77"),
        (("roster", "dismiss", 77, *BY), "no row with the number 77"),
        (
            ("enrol", "person", "123", "--name", "A", "--agreement", "PKS/1",
             "--category", "farmer", *ON, *BY),
            "The NIK is faulty",
        ),
    ],
)  # fmt: skip
def test_every_refusal_is_one_sentence(city, words, sentence):
    assert sentence in refusal(*words)

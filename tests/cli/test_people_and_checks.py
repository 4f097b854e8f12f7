"""People, keys, ledger and chain from the command line: what they print, how they refuse."""

import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from sertakan.audit.models import Event
from sertakan.audit.operations import record
from sertakan.cli.app import app
from sertakan.ledger.operations import post
from tests.enrolment.making import an_officer
from tests.people.conftest import NOW, people, sari  # noqa: F401

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


@pytest.mark.usefixtures("people")
@pytest.mark.django_db
class TestPeople:
    def test_people_are_found_by_name_their_nik_masked(self):
        found = listed("person", "find", "moch subandi")

        assert [(row["name"], row["nik"]) for row in found] == [
            ("Muhammad Soebandi", "357701********01")
        ]
        assert listed("person", "show", "3577010203900001") == found
        assert listed("person", "show", found[0]["number"]) == found
        assert "3577010203900001" not in sertakan("person", "find", "soebandi").stdout

    def test_an_unmasked_nik_is_asked_for_with_a_purpose(self):
        (seen,) = listed("person", "unmask", "3577010203900001", "--purpose", "claim 3", *BY)

        assert seen["nik"] == "3577010203900001"
        assert Event.objects.latest("pk").details == {"purpose": "claim 3"}
        assert "needed for" in refusal(
            "person", "unmask", "3577010203900001", "--purpose", " ", *BY
        )

    def test_a_newcomer_is_held_against_those_who_stand(self):
        found = listed(
            "person", "candidates", "--nik", "3577010203900010", "--name", "Moh. Subandi",
            "--born", "1990-03-02",
        )  # fmt: skip

        assert [row["name"] for row in found] == ["Muhammad Soebandi"]
        assert found[0]["bits"] > 3
        assert found[0]["because"]

    def test_people_are_corrected_merged_and_taken_apart(self):
        aminah, aminatun = "3577024107850002", "3577025107850003"
        number = listed("person", "show", aminatun)[0]["number"]

        sertakan("person", "correct", aminah, "--phone", "0811", "--born", "1985-07-02", *BY)
        sertakan("person", "merge", aminah, aminatun, "--reason", "one card", *BY)

        assert listed("person", "show", aminatun)[0]["name"] == "Siti Aminah"
        assert listed("person", "show", aminah)[0]["birth_date"] == "1985-07-02"
        assert sertakan("person", "unmerge", number, *BY).exit_code == 0
        assert listed("person", "show", aminatun)[0]["name"] == "Siti Aminatun"

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("show", "3577010203900099"), "known under 357701…"),
            (("correct", "3577010203900001", *BY), "Say what to correct"),
            (("correct", "3577010203900001", "--nik", "12", *BY), "16 digits"),
            (("correct", "3577010203900001", "--sex", "L", "--by", "a@b.c"), "no active user"),
            (("unmerge", "0", *BY), "known under 0"),
        ],
    )  # fmt: skip
    def test_a_refusal_is_one_sentence(self, words, sentence):
        assert sentence in refusal("person", *words)

    def test_a_day_that_is_none_is_refused(self):
        answer = sertakan("person", "correct", "3577010203900001", "--born", "1990-02-30", *BY)

        assert answer.exit_code == 2
        assert "is not a day" in answer.stderr

    def test_the_words_of_names_are_made_anew(self):
        assert "words are known" in sertakan("person", "names-anew").stdout


@pytest.mark.usefixtures("people")
@pytest.mark.django_db
class TestKeys:
    def test_the_ring_is_listed_and_everything_goes_under_the_new_key(self, settings):
        old = settings.DATA_KEY_CURRENT
        settings.DATA_KEYS = {"k2": bytes(range(32)), **settings.DATA_KEYS}
        settings.DATA_KEY_CURRENT = "k2"
        assert [tuple(row.values()) for row in listed("key", "list")] == [
            ("k2", "current", None), (old, "old", 5),
        ]  # fmt: skip

        answer = sertakan("key", "reencrypt", *BY)

        assert answer.stdout.endswith("5 rows are encrypted anew.\n")
        assert [(row["key"], row["people_person"]) for row in listed("key", "list")] == [
            ("k2", 5), (old, None),
        ]  # fmt: skip

    def test_a_key_that_is_missing_is_found(self, settings):
        settings.DATA_KEYS = {"k2": bytes(range(32))}
        settings.DATA_KEY_CURRENT = "k2"

        answer = sertakan("key", "list", "--json")

        assert answer.exit_code == 1
        assert [row["state"] for row in json.loads(answer.stdout)] == ["current", "missing"]

    def test_a_new_key_is_put_in_front_of_the_file(self, settings, tmp_path, monkeypatch):
        monkeypatch.delenv("SERTAKAN_KEYS", raising=False)
        settings.SERTAKAN_VAR = tmp_path
        (tmp_path / "secrets").mkdir()

        assert sertakan("key", "new", "k2026").exit_code == 0

        assert (tmp_path / "secrets" / "data_key").read_text().startswith("k2026:")
        assert "already" in refusal("key", "new", settings.DATA_KEY_CURRENT)
        assert "16 of a-z" in refusal("key", "new", "K 1")

    def test_a_new_key_is_printed_where_the_environment_gives_the_ring(self, monkeypatch):
        monkeypatch.setenv("SERTAKAN_KEYS", "k1:x")

        assert "\nk2026:" in sertakan("key", "new", "k2026").stdout


@pytest.fixture
def paid(transactional_db):
    return post(
        on=date(2026, 1, 31), reference="payment/1", memo="water utility",
        lines={"bank": 16_800, "receivable/sponsor/3": -16_800}, now=NOW,
    )  # fmt: skip


def test_the_ledger_is_shown_and_checked(paid, run_as_owner):
    assert sertakan("ledger", "check").stdout == "Every entry balances.\n"
    assert [(row["account"], row["balance"]) for row in listed("ledger", "balances")] == [
        ("bank", 16_800), ("receivable/sponsor/3", -16_800),
    ]  # fmt: skip
    assert listed("ledger", "balances", "--on", "2026-01-30") == []
    by_account = listed("ledger", "show", "receivable")
    assert by_account == listed("ledger", "show", "payment/1")
    assert {row["rupiah"] for row in by_account} == {16_800, -16_800}
    assert "no account and no entry nothing" in refusal("ledger", "show", "nothing")

    run_as_owner("ALTER TABLE ledger_line DISABLE TRIGGER USER")
    run_as_owner("UPDATE ledger_line SET rupiah = 16801 WHERE rupiah > 0")

    answer = sertakan("ledger", "check")
    assert answer.exit_code == 1
    assert answer.stdout == "payment/1: the entry is out of balance (1 rupiah)\n"


@pytest.mark.django_db(transaction=True)
def test_the_chain_is_sealed_listed_and_checked(run_as_owner):
    record(
        verb="enrolled", subject_type="agreement", subject_id=7, by=an_officer(),
        at=datetime(2026, 11, 23, tzinfo=UTC), people=40,
    )  # fmt: skip

    sealed = sertakan("audit", "seal").stdout
    noted = sealed.split()[-1]

    assert sealed.startswith("1 events sealed.")
    assert noted.startswith("1:")
    assert sertakan("audit", "verify", "--noted", noted).exit_code == 0
    assert "is no link" in refusal("audit", "verify", "--noted", "x")
    (event,) = listed("audit", "list", "--subject", "agreement", "--number", "7")
    assert (event["verb"], event["by"], event["details"]) == (
        "enrolled", "sari@example.org", {"people": 40},
    )  # fmt: skip
    assert "people 40" in sertakan("audit", "list").stdout.replace("\n", " ")

    run_as_owner("ALTER TABLE audit_event DISABLE TRIGGER USER")
    run_as_owner("UPDATE audit_event SET verb = 'other'")

    answer = sertakan("audit", "verify")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("Link 1, event ")


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_refusal_of_the_database_is_one_sentence_too():
    assert "too long" in refusal("person", "correct", "3577010203900001", "--name", "x" * 201, *BY)

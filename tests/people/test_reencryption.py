"""A key is changed while the office works on; nothing is lost on the way."""

import base64

import pytest
from django.db import connection

from sertakan.audit.models import Event
from sertakan.people import reencryption
from sertakan.people.errors import CannotDecrypt
from sertakan.people.key_file import BadKeyId, put_in_front
from sertakan.people.models import Person
from sertakan.people.operations import correct, unmask
from sertakan.people.queries import by_nik
from sertakan.people.reencryption import encrypted_columns, keys_in_use, reencrypt, rows_left
from tests.people.conftest import NOW, PEOPLE

FIRST, SECOND = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture(autouse=True)
def first_key(settings):
    settings.DATA_KEYS, settings.DATA_KEY_CURRENT = {"k1": FIRST}, "k1"


@pytest.fixture
def second_key(people, sari, settings):
    """Everything stands under k1, and k2 is current from now on."""
    correct(person=people["Budi Santoso"], changes={"phone": "0811"}, by=sari, now=NOW)
    settings.DATA_KEYS, settings.DATA_KEY_CURRENT = {"k2": SECOND, "k1": FIRST}, "k2"


def uses():
    return [(use.table, use.key_id, use.values) for use in keys_in_use()]


def everything(sari):
    return [
        (by_nik(nik), unmask(person=by_nik(nik), purpose="test", by=sari, now=NOW))
        for nik in PEOPLE["nik"]
    ]


@pytest.mark.django_db
def test_everything_goes_under_the_new_key_and_reads_as_before(second_key, sari, settings):
    before = everything(sari)
    assert (uses(), rows_left()) == ([("people_person", "k1", 6)], 5)

    assert reencrypt(by=sari, now=NOW) == 5

    assert (uses(), rows_left()) == ([("people_person", "k2", 6)], 0)
    settings.DATA_KEYS = {"k2": SECOND}
    assert everything(sari) == before
    event = Event.objects.filter(verb="reencrypted").get()
    assert (event.subject_id, event.details) == ("k2", {"rows": 5})
    assert reencrypt(by=sari, now=NOW) == 0


@pytest.mark.django_db
def test_whoever_stops_it_goes_on_later_with_what_is_left(second_key, sari, monkeypatch):
    monkeypatch.setattr(reencryption, "ROWS_AT_ONCE", 2)
    pieces = []

    def stop_at_the_second(rows):
        pieces.append(rows)
        if len(pieces) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reencrypt(by=sari, now=NOW, on_rows=stop_at_the_second)

    assert (pieces, rows_left()) == ([2, 2], 1)
    assert reencrypt(by=sari, now=NOW) == 1
    assert [person.name for person in map(by_nik, PEOPLE["nik"])] == PEOPLE["name"].to_list()


@pytest.mark.django_db
def test_what_is_written_meanwhile_is_under_the_new_key(second_key, people, sari):
    correct(person=people["Siti Aminah"], changes={"phone": "0812"}, by=sari, now=NOW)

    assert uses() == [("people_person", "k1", 6), ("people_person", "k2", 1)]


@pytest.mark.django_db
def test_a_value_that_cannot_be_read_stops_it_and_is_named(second_key, people, sari, settings):
    settings.DATA_KEYS = {"k2": SECOND}

    with pytest.raises(CannotDecrypt, match=r"people_person \d+, nik: The key k1 is not"):
        reencrypt(by=sari, now=NOW)

    assert Person.objects.filter(nik_encrypted__isnull=False).count() == 5


@pytest.mark.django_db
def test_every_encrypted_column_of_the_records_is_gone_through():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND column_name LIKE %s",
            [r"%\_encrypted"],
        )
        standing = set(cursor.fetchall())

    gone_through = {
        (table, column) for table, columns in encrypted_columns().items() for column in columns
    }
    assert gone_through == standing


def test_a_new_key_is_put_in_front_of_the_file(tmp_path, settings):
    file = tmp_path / "data_key"
    file.write_text("old")

    put_in_front(file, "k2", base64.b64encode(SECOND).decode(), {"k1": FIRST})

    names = [entry.partition(":")[0] for entry in file.read_text().strip().split(",")]
    assert names == ["k2", "k1"]
    assert file.stat().st_mode & 0o777 == 0o600
    for name in ("K 2", "", "k:2", "k" * 17):
        with pytest.raises(BadKeyId):
            put_in_front(file, name, "x", {})

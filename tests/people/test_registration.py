"""Lists come in again and again; each human stands once."""

import threading
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from polars.testing import assert_frame_equal

from sertakan.audit.models import Event
from sertakan.people.encryption import decrypt, encrypt, nik_index
from sertakan.people.errors import NotAPerson
from sertakan.people.models import NameWord, Person
from sertakan.people.operations import merge, register_many
from tests.people.conftest import NOW, PEOPLE

BUDI = {"nik": "3577031512780004", "name": "Budi Santoso"}


def register(*rows, by=None):
    return register_many(pl.DataFrame(rows), by=by, now=NOW)


@pytest.mark.django_db
def test_a_person_is_what_the_list_says_and_personal_data_is_encrypted(sari):
    register(
        {
            **BUDI,
            "birth_date": date(1978, 12, 15),
            "sex": "L",
            "region": "35.77.03.1001",
            "address": 'Jl. "Kenanga", No. 5',
            "phone": "0812 3456 789",
            "mother_name": "Sumiyati",
            "bank_account": None,
            "category": "farmer",
        },
        by=sari,
    )

    budi = Person.objects.get()

    assert (budi.name, budi.birth_date, budi.sex, budi.region_id, budi.address) == (
        "Budi Santoso", date(1978, 12, 15), "L", "35.77.03.1001", 'Jl. "Kenanga", No. 5',
    )  # fmt: skip
    assert bytes(budi.nik_index) == nik_index(BUDI["nik"])
    assert decrypt(budi.nik_encrypted, "nik") == BUDI["nik"]
    assert decrypt(budi.phone_encrypted, "phone") == "0812 3456 789"
    assert decrypt(budi.mother_name_encrypted, "mother_name") == "Sumiyati"
    assert budi.bank_account_encrypted is None
    assert (budi.died_on, budi.merged_into, budi.recorded_at) == (None, None, NOW)
    assert [(event.verb, event.actor, event.details) for event in Event.objects.all()] == [
        ("registered", sari, {"people": 1})
    ]


@pytest.mark.django_db
def test_what_is_not_known_stays_unknown():
    register(BUDI)

    budi = Person.objects.get()

    assert (budi.birth_date, budi.sex, budi.region_id, budi.address) == (None, "", None, "")


@pytest.mark.django_db
def test_the_answer_is_in_the_order_of_the_list(people):
    mixed = pl.concat(
        [PEOPLE[[3]], PEOPLE[[0]].with_columns(nik=pl.lit("3577010203900009")), PEOPLE[[1]]]
    )

    answer = register_many(mixed, by=None, now=NOW)

    new = Person.objects.get(nik_index=nik_index("3577010203900009"))
    assert_frame_equal(
        answer,
        pl.DataFrame(
            {
                "nik": mixed["nik"],
                "person_id": [people["Budi Santoso"].pk, new.pk, people["Siti Aminah"].pk],
                "is_new": [False, True, False],
            }
        ),
    )


@pytest.mark.django_db
def test_whoever_stands_already_stays_as_known(people):
    before = list(Person.objects.order_by("pk").values())

    answer = register({**BUDI, "name": "BUDI S.", "address": "elsewhere"})

    assert answer.rows() == [(BUDI["nik"], people["Budi Santoso"].pk, False)]
    assert list(Person.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_whoever_was_merged_is_the_one_kept(people, sari):
    kept, merged = people["Siti Aminah"], people["Siti Aminatun"]
    merge(kept=kept, merged=merged, reason="one card", by=sari, now=NOW)

    answer = register({"nik": "3577025107850003", "name": "Siti Aminatun"})

    assert answer["person_id"].to_list() == [kept.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{**BUDI, "nik": "357703151278000"}], "16 digits"),
        ([{**BUDI, "nik": "35770315127800O4"}], "16 digits"),
        ([{**BUDI, "nik": "٣577031512780004"}], "16 digits"),
        ([{**BUDI, "nik": None}, BUDI], "16 digits"),
        ([BUDI, BUDI], "twice"),
        ([{**BUDI, "name": " "}], "has a name"),
        ([{**BUDI, "name": None}, {**BUDI, "nik": "3577031512780005"}], "has a name"),
    ],
)
def test_what_is_no_person_is_refused_as_a_whole(rows, sentence):
    with pytest.raises(NotAPerson, match=sentence):
        register(*rows)

    assert not Person.objects.exists()


@pytest.mark.django_db
def test_nobody_is_registered_where_there_is_nobody():
    empty = PEOPLE.head(0)

    assert register_many(empty, by=None, now=NOW).rows() == []
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_region_that_does_not_exist_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match=r"no region has the code 99\.99"):
        register({**BUDI, "region": "99.99"})


@pytest.mark.django_db
def test_more_people_than_are_encrypted_at_once(monkeypatch):
    monkeypatch.setattr("sertakan.people.registration.ROWS_AT_ONCE", 7)
    rows = [{"nik": f"35770315127{number:05}", "name": f"Budi {number}"} for number in range(30)]

    answer = register(*rows)

    assert answer["is_new"].all()
    assert answer["person_id"].n_unique() == 30
    by_id = Person.objects.in_bulk()
    for (nik, person_id, _), row in zip(answer.rows(), rows, strict=True):
        assert (by_id[person_id].name, decrypt(by_id[person_id].nik_encrypted, "nik")) == (
            row["name"], nik,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_words_of_names_are_remembered_once():
    register(BUDI, {"nik": "3577030506950005", "name": "H. Nur'aini-Dewi  BUDI, S.Pd"})

    assert set(NameWord.objects.values_list("word", flat=True)) == {
        "budi", "santoso", "h", "nuraini", "dewi", "s", "pd",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_offices_register_the_same_person_at_once_and_he_stands_once():
    """The other office has written Budi and not committed: ours waits, then finds him."""
    with connection.second_connection() as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO people_person (nik_index, nik_encrypted, name, sex, address, recorded_at)"
            " VALUES (%s, %s, 'Budi', '', '', now()) RETURNING id",
            [nik_index(BUDI["nik"]), encrypt(BUDI["nik"], "nik")],
        )
        (number,) = cursor.fetchone()
        threading.Timer(0.3, other.connection.commit).start()
        answer = register({"nik": "3577030506950005", "name": "Wati"}, BUDI)

    assert answer["is_new"].to_list() == [True, False]
    assert answer["person_id"][1] == number
    assert Person.objects.count() == 2
    assert Event.objects.get().details == {"people": 1}


@pytest.mark.django_db
def test_the_database_refuses_what_is_no_person():
    nik = {"nik_index": nik_index(BUDI["nik"]), "nik_encrypted": b"x", "recorded_at": NOW}

    for fields, constraint in (
        ({"name": ""}, "a_person_has_a_name"),
        ({"name": "Budi", "nik_index": b"short"}, "nik_index_has_32_bytes"),
        (
            {"name": "B", "birth_date": date(1990, 1, 2), "died_on": date(1990, 1, 1)},
            "nobody_dies_before_birth",
        ),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Person.objects.create(**{**nik, **fields})

    Person.objects.create(name="Budi", **nik)
    with pytest.raises(IntegrityError, match="nik_index"), transaction.atomic():
        Person.objects.create(name="Budi again", **nik)

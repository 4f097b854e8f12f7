"""A clerk types a name as she heard it, and finds whom she means."""

import polars as pl
import pytest

from sertakan.people.models import NameWord
from sertakan.people.name_words import remember_anew
from sertakan.people.operations import merge, register_many
from sertakan.people.queries import search
from tests.people.conftest import NOW


def names(*args, **kwargs):
    return [person.name for person in search(*args, **kwargs)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Budi Santoso", ["Budi Santoso"]),
        ("santoso budi", ["Budi Santoso"]),
        ("santosa", ["Budi Santoso"]),
        ("Bpk. Budi Santoso, S.Pd", ["Budi Santoso"]),
        ("moch subandi", ["Muhammad Soebandi"]),
        ("H. Muh. Soebandi", ["Muhammad Soebandi"]),
        ("Siti Aminah", ["Siti Aminah", "Siti Aminatun"]),
        ("siti amin", ["Siti Aminah", "Siti Aminatun"]),
        ("Siti Aminatun", ["Siti Aminatun", "Siti Aminah"]),
        ("Boedhi Santosa", ["Budi Santoso"]),
        ("nuraini", ["Nur'aini Dewi"]),
        ("Nuraeni", ["Nur'aini Dewi"]),
        ("Budi Prasetyo Santoso", ["Budi Santoso"]),
        ("Qwerty", []),
        ("", []),
        ("%", []),
        ("H.", []),
    ],
)
def test_a_name_is_found_as_another_office_writes_it(people, typed, found):
    assert names(typed) == found


@pytest.mark.django_db
def test_words_that_sound_alike_are_found_however_unlike_they_look(people):
    rows = [{"nik": "3577031512780099", "name": "Tjokro Widjaja"}]
    register_many(pl.DataFrame(rows), by=None, now=NOW)

    assert names("Cokro Wijaya") == ["Tjokro Widjaja"]


@pytest.mark.django_db
def test_the_words_can_be_made_anew(people):
    NameWord.objects.filter(word="soebandi").delete()
    NameWord.objects.update(sound="")
    assert names("moch subandi") == []

    assert remember_anew() == NameWord.objects.count()

    assert names("moch subandi") == ["Muhammad Soebandi"]


@pytest.mark.django_db
def test_a_search_stays_within_a_region(people):
    assert names("Siti", region="35.77.02") == ["Siti Aminah", "Siti Aminatun"]
    assert names("Siti", region="35.77.01") == []
    assert names("Siti", region="35.77.0") == []


@pytest.mark.django_db
def test_a_record_that_was_merged_is_found_under_its_name_and_the_kept_one_given(people, sari):
    merge(
        kept=people["Siti Aminah"], merged=people["Siti Aminatun"], reason="one", by=sari, now=NOW
    )

    assert names("Aminatun") == ["Siti Aminah"]
    assert names("Siti") == ["Siti Aminah"]


@pytest.mark.django_db
def test_a_search_gives_as_many_as_asked_for(people):
    more = pl.DataFrame(
        {
            "nik": [f"35770315127{number:05}" for number in range(40)],
            "name": ["Siti Aminah"] * 40,
        }
    )
    register_many(more, by=None, now=NOW)

    assert len(search("Siti")) == 20
    assert names("Siti Aminah", limit=50).count("Siti Aminah") == 41


@pytest.mark.django_db
@pytest.mark.parametrize("people_more", [0, 30])
def test_a_search_asks_the_database_a_few_times_however_many_there_are(
    people, people_more, django_assert_max_num_queries
):
    if people_more:
        rows = [
            {"nik": f"35770315127{number:05}", "name": f"Aminah Siti{number}"}
            for number in range(people_more)
        ]
        register_many(pl.DataFrame(rows), by=None, now=NOW)

    with django_assert_max_num_queries(6):
        search("Siti Aminah")

"""A newcomer stands at the counter; perhaps she is known already, under a mistyped NIK."""

from datetime import date

import polars as pl
import pytest

from sertakan.people.operations import merge, register_many
from sertakan.people.queries import candidates_for
from sertakan.rosters.linkage.records import PersonFacts
from tests.people.conftest import NOW

TODAY = date(2026, 11, 23)
ADDRESS = "Jl. Kenanga No. 5 RT 3 RW 1"


@pytest.fixture
def aminah(people):
    """Siti Aminah, with an address and a phone as well."""
    register_many(
        pl.DataFrame(
            {
                "nik": ["3577024107850012"],
                "name": ["Siti Aminah"],
                "birth_date": [date(1985, 7, 1)],
                "sex": ["P"],
                "address": [ADDRESS],
                "phone": ["081234567890"],
            }
        ),
        by=None,
        now=NOW,
    )
    return "3577024107850012"


def found(**facts):
    newcomer = PersonFacts(**{"nik": None, "name": None, "birth_date": None, **facts})
    return [(each.person.name, each.person.address) for each in candidates_for(newcomer, on=TODAY)]


def test_nobody_is_a_candidate_where_nothing_is_alike(aminah):
    assert found(nik="3204051505700001", name="Wahyu", birth_date=date(1970, 5, 15)) == []
    assert found() == []


@pytest.mark.parametrize(
    "facts",
    [
        {"nik": "3577024107850021"},  # two digits exchanged
        {"nik": "3577024107850072"},  # one digit
        {"nik": "3577024107850072", "name": "Sitti Aminah"},
        {"nik": "3577024107850072", "birth_date": None},
        {"nik": "3577024701850012", "birth_date": date(1985, 1, 7)},  # day and month exchanged
        {"nik": "3577024107830912"},  # two digits: found by the day of birth
    ],
)
def test_she_is_found_under_a_mistyped_nik(aminah, facts):
    as_written = {
        "name": "Siti Aminah", "birth_date": date(1985, 7, 1), "sex": "P", "address": ADDRESS,
        "phone": "+62 812-3456-7890", **facts,
    }  # fmt: skip

    assert found(**as_written)[0] == ("Siti Aminah", ADDRESS)


def test_under_her_own_nik_she_is_the_likest(aminah):
    likest = candidates_for(PersonFacts(aminah, "Siti Aminah", date(1985, 7, 1)), on=TODAY)[0]

    assert likest.person.address == ADDRESS
    assert likest.score.match_probability > 0.99
    assert {part.comparison for part in likest.score.parts}


def test_a_record_that_was_merged_is_no_candidate(aminah, people, sari):
    facts = {"nik": aminah, "name": "Siti Aminah", "birth_date": date(1985, 7, 1)}
    assert ("Siti Aminah", ADDRESS) in found(**facts)

    from sertakan.people.queries import by_nik

    merge(kept=people["Siti Aminah"], merged=by_nik(aminah), reason="one", by=sari, now=NOW)

    assert ("Siti Aminah", ADDRESS) not in found(**facts)


def test_a_nik_that_can_be_none_is_looked_for_all_the_same(aminah):
    assert ("Siti Aminah", ADDRESS) in found(
        nik="3577024117850012", name="Siti Aminah", address=ADDRESS, phone="081234567890"
    )

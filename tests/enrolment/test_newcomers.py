"""What speaks against a worker is told before paying, and nothing of anybody else."""

from datetime import date

import polars as pl
import pytest

from sertakan.enrolment.newcomers import findings
from sertakan.people.deaths import note_deaths
from sertakan.people.operations import register_many
from tests.enrolment.making import NOW, a_sponsor, an_agreement, an_officer, enrolled

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2026, 11, 23), "ends_on": date(2027, 2, 1)}
BUDI = {
    "nik": "3577011205800001", "name": "Budi Santoso", "birth_date": "1980-05-12",
    "category": "msme", "sector": "other", "income": 0, "region": "35.77.01.1003",
    "consent": {"wording": "2026-11"},
}  # fmt: skip


def of(*workers, sponsor=None):
    return findings(workers, sponsor=(sponsor or a_sponsor("Lestari", "person")).pk, **DAYS)


def on_record(**told):
    frame = pl.DataFrame({"nik": BUDI["nik"], "name": "Budi Santoso"} | told)
    return register_many(frame, by=an_officer(), now=NOW)["person_id"][0]


def test_nothing_speaks_against_a_new_worker():
    assert of(BUDI) == [[]]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"nik": "35770112058000O1"}, ["nik_not_numeric"]),
        ({"nik": "357701"}, ["nik_length"]),
        ({"name": ""}, ["name_missing"]),
        ({"birth_date": "1961-11-23", "sure": True}, ["over_age"]),
        ({"birth_date": "2008-11-24", "sure": True}, ["under_age"]),
        ({"birth_date": "1980-05-13"}, ["birth_date_differs"]),
        ({"birth_date": "1980-05-13", "sure": True}, []),
        ({"income": None, "consent": None}, ["income_missing", "consent_missing"]),
    ],
)
def test_each_fault_has_its_word(changed, told):
    assert of(BUDI | changed) == [told]


def test_a_worker_typed_twice_is_told_at_both():
    assert of(BUDI, BUDI | {"name": "Budi S"}) == [["typed_twice"], ["typed_twice"]]


def test_who_is_covered_by_others_cannot_be_covered_twice():
    enrolled(on_record(), an_agreement(), ends_on=date(2027, 1, 1))

    assert of(BUDI) == [["covered_already"]]


def test_who_is_covered_by_the_sponsor_is_told_so():
    mine = a_sponsor("Lestari", "person")
    enrolled(on_record(), an_agreement(sponsor=mine, fund="own"), ends_on=date(2027, 1, 1))

    assert of(BUDI, sponsor=mine) == [["covered_by_you"]]


def test_a_nik_on_record_under_another_name_tells_no_name():
    on_record(name="Wati Lestari")

    assert of(BUDI) == [["not_this_person"]]


def test_a_dead_persons_nik_covers_nobody():
    person = on_record(birth_date=date(1980, 5, 12))
    deaths = pl.DataFrame({"person_id": [person], "died_on": [date(2026, 3, 1)]})
    note_deaths(deaths=deaths, by=an_officer(), now=NOW)

    assert of(BUDI) == [["cannot_be_covered"]]


def test_somebody_under_nearly_the_same_nik_is_a_warning():
    on_record(nik="3577011205800011", birth_date=date(1980, 5, 12))

    assert of(BUDI) == [["perhaps_another"]]
    assert of(BUDI | {"sure": True}) == [[]]

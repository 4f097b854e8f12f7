"""One person under a mistyped NIK, and two people who only look like one."""

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sertakan.rosters.linkage.made_up import population
from sertakan.rosters.linkage.within_import import possible_duplicates

HOME = "Jl. Mawar No. 5 RT 3 RW 1"
TUTIK = {
    "nik": "3577025406710003",
    "name": "Tutik Handayani",
    "birth_date": date(1971, 6, 14),
    "sex": "P",
    "address": HOME,
    "phone": "081234567890",
}


def an_import(*rows):
    """Rows in order; each says only what differs from Tutik's."""
    told = [{**TUTIK, **row} for row in rows]
    return pl.DataFrame(
        [
            {
                "order": i,
                "holder": row.get("holder", True),
                "birth_date_stated": row.get("birth_date_stated", True),
                "sex_stated": True,
                **{name: row[name] for name in TUTIK},
            }
            for i, row in enumerate(told)
        ],
        schema={
            "order": pl.UInt32,
            "holder": pl.Boolean,
            "birth_date_stated": pl.Boolean,
            "sex_stated": pl.Boolean,
            "nik": pl.String,
            "name": pl.String,
            "birth_date": pl.Date,
            "sex": pl.String,
            "address": pl.String,
            "phone": pl.String,
        },
    )


def found(*rows):
    return possible_duplicates(an_import(*rows)).select("order", "duplicate_of_order").rows()


@pytest.mark.parametrize(
    "mistyped",
    [
        "3577025406710008",
        "3577025406716003",
        "3577025406710030",
        "3577024506710003",
        "3571025406710003",
        "3577025406770003",
        "3577025406719903",
    ],
)
def test_a_mistyped_nik_is_the_same_tutik(mistyped):
    assert found({}, {"nik": mistyped, "name": "TUTIK H.", "phone": None}) == [(1, 0)]


@pytest.mark.parametrize(
    "name",
    ["Toetik Handajani", "Hj. Tutik Handayani, S.Pd", "Tutik", "TutikHandayani", "Tutk Handayani"],
)
def test_another_office_writes_her_name_otherwise(name):
    assert found({}, {"nik": "3577025406710008", "name": name}) == [(1, 0)]


@pytest.mark.parametrize("name", ["Titik Handayani", "Tutik Lestari", "Sumarni", "Tutik Handoko"])
def test_her_twin_under_the_same_roof_is_another_person(name):
    assert found({}, {"nik": "3577025406710004", "name": name, "phone": None}) == []


def test_her_twin_brother_is_another_person():
    brother = {"nik": "3577021406710003", "name": "Tatik Handayanto", "sex": "L"}

    assert found({}, brother) == []


def test_a_neighbour_of_the_same_name_and_day_is_another_person():
    neighbour = {"nik": "3577025406710004", "address": "Jl. Salak No. 80 RT 9 RW 7", "phone": None}

    assert found({**TUTIK, "name": "Tutik"}, {**neighbour, "name": "Tutik"}) == []


def test_where_no_address_is_known_a_full_name_and_an_unlikely_nik_are_enough():
    unknown = {"address": None, "phone": None}
    others = [
        {
            "nik": f"35770254{month:02}{year}0001",
            "name": f"Orang {chr(65 + month)}{chr(65 + year - 70)}ng",
            "birth_date": date(1900 + year, month, 14),
        }
        for month in range(1, 13)
        for year in range(72, 90)
    ]

    assert found(*others, unknown, {**unknown, "nik": "3577025406716003"}) == [
        (len(others) + 1, len(others))
    ]


def test_a_slip_in_the_day_shows_where_no_birth_date_is_stated():
    slipped = {
        "nik": "3577025407710003", "birth_date": date(1971, 7, 14), "birth_date_stated": False,
    }  # fmt: skip

    assert found({}, slipped) == [(1, 0)]


def test_the_phone_of_an_office_is_nobodys():
    unlike = {"name": "Tutik", "address": None}
    neighbour = {**unlike, "nik": "3577025406710004"}
    colleagues = [
        {"nik": f"3577025406{year}0001", "name": name, "birth_date": date(1900 + year, 6, 14)}
        for year, name in enumerate(["Sumarni", "Endang", "Wiwik", "Nanik", "Rukmini"], start=80)
    ]

    assert found(unlike, neighbour) == [(1, 0)]
    assert found(unlike, neighbour, *colleagues) == []


def test_another_mother_is_another_person():
    rows = an_import({"address": None, "phone": None}, {"nik": "3577025406716003", "address": None})
    mothers = rows.with_columns(mother_name=pl.Series(["Sukarti", "Painem"]))
    spelled = rows.with_columns(mother_name=pl.Series(["Sukarti", "SOEKARTI"]))

    apart, together = possible_duplicates(mothers), possible_duplicates(spelled)

    assert together["score"].item() > 4
    assert apart.is_empty() or apart["score"].item() < together["score"].item()


def test_rows_that_hold_no_place_are_left_alone():
    mistyped = {"nik": "3577025406710008"}

    assert found({"holder": False}, mistyped) == []
    assert found({}, {**mistyped, "holder": False}) == []


def test_the_nearest_earlier_row_is_named():
    first, second = {"nik": "3577025406710008"}, {"nik": "3577025406710078"}

    assert found({}, first, second) == [(1, 0), (2, 1)]


@pytest.mark.parametrize(
    "odd", [{"nik": "３577025406710003"}, {"nik": None}, {"name": None}, {"name": "-"}]
)
def test_rows_that_cannot_be_compared_are_left_alone(odd):
    assert found({}, {"nik": "3577025406710008"} | odd, odd) == []


def test_an_import_without_rows_has_no_duplicates():
    assert found() == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_no_twins_are_taken_for_one_person(seed):
    people = population(120, seed=seed, districts=["357701", "357702"], twins=0.3)
    rows = [
        {
            "nik": person.nik,
            "name": person.name,
            "birth_date": person.birth_date,
            "sex": person.sex,
            "address": person.address,
            "phone": person.phone,
        }
        for person in people
    ]
    Random(seed).shuffle(rows)

    assert found(*rows) == []

"""Lists of another kabupaten, with other layouts and habits than the example city."""

import os
from pathlib import Path
from random import Random

import pytest

from sertakan.rosters.check import check
from sertakan.rosters.reporting.findings import findings
from tests.rosters.kudus.layouts import LAYOUTS, Layout
from tests.rosters.kudus.people import ON, Person, Town
from tests.rosters.kudus.writing import WRITERS, line_of

SEED = os.environ.get("TOWN", "1")  # another town: TOWN=2 pytest tests/rosters


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_row_is_found_and_understood(tmp_path: Path, layout: Layout, writer: str) -> None:
    town = Town(Random(f"{layout.__name__} {writer} {SEED}"))
    sheet = layout(town.random, town.people(60))
    suffix, write = WRITERS[writer]
    write(tmp_path / f"daftar{suffix}", [sheet])

    checked = check([tmp_path], ON, "33.19")

    assert [file.refused for file in checked.files] == [""]
    found = findings(checked.rows).select(
        "row", "outcome", "reasons", "fixes", "birth_date", "sex", "category", "region"
    )
    true = [
        (line_of(sheet, row) if suffix == ".csv" else row, *what_is_true_of(person))
        for row, person in sheet.people
    ]
    assert sorted(found.rows()) == sorted(true)


def what_is_true_of(person: Person) -> tuple[object, ...]:
    """Outcome, reasons, fixes, birth date, sex, category, region."""
    unreadable = {
        "nik_missing",
        "nik_length",
        "nik_not_numeric",
        "nik_precision_lost",
        "nik_date_invalid",
    }
    nobody_knows = not person.birth_is_stated and unreadable & set(person.reasons)
    return (
        person.outcome,
        ";".join(person.reasons),
        ";".join(person.fixes),
        None if nobody_knows else person.born_on,
        person.sex,
        person.category,
        person.region,
    )

"""The command that tells how often the check is right."""

import csv
from pathlib import Path

import pytest

from sertakan.rosters.accuracy import main
from tests.rosters.making import BUDI, WATI, a_list

COLUMNS = (
    "file", "sheet", "row", "outcome", "reasons", "fixes", "duplicate_of", "true_nik", "birth_date",
    "sex",
    "category", "region", "person",
)  # fmt: skip


def a_city(folder: Path, *, outcome_of_wati: str) -> Path:
    (folder / "rosters").mkdir()
    (folder / "reference").mkdir()
    a_list(folder / "rosters" / "a.xlsx", BUDI, WATI)
    (folder / "reference" / "existing_coverage.csv").write_text(
        "nik,nama,segmen,sponsor,aktif_sampai\n"
    )
    (folder / "reference" / "civil_registry_deaths.csv").write_text("nik,nama,tanggal_meninggal\n")
    with (folder / "truth.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerow(
            (
                "a.xlsx",
                "Data",
                2,
                "accepted",
                "",
                "",
                "",
                BUDI[1],
                "1985-06-05",
                "L",
                "farmer",
                "35.77.01.1003",
                1,
            )
        )
        writer.writerow(
            (
                "a.xlsx",
                "Data",
                3,
                outcome_of_wati,
                "",
                "",
                "",
                WATI[1],
                "1976-05-04",
                "P",
                "health_cadre",
                "35.77.03.1009",
                2,
            )
        )
    return folder


def test_all_right_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(a_city(tmp_path, outcome_of_wati="accepted"))]) == 0
    assert "100.0000%" in capsys.readouterr().out


def test_below_the_target_is_status_1_and_the_row_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(a_city(tmp_path, outcome_of_wati="rejected"))]) == 1
    assert "a.xlsx|Data|3: rejected  → accepted" in capsys.readouterr().out


def test_what_cannot_be_known_is_not_counted(tmp_path: Path) -> None:
    assert main([str(a_city(tmp_path, outcome_of_wati="any"))]) == 0

"""`sertakan roster check`, as it is called."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from tests.rosters.kudus.writing import write_ods, write_xls, write_xlsx
from tests.rosters.making import BUDI, HEADINGS, WATI, a_list, a_sheet


def sertakan(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sertakan.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
    )


def test_it_writes_findings_and_workbooks_without_a_database(tmp_path: Path) -> None:
    a_list(tmp_path / "usulan.xlsx", BUDI, (2, "", "Wati", "", "P", "Kader", "Taman"))

    done = sertakan(
        "roster", "check", tmp_path / "usulan.xlsx", "--on", "2026-11-01", "--region", "35.77",
        "--out", tmp_path / "findings.csv", "--errors", tmp_path / "errors",
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    with (tmp_path / "findings.csv").open(newline="") as file:
        assert [line["outcome"] for line in csv.DictReader(file)] == ["accepted", "rejected"]
    assert (tmp_path / "errors" / "usulan_perbaikan.xlsx").exists()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    a_list(tmp_path / "a.xlsx", BUDI)
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")

    done = sertakan("roster", "check", tmp_path, "--on", "2026-11-01", "--out", tmp_path / "f.csv")

    assert done.returncode == 2
    assert done.stderr.startswith("b.xlsx: Berkas rusak")
    assert "Traceback" not in done.stderr
    assert len((tmp_path / "f.csv").read_text().splitlines()) == 2


def test_a_bad_list_of_the_insured_is_one_sentence(tmp_path: Path) -> None:
    a_list(tmp_path / "a.xlsx", BUDI)
    (tmp_path / "covered.csv").write_text("nik,nama\n1,2\n")

    done = sertakan(
        "roster", "check", tmp_path / "a.xlsx", "--on", "2026-11-01", "--out", tmp_path / "f.csv",
        "--covered", tmp_path / "covered.csv",
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr == "covered.csv, baris 1: kolom aktif_sampai tidak ada.\n"


def test_a_region_that_is_not_is_refused(tmp_path: Path) -> None:
    a_list(tmp_path / "a.xlsx", WATI)

    done = sertakan(
        "roster",
        "check",
        tmp_path,
        "--on",
        "2026-11-01",
        "--region",
        "99.99",
        "--out",
        tmp_path / "f.csv",
    )

    assert done.returncode == 2
    assert "99.99" in done.stderr


def test_what_is_hidden_is_read_and_said(tmp_path: Path) -> None:
    sheet = a_sheet(HEADINGS, BUDI, WATI)
    sheet.hidden, sheet.hidden_rows = True, [2]
    write_xlsx(tmp_path / "a.xlsx", [a_sheet(["kosong"], name="Depan"), sheet])
    sheet.hidden = False
    write_xls(tmp_path / "b.xls", [sheet])
    write_ods(tmp_path / "c.ods", [sheet])

    done = sertakan("roster", "check", tmp_path, "--on", "2026-11-01", "--out", tmp_path / "f.csv")

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "a.xlsx: Lembar Data tersembunyi; tetap dibaca.",
        "a.xlsx: 1 baris tersembunyi di lembar Data; tetap dibaca.",
        "b.xls: 1 baris tersembunyi di lembar Data; tetap dibaca.",
        "c.ods: 1 baris tersembunyi di lembar Data; tetap dibaca.",
    ]

"""What goes back: findings for programs, workbooks for offices. No formula leaves the house."""

import csv
from pathlib import Path

import openpyxl

from sertakan.rosters.check import Checked, check
from sertakan.rosters.judging.outcomes import REASONS as ALL_REASONS
from sertakan.rosters.reporting.error_workbooks import write_error_workbooks
from sertakan.rosters.reporting.findings import COLUMNS, findings, write_findings
from sertakan.rosters.reporting.sentences import REASONS
from tests.rosters.making import BUDI, HEADINGS, ON, WATI, a_list, a_workbook, checked_list, found

EVIL = '=HYPERLINK("http://x","klik")'


def kept(folder: Path) -> Checked:
    return check([folder], ON, "35.77", keep_lists=True)


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(ALL_REASONS)


def test_findings_are_what_the_contract_says(tmp_path: Path) -> None:
    checked = checked_list(tmp_path, BUDI, (2, "", "Sari", "", "", "", ""))
    write_findings(checked.rows, tmp_path / "findings.csv")

    with (tmp_path / "findings.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))

    assert tuple(lines[0]) == COLUMNS
    assert lines[0] == {
        "file": "daftar.xlsx", "sheet": "Data", "row": "2", "outcome": "accepted",
        "reasons": "", "fixes": "",
        "duplicate_of": "", "nik": "3577010506850002", "name": "Budi Santoso",
        "birth_date": "1985-06-05",
        "sex": "L", "category": "farmer", "region": "35.77.01.1003",
    }  # fmt: skip
    assert (lines[1]["birth_date"], lines[1]["sex"], lines[1]["region"]) == ("", "", "")


def test_a_nik_that_could_be_read_is_told_by_its_digits(tmp_path: Path) -> None:
    checked = checked_list(
        tmp_path,
        (1, "3577.0105.0685.0002", "Budi", "", "", "Tani", ""),
        (2, "3577 0105 0685", "Sari", "", "", "Tani", ""),
    )

    assert found(checked, "nik", "reasons") == [
        ("3577010506850002", ""),
        ("3577 0105 0685", "nik_length"),
    ]


def test_no_formula_leaves_in_the_findings(tmp_path: Path) -> None:
    checked = checked_list(
        tmp_path,
        (1, "-", EVIL, "", "", "Tani", ""),
        (2, "+3577010506850002", "@SUM(A1)", "", "", "Tani", ""),
        (3, "-2+3+cmd|' /C calc'!A0", "-Budi", "", "", "Tani", ""),
    )
    write_findings(checked.rows, tmp_path / "findings.csv")

    with (tmp_path / "findings.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))

    assert [line["nik"] for line in lines] == ["-", "3577010506850002", "'-2+3+cmd|' /C calc'!A0"]
    assert [line["name"][:2] for line in lines] == ["'=", "'@", "Bu"]


def test_a_workbook_goes_back_in_the_senders_layout(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "usulan.xlsx",
        ["DAFTAR USULAN KELURAHAN KLEGEN"],
        [],
        HEADINGS,
        BUDI,
        (2, 3577034405760000.0, "Wati", "04-05-1976", "P", "Kader", "Taman"),
        (3, "3577012312840001", EVIL, "23-12-1984", "P", "Swasta", "Taman"),
    )

    (path,) = write_error_workbooks(kept(tmp_path), tmp_path / "errors")
    sheet = openpyxl.load_workbook(path)["Data"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]

    assert path.name == "usulan_perbaikan.xlsx"
    assert rows[0][0] == "DAFTAR USULAN KELURAHAN KLEGEN"
    assert rows[2] == [*HEADINGS, "Baris asal", "Yang perlu diperbaiki"]
    assert rows[3][1:3] == ["3577034405760000", "Wati"]
    assert rows[3][7] == 5
    assert "digit terakhirnya hilang" in str(rows[3][8])
    assert rows[4][2] == f"'{EVIL}"
    assert "Jenis kelamin" in str(rows[4][8])
    assert "Pekerjaan belum jelas" in str(rows[4][8])
    assert len(rows) == 5


def test_the_faulty_cells_are_marked(tmp_path: Path) -> None:
    a_list(
        tmp_path / "usulan.xlsx",
        (3, "3577012312840001", "Sari", "23-12-1984", "P", "Swasta", "Taman"),
    )

    (path,) = write_error_workbooks(kept(tmp_path), tmp_path / "errors")
    person = list(openpyxl.load_workbook(path)["Data"].iter_rows())[1]

    marked = [HEADINGS[cell.column - 1] for cell in person[:7] if cell.fill.fill_type]
    assert marked == ["L/P", "Pekerjaan"]


def test_what_comes_back_mended_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    a_list(
        tmp_path / "in" / "usulan.xlsx", BUDI, (2, "", "Wati", "04-05-1976", "P", "Kader", "Taman")
    )
    (path,) = write_error_workbooks(kept(tmp_path / "in"), tmp_path / "errors")
    book = openpyxl.load_workbook(path)
    book["Data"]["B2"] = WATI[1]
    book.save(path)

    checked = check([path], ON, "35.77")

    assert findings(checked.rows).select("name", "outcome", "category", "region").rows() == [
        ("Wati", "accepted", "health_cadre", "35.77.03.1009")
    ]


def test_an_office_without_faults_gets_nothing_back(tmp_path: Path) -> None:
    a_list(tmp_path / "usulan.xlsx", BUDI)

    assert write_error_workbooks(kept(tmp_path), tmp_path / "errors") == []


def test_offices_with_one_name_get_a_workbook_each(tmp_path: Path) -> None:
    faulty = (2, "", "Wati", "04-05-1976", "P", "Kader", "Taman")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        a_list(tmp_path / folder / "usulan.xlsx", faulty)

    written = write_error_workbooks(kept(tmp_path), tmp_path / "errors")

    assert [path.name for path in written] == ["a_usulan_perbaikan.xlsx", "b_usulan_perbaikan.xlsx"]

"""Habits of other offices: remarks for numbers, ranks for jobs, figures in names of places."""

from pathlib import Path

import openpyxl
import pytest

from sertakan.rosters.check import check
from sertakan.rosters.finding.headings import field_of
from sertakan.rosters.reporting.error_workbooks import write_error_workbooks
from sertakan.rosters.tidying.jobs import category_of_title
from sertakan.rosters.tidying.places import Places
from sertakan.rosters.tidying.sexes import sex_of
from tests.rosters.making import BUDI, HEADINGS, ON, WATI, a_list, a_workbook, checked_list, found

BITUNG = "71.72"
WITH_ADDRESS = ("No", "Nama", "NIK", "L/P", "Alamat", "Pekerjaan")


@pytest.mark.parametrize("remark", ["KTP hilang", "NIK belum ada", "belum rekam e-KTP"])
def test_a_remark_for_a_nik_is_no_second_line_of_headings(tmp_path: Path, remark: str) -> None:
    checked = checked_list(
        tmp_path,
        (1, "Sahnun", "5203010506850002", "L", "Jln. Mawar No. 3", "Petani"),
        (2, "Rohani", remark, "P", "Jln. Mawar No. 4", "Pedagang"),
        (3, "Mahnep", "5203014405760003", "P", "Jln. Mawar No. 5", "Kader"),
        headings=WITH_ADDRESS,
    )

    assert found(checked, "row", "name", "reasons") == [
        (2, "Sahnun", ""),
        (3, "Rohani", "nik_missing"),
        (4, "Mahnep", ""),
    ]


def test_a_list_of_whom_to_call_is_no_roster(tmp_path: Path) -> None:
    a_list(tmp_path / "daftar.xlsx", BUDI)
    a_workbook(
        tmp_path / "kontak.xlsx",
        ("No", "Nama Operator", "Jabatan", "No. HP"),
        (1, "Sahnun", "Kasi Kesra", "081234567890"),
        (2, "Rohani", "Staf", "081234567891"),
    )

    checked = check([tmp_path], ON, "35.77")

    assert found(checked, "file") == [("daftar.xlsx",)]
    assert [file.name for file in checked.refused] == ["kontak.xlsx"]


def test_a_rank_is_of_the_organisation_in_the_title(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "a.xlsx",
        ("DATA ANGGOTA SATLINMAS",),
        ("No", "Nama", "NIK", "L/P", "Jabatan"),
        (1, "Budi", "3577010506850002", "L", "Danru"),
        (2, "Wati", "3577034405760003", "P", "Wakil Ketua II"),
        (3, "Sari", "3577034405770004", "P", "Swasta"),
        (4, "Rini", "3577034405780005", "P", ""),
    )

    checked = check([tmp_path], ON, "35.77")

    assert found(checked, "category") == [("linmas",), ("linmas",), ("",), ("",)]


@pytest.mark.parametrize("heading", ["Tgl Lahir / Umur", "TANGGAL LAHIR (USIA)"])
def test_a_birth_date_beside_an_age_is_read(tmp_path: Path, heading: str) -> None:
    checked = checked_list(
        tmp_path,
        (1, "3577010506850002", "Budi", "05-06-1985 / 41 Th", "L"),
        (2, "3577034405760003", "Wati", "04-05-1977 (49 tahun)", "P"),
        headings=("No", "NIK", "Nama", heading, "L/P"),
    )

    assert [str(day) for (day,) in found(checked, "birth_date")] == ["1985-06-05", "1977-05-04"]
    assert found(checked, "reasons")[1] == ("category_unknown;nik_birthdate_mismatch",)


def test_an_age_alone_is_no_birth_date() -> None:
    assert field_of("Umur") == field_of("Usia (Tahun)") == "age"


@pytest.mark.parametrize("text", ["Lelaki", "LELAKI ", "lelaki."])
def test_lelaki_is_a_man(text: str) -> None:
    assert sex_of(text) == "L"


@pytest.mark.parametrize(
    "text",
    ["Girian Weru Satu", "GIRIAN WERU I", "Kel. Girian Weru 1", "71.72.06.1002", "7172061002"],
)
def test_a_village_is_known_by_its_number_and_its_code(text: str) -> None:
    assert Places(BITUNG).village_named(text) == "71.72.06.1002"


def test_of_two_villages_numbered_none_is_taken_without_the_number() -> None:
    assert Places(BITUNG).village_named("Girian Weru") == ""


def test_in_the_whole_country_a_word_of_a_title_is_no_village() -> None:
    assert Places("").village_called("011001_Oro-oro_Ombo") == ""
    assert Places("").village_anywhere_in("KELURAHAN SUKOSARI") == ""


def test_the_name_of_a_village_counts_rather_than_the_offices_own_code(tmp_path: Path) -> None:
    checked = checked_list(
        tmp_path,
        *((number, *BUDI[1:6], "A-17", "Klegen") for number in range(1, 6)),
        headings=(*HEADINGS[:6], "Kode Kelurahan", "Kelurahan"),
    )

    assert set(found(checked, "region")) == {("35.77.01.1003",)}


@pytest.mark.parametrize(
    ("title", "category"),
    [("DAFTAR TUKANG BECAK", "other_informal"), ("DAFTAR PEKERJA INFORMAL", "")],
)
def test_a_title_tells_of_those_who_toil(title: str, category: str) -> None:
    assert category_of_title(title) == category


def test_the_sentence_counts_digits_and_names_the_province(tmp_path: Path) -> None:
    a_list(
        tmp_path / "usulan.xlsx",
        (1, "357701.050685.002", *BUDI[2:]),
        (2, "'99.77.03.440576.0003", *WATI[2:]),
    )

    (path,) = write_error_workbooks(
        check([tmp_path], ON, "35.77", keep_lists=True), tmp_path / "errors"
    )
    reasons = [row[-1] for row in openpyxl.load_workbook(path)["Data"].values][1:]

    assert reasons == [
        "NIK harus 16 digit; di sini ada 15.",
        "Kode provinsi di awal NIK (99) tidak pernah ada.",
    ]


def test_merged_headings_go_back_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR KELURAHAN KLEGEN"])
    sheet.append(["No", "Nama", "NIK", "Tempat dan Tanggal Lahir", None, "L/P", "Pekerjaan"])
    sheet.append([None, None, None, "Tempat", "Tanggal", None, None])
    sheet.append([1, "Budi", "357701050685000", "Madiun", "05-06-1985", "L", "Petani"])
    for merged in ("A1:G1", "A2:A3", "D2:E2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "usulan.xlsx")

    (path,) = write_error_workbooks(
        check([tmp_path], ON, "35.77", keep_lists=True), tmp_path / "errors"
    )
    back = openpyxl.load_workbook(path).worksheets[0]

    assert {str(area) for area in back.merged_cells.ranges} == {"A1:G1", "A2:A3", "D2:E2"}
    assert (back["A1"].value, back["D2"].value) == (
        "DAFTAR KELURAHAN KLEGEN",
        "Tempat dan Tanggal Lahir",
    )
    assert str(back["I4"].value).startswith("NIK harus 16 digit")

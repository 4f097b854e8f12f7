"""What becomes of a row, by the rules of the programme. Budi and Wati are well; others are not."""

from datetime import date
from pathlib import Path

import pytest

from sertakan.rosters.check import check
from tests.rosters.kudus.sheets import Cell
from tests.rosters.making import BUDI, HEADINGS, ON, WATI, a_list, checked_list, found

BUDI_NIK, WATI_NIK = "3577010506850002", "3577034405760003"


def a_person(
    nik: str, born: str, sex: str = "L", job: str = "Petani", name: str = "Sari"
) -> tuple[Cell, ...]:
    return (1, nik, name, born, sex, job, "Klegen")


def test_a_good_row_is_accepted_with_all_that_is_known(tmp_path: Path) -> None:
    checked = checked_list(tmp_path, BUDI)

    assert found(
        checked, "file", "sheet", "row", "outcome", "reasons", "fixes", "duplicate_of", "nik"
    ) == [("daftar.xlsx", "Data", 2, "accepted", "", "", "", BUDI_NIK)]
    assert found(checked, "name", "birth_date", "sex", "category", "region") == [
        ("Budi Santoso", date(1985, 6, 5), "L", "farmer", "35.77.01.1003")
    ]


@pytest.mark.parametrize(
    ("born", "reasons"),
    [
        ("01-11-1961", "over_age"),  # 65 today
        ("02-11-1961", ""),  # 65 tomorrow
        ("01-11-2008", ""),  # 18 today
        ("02-11-2008", "under_age"),  # 18 tomorrow
    ],
)
def test_ages_count_to_the_day(tmp_path: Path, born: str, reasons: str) -> None:
    nik = f"357701{born[0:2]}{born[3:5]}{born[8:10]}0001"

    assert found(checked_list(tmp_path, a_person(nik, born)), "reasons") == [(reasons,)]


@pytest.mark.parametrize(
    ("on", "reasons"), [(date(2022, 2, 28), "under_age"), (date(2022, 3, 1), "")]
)
def test_born_on_29_february_comes_of_age_on_1_march(
    tmp_path: Path, on: date, reasons: str
) -> None:
    path = a_list(tmp_path / "a.xlsx", a_person("3577012902040001", "29-02-2004"))

    assert found(check([path], on, "35.77"), "reasons") == [(reasons,)]


def test_the_age_counts_from_the_stated_day_even_against_the_nik(tmp_path: Path) -> None:
    checked = checked_list(tmp_path, a_person(BUDI_NIK, "05-06-1955"))

    assert found(checked, "outcome", "reasons") == [("rejected", "over_age")]


def test_every_reason_of_the_outcome_is_told_at_once(tmp_path: Path) -> None:
    checked = checked_list(
        tmp_path,
        (1, "357701", "-", "05-06-1955", "L", "???", "Klegen"),
        (2, BUDI_NIK, "Budi", "06-06-1985", "P", "Swasta", "Klegen"),
    )

    assert found(checked, "outcome", "reasons") == [
        ("rejected", "name_missing;nik_length;over_age"),
        ("review", "category_unknown;nik_birthdate_mismatch;nik_sex_mismatch"),
    ]


def test_fixes_are_told_of_rows_that_go_on(tmp_path: Path) -> None:
    checked = checked_list(
        tmp_path,
        (1, "3577 0105 0685 OOO2", "Budi", "", "", "Tani", "Klegen"),
        (2, "35 77", "Wati", "", "", "Tani", ""),
    )

    assert found(checked, "outcome", "fixes") == [
        ("accepted", "birthdate_from_nik;nik_cleaned;nik_confusable;sex_from_nik"),
        ("rejected", ""),
    ]


def test_the_first_acceptable_row_holds_the_place(tmp_path: Path) -> None:
    rejected = a_person(BUDI_NIK, "31-02-1985")
    in_review = a_person(BUDI_NIK, "05-06-1985", job="???")
    a_list(tmp_path / "b.xlsx", BUDI)
    a_list(tmp_path / "a.xlsx", rejected, in_review, BUDI)

    checked = check([tmp_path], ON, "35.77")

    assert found(checked, "file", "row", "outcome", "reasons", "duplicate_of") == [
        ("a.xlsx", 2, "rejected", "birthdate_invalid", ""),
        ("a.xlsx", 3, "review", "category_unknown", ""),
        ("a.xlsx", 4, "duplicate", "duplicate_in_import", "a.xlsx|Data|3"),
        ("b.xlsx", 2, "duplicate", "duplicate_in_import", "a.xlsx|Data|3"),
    ]


def test_who_is_covered_on_the_day_is_a_duplicate_and_holds_no_place(tmp_path: Path) -> None:
    covered = tmp_path / "covered.csv"
    covered.write_text(
        "nik,nama,segmen,sponsor,aktif_sampai\n"
        f"{BUDI_NIK},BUDI,PU,,2026-11-01\n{WATI_NIK},WATI,BPU,PDAM,2026-10-31\n"
    )

    checked = checked_list(tmp_path, BUDI, BUDI, WATI, covered=covered)

    assert found(checked, "outcome", "reasons", "duplicate_of") == [
        ("duplicate", "already_covered", ""),
        ("duplicate", "already_covered", ""),
        ("accepted", "", ""),
    ]


def test_who_died_on_or_before_the_day_is_rejected(tmp_path: Path) -> None:
    deaths = tmp_path / "deaths.csv"
    deaths.write_text(
        "\ufeffnik;nama;tanggal_meninggal\n"
        f"'{BUDI_NIK};BUDI;01/11/2026\n{WATI_NIK};WATI;2 November 2026\n"
    )

    checked = checked_list(tmp_path, BUDI, WATI, deaths=deaths)

    assert found(checked, "outcome", "reasons") == [("rejected", "deceased"), ("accepted", "")]


def test_a_list_without_a_column_of_jobs_takes_the_category_from_its_title(tmp_path: Path) -> None:
    headings = [heading for heading in HEADINGS if heading != "Pekerjaan"]
    budi = [cell for cell in BUDI if cell != "Petani"]
    a_list(tmp_path / "OPD_Satpol_PP_linmas.xlsx", budi, headings=headings)
    a_list(tmp_path / "usulan.xlsx", [*WATI[:5], WATI[6]], headings=headings)

    checked = check([tmp_path], ON, "35.77")

    assert found(checked, "category", "reasons") == [("linmas", ""), ("", "category_unknown")]


def test_a_column_of_jobs_that_says_nothing_is_not_made_up_for_by_the_title(tmp_path: Path) -> None:
    a_list(tmp_path / "OPD_Satpol_PP_linmas.xlsx", a_person(BUDI_NIK, "", job="-"))

    assert found(check([tmp_path], ON, "35.77"), "category", "reasons") == [
        ("", "category_unknown")
    ]


@pytest.mark.parametrize(
    ("region", "found_in"),
    [("35.77", "35.77.03.1009"), ("35.77.03", "35.77.03.1009"), ("35", "35.77.03.1009"),
     ("", "35.77.03.1009"), ("3577", "35.77.03.1009"),
     ("35.77.01", ""), ("35.77.03.1009", "35.77.03.1009")],
)  # fmt: skip
def test_the_village_is_looked_for_within_the_region(
    tmp_path: Path, region: str, found_in: str
) -> None:
    headings = ("No", "NIK", "Nama", "Alamat", "Pekerjaan")
    address = "Jl. Mawar 5 RT 01 RW 02 Kelurahan Taman, Kecamatan Taman, Kota Madiun"
    path = a_list(tmp_path / "a.xlsx", (1, BUDI_NIK, "Budi", address, "Tani"), headings=headings)

    assert found(check([path], ON, region), "region") == [(found_in,)]


def test_ojek_works_in_transport_and_income_is_read(tmp_path: Path) -> None:
    headings = (
        "NIK",
        "Nama",
        "Pekerjaan",
        "Penghasilan",
        "No HP",
        "Ibu Kandung",
        "RT",
        "RW",
        "Alamat",
    )
    budi = (
        BUDI_NIK,
        "H. Budi Santoso, S.Pd",
        "Ojek",
        "Rp 1.500.000,-",
        85712345678.0,
        "Sri",
        4,
        "002",
        "Jl. Mawar 5",
    )

    row = checked_list(tmp_path, budi, headings=headings).rows.row(0, named=True)

    told = {
        name: row[name]
        for name in ("name", "titles", "sector", "income", "phone", "mother_name", "address")
    }
    assert told == {
        "name": "Budi Santoso",
        "titles": "H. S.Pd",
        "sector": "transport",
        "income": 1_500_000,
        "phone": "085712345678",
        "mother_name": "Sri",
        "address": "Jl. Mawar 5 RT 04 RW 02",
    }

"""The lists of the insured and the dead: a fault in them is told with file, line and column."""

from datetime import date
from pathlib import Path

import pytest

from sertakan.rosters.judging.reference import BadReference, read_covered, read_deaths

ON = date(2026, 11, 1)
NIK = "3577010506850002"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nik,nama\n", "covered.csv, baris 1: kolom aktif_sampai tidak ada."),
        ("nama,aktif_sampai\n", "covered.csv, baris 1: kolom nik tidak ada."),
        (
            f"nik,nama,segmen,sponsor,aktif_sampai\n{NIK},A,PU,,2026-12-31\n{NIK},B,PU,,31-31-2026\n",
            "covered.csv, baris 3, kolom aktif_sampai: “31-31-2026” bukan tanggal (TTTT-BB-HH).",
        ),
        (
            f"nik,nama,segmen,sponsor,aktif_sampai\n{NIK},A,PU,,\n",
            "covered.csv, baris 2, kolom aktif_sampai: sel kosong bukan tanggal (TTTT-BB-HH).",
        ),
        (
            "nik,nama,segmen,sponsor,aktif_sampai\n3.57701E+15,A,PU,,2026-12-31\n",
            "covered.csv, baris 2, kolom nik: “3.57701E+15” bukan NIK.",
        ),
        ("", "covered.csv: Berkas kosong."),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "covered.csv"
    path.write_text(text)

    with pytest.raises(BadReference) as refused:
        read_covered(path, ON)

    assert str(refused.value) == complaint


def test_a_missing_list_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadReference, match=r"deaths\.csv: Berkas atau folder tidak ditemukan"):
        read_deaths(tmp_path / "deaths.csv", ON)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding_will_do(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "deaths.csv"
    lines = (["nik", "nama", "tanggal_meninggal"], [f"'{NIK}", "José", "2026-01-02"])
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))

    assert read_deaths(path, ON)["nik"].to_list() == [NIK]

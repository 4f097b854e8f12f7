"""A file that cannot be read is refused by its name, with a reason; the others go on."""

import io
import os
import signal
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from sertakan.rosters.check import check
from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.apart import Apart
from sertakan.rosters.reading.refusals import Unreadable
from tests.rosters.kudus.writing import write_ods, write_xls
from tests.rosters.making import BUDI, HEADINGS, ON, WATI, a_list, a_sheet


def _as_xlsx(sheet_data: str, shared: str = "") -> bytes:
    """A workbook made by hand, whose only sheet holds this XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{package}'/>",
        "xl/workbook.xml": (
            f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets>"
            "<sheet name='Data' sheetId='1' r:id='r1'/></sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f"<Relationships xmlns='{package}'><Relationship Id='r1' Type='{office}/worksheet'"
            " Target='worksheets/sheet1.xml'/></Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>'
        ),
        "xl/sharedStrings.xml": f"<sst xmlns='{main}'>{shared}</sst>",
    }
    return a_zip(parts)


def a_zip(parts: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def a_zip_bomb() -> bytes:
    return _as_xlsx(" " * (limits.UNPACKED_BYTES_UNSUSPECTED * 4))


def a_zip_that_lies_about_its_sizes() -> bytes:
    data = bytearray(a_zip_bomb())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + at : start + at + 4] = struct.pack("<I", 100)
            start += 4
    return bytes(data)


def a_cell_at_the_far_end() -> bytes:
    return _as_xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>')


def one_long_text_in_a_million_cells() -> bytes:
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 50_000)
    )
    return _as_xlsx(cells, shared=f"<si><t>{'x' * 32_000}</t></si>")


def five_million_empty_rows_of_ods() -> bytes:
    rows = (
        '<table:table-row table:number-rows-repeated="5000000"><table:table-cell'
        ' table:number-columns-repeated="20" office:value-type="string"/></table:table-row>'
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    return a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f"<office:document-content {names}><office:body><office:spreadsheet>"
                f'<table:table table:name="Data">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )


def five_million_empty_lines() -> bytes:
    return b"No,NIK,Nama,Alamat,Pekerjaan\n" + b",,,,\n" * 5_000_000


def a_field_without_end() -> bytes:
    return b'No,NIK,Nama\n1,"' + b"x" * 1_000_000


def an_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row, cells in enumerate((HEADINGS, BUDI, WATI)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def a_locked_xls() -> bytes:
    """The record after the beginning of the workbook becomes that of a password."""
    data = bytearray(an_xls())
    begin = data.find(struct.pack("<HH", 0x809, 16))
    struct.pack_into("<H", data, begin + 20, 0x2F)
    return bytes(data)


def a_locked_xlsx() -> bytes:
    """What Office makes of an .xlsx with a password: a container with an encrypted package."""
    data = an_xls()
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    new = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 34)
    assert data.count(old) == 1
    return data.replace(old, new)


def a_locked_ods() -> bytes:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    return a_zip({"META-INF/manifest.xml": manifest, "content.xml": "x"})


def an_xls_that_claims_a_billion_rows() -> bytes:
    """The reader makes room for as many as the record of dimensions says."""
    data = bytearray(an_xls())
    dimensions = data.find(struct.pack("<HH", 0x200, 14))
    struct.pack_into("<I", data, dimensions + 8, 1_000_000_000)
    return bytes(data)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("kosong.xlsx", lambda: b"", refusals.EMPTY),
    "blank": ("kosong.csv", lambda: b" \r\n \r\n", refusals.EMPTY),
    "noise": ("rusak.xlsx", lambda: bytes(range(256)) * 40, refusals.NOT_A_TABLE),
    "cut short": ("potong.xlsx", lambda: _as_xlsx("<row/>")[:-300], refusals.BROKEN),
    "cut short xls": ("potong.xls", lambda: an_xls()[:1500], refusals.BROKEN),
    "a picture": ("foto.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 500, refusals.NOT_A_TABLE),
    "a document": (
        "surat.xlsx",
        lambda: a_zip({"word/document.xml": "<w/>"}),
        refusals.NOT_A_TABLE,
    ),
    "zip bomb": ("bom.xlsx", a_zip_bomb, "setelah dibuka"),
    "lying zip bomb": ("bohong.xlsx", a_zip_that_lies_about_its_sizes, refusals.BROKEN),
    "far cell": ("jauh.xlsx", a_cell_at_the_far_end, "terlalu banyak baris atau kolom"),
    "long text": ("panjang.xlsx", one_long_text_in_a_million_cells, "setelah dibuka"),
    "empty rows of ods": ("lima.ods", five_million_empty_rows_of_ods, "terlalu banyak baris"),
    "empty lines": ("lima.csv", five_million_empty_lines, "terlalu banyak baris"),
    "endless field": ("petik.csv", a_field_without_end, refusals.BROKEN),
    "locked xls": ("kunci.xls", a_locked_xls, refusals.ENCRYPTED),
    "locked xlsx": ("kunci.xlsx", a_locked_xlsx, refusals.ENCRYPTED),
    "locked ods": ("kunci.ods", a_locked_ods, refusals.ENCRYPTED),
    "greedy xls": ("rakus.xls", an_xls_that_claims_a_billion_rows, "terlalu banyak baris"),
    "no list": ("surat.csv", lambda: b"Kepada Yth.\nBapak Camat\ndi tempat\n", refusals.NO_LIST),
    "other table": (
        "harga.csv",
        lambda: b"Barang,Harga\nBeras,15000\nGula,17000\n",
        refusals.NO_LIST,
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_by_name_and_the_others_go_on(tmp_path: Path, case: str) -> None:
    name, make, reason = HOSTILE[case]
    (tmp_path / name).write_bytes(make())
    a_list(tmp_path / "a.xlsx", BUDI)
    a_list(tmp_path / "z.xlsx", WATI)

    checked = check([tmp_path], ON, "35.77")

    assert [(file.name, reason in file.refused) for file in checked.refused] == [(name, True)]
    assert checked.rows["name"].to_list() == ["Budi Santoso", "Wati Lestari"]


def test_what_brings_the_helper_down_is_refused_and_the_next_is_opened(tmp_path: Path) -> None:
    paths = [a_list(tmp_path / f"{number}.xlsx", BUDI) for number in range(4)]

    with Apart() as apart:
        answers = apart.open_all(paths)
        first = next(answers)
        os.kill(apart.process_id or 0, signal.SIGKILL)
        rest = list(answers)

    assert isinstance(first, list)
    assert [str(answer) for answer in rest if isinstance(answer, Unreadable)] == [refusals.BROKEN]
    assert sum(isinstance(answer, list) for answer in rest) == 2


def test_a_missing_path_is_refused_by_name(tmp_path: Path) -> None:
    checked = check([tmp_path / "tidak-ada.xlsx", a_list(tmp_path / "ada.xlsx", BUDI)], ON)

    assert [(file.name, file.refused) for file in checked.refused] == [
        ("tidak-ada.xlsx", refusals.MISSING)
    ]
    assert checked.rows.height == 1


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "besar.xlsx").open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(limits.WORKBOOK_BYTES + 1)

    checked = check([tmp_path], ON)

    assert "terlalu besar (64 MB" in checked.refused[0].refused


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.csv")

    checked = check([tmp_path], ON)

    assert [file.refused for file in checked.refused] == [refusals.NO_FILE]


def test_what_is_no_roster_is_passed_over_with_a_word(tmp_path: Path) -> None:
    a_list(tmp_path / "ada.xlsx", BUDI)
    (tmp_path / "~$ada.xlsx").write_bytes(b"owner")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.4")

    checked = check([tmp_path], ON)

    assert checked.refused == []
    assert [file.name for file in checked.files if file.skipped] == [
        ".DS_Store", "surat.pdf", "~$ada.xlsx",
    ]  # fmt: skip


def test_the_name_may_lie_about_the_kind(tmp_path: Path) -> None:
    a_list(tmp_path / "buku.xlsx", BUDI).rename(tmp_path / "sebenarnya-xlsx.xls")
    write_xls(tmp_path / "sebenarnya-xls.xlsx", [a_sheet(HEADINGS, WATI)])
    write_ods(
        tmp_path / "sebenarnya-ods.csv",
        [a_sheet(HEADINGS, (3, "3577022312840001", "Sari", "", "L", "Tani"))],
    )

    checked = check([tmp_path], ON, "35.77")

    assert checked.refused == []
    assert sorted(checked.rows["name"]) == ["Budi Santoso", "Sari", "Wati Lestari"]


def test_a_nul_in_the_middle_of_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    many_blank_lines = ";;\n" * 90_000  # so that the file looks like text where it begins
    text = f"NIK;Nama;Pekerjaan\n{many_blank_lines}3577011205800001;Bu\0di;Tani\n"
    (tmp_path / "daftar.csv").write_text(text)

    assert list(check([tmp_path], ON, "35.77").rows["name"]) == ["Budi"]

"""A workbook for each sender: only the rows that need work, in the sender's own layout, with the
reason beside each and the faulty cell marked. Mended, it can be sent in as it is.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sertakan.rosters.check import Checked, CheckedFile
from sertakan.rosters.finding.lists import RosterList
from sertakan.rosters.reading.cells import DAY, NUMBER, plain
from sertakan.rosters.reporting.safe_text import defused
from sertakan.rosters.reporting.sentences import marked_fields, sentences

ROW_HEADING = "Baris asal"
REASON_HEADING = "Yang perlu diperbaiki"
_WIDEST = 45
_NARROWEST = 5
_REASON_WIDTH = 70
_ROWS_OF_A_SHEET = 1_000_000  # a sheet ends at 1,048,576
_DIGITS_OF_A_NUMBER = 15


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    heading: Format
    day: Format
    marked: Format
    marked_day: Format
    reason: Format


def write_error_workbooks(checked: Checked, folder: Path) -> list[Path]:
    """Write one workbook for each file with rows to mend; needs `check(…, keep_lists=True)`.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    needing = checked.rows.filter(pl.col("outcome") != "accepted")
    by_file = needing.partition_by("file", as_dict=True, maintain_order=True)
    written = []
    names = _names(checked.files)
    for file in checked.files:
        rows = by_file.get((file.name,))
        if rows is not None:
            path = folder / names[file.name]
            _write(path, file, rows)
            written.append(path)
    return written


def _names(files: Sequence[CheckedFile]) -> dict[str, str]:
    """`Klegen_perbaikan.xlsx` for `Klegen.xls`; with the ending kept where two would be one."""
    stems = [_stem(file.name) for file in files]
    return {
        file.name: f"{stem if stems.count(stem) == 1 else _flat(file.name)}_perbaikan.xlsx"
        for file, stem in zip(files, stems, strict=True)
    }


def _flat(name: str) -> str:
    return name.replace("/", "_").replace("\\", "_")


def _stem(name: str) -> str:
    return _flat(name).rpartition(".")[0] or _flat(name)


def _write(path: Path, file: CheckedFile, rows: pl.DataFrame) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = _formats(book)
        by_sheet = rows.partition_by("sheet", as_dict=True, maintain_order=True)
        used: set[str] = set()
        for sheet_name in dict.fromkeys(roster.sheet.name for roster in file.lists):
            of_sheet = by_sheet.get((sheet_name,))
            if of_sheet is not None:
                worksheet = book.add_worksheet(_sheet_name(sheet_name or _stem(file.name), used))
                lists = [roster for roster in file.lists if roster.sheet.name == sheet_name]
                _write_sheet(worksheet, lists, of_sheet, formats)


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that a spreadsheet allows: no `[]:*?/\\`, at most 31 characters, each once."""
    bare = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'")[:31] or "Daftar"
    number = 2
    unique = bare
    while unique.lower() in used:
        unique = f"{bare[:27]} ({number})"
        number += 1
    used.add(unique.lower())
    return unique


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    fill = {"bg_color": "#FFD9B3", "border": 1}
    day = {"num_format": "dd-mm-yyyy"}
    return _Formats(
        title=book.add_format({"bold": True}),
        heading=book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
        ),
        day=book.add_format(day),
        marked=book.add_format(fill),
        marked_day=book.add_format(fill | day),
        reason=book.add_format({"text_wrap": True, "font_color": "#9C2A00"}),
    )


def _write_sheet(
    worksheet: Worksheet, lists: Sequence[RosterList], rows: pl.DataFrame, formats: _Formats
) -> None:
    line = 0
    for roster in lists:
        of_list = rows.filter(pl.col("at").is_in(roster.people.implode()))
        if not of_list.height:
            continue
        cells = roster.sheet.cells.drop("row")
        for row in cells[roster.title_rows.start : roster.title_rows.stop].rows():
            _write_cells(worksheet, line, row, formats.title, formats.title)
            line += 1
        _merge(worksheet, line, roster, roster.title_rows, formats.title)
        line = _write_headings(worksheet, line, roster, formats)
        for finding, row in _with_cells(of_list, cells):
            if line < _ROWS_OF_A_SHEET:
                _write_person(worksheet, line, roster, finding, row, formats)
            line += 1
    _set_widths(worksheet, lists)


def _write_headings(worksheet: Worksheet, line: int, roster: RosterList, formats: _Formats) -> int:
    rows = roster.heading_rows
    cells = roster.sheet.cells.drop("row")
    width = len(roster.sheet.columns)
    for row in cells[rows.start : rows.stop].rows():
        _write_cells(worksheet, line, row, formats.heading, formats.heading)
        line += 1
    _merge(worksheet, line, roster, rows, formats.heading)
    if rows:
        worksheet.write_string(line - len(rows), width, ROW_HEADING, formats.heading)
        worksheet.write_string(line - len(rows), width + 1, REASON_HEADING, formats.heading)
        worksheet.freeze_panes(line, 0)
    return line


def _merge(
    worksheet: Worksheet, end: int, roster: RosterList, rows: range, text_format: Format
) -> None:
    """Cells of these rows that were merged are so again; the line after them is `end`."""
    shift = end - rows.stop
    for (top, left), (bottom, right) in roster.sheet.merged:
        if top not in rows or bottom not in rows or right >= len(roster.sheet.columns):
            continue
        text = defused(plain(roster.sheet.cells[f"c{left}"][top]))
        with suppress(OverlappingRange):  # of a file that was not made by a spreadsheet
            worksheet.merge_range(
                top + shift, left, bottom + shift, right, text[:32767], text_format
            )


def _with_cells(
    rows: pl.DataFrame, cells: pl.DataFrame
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    return zip(rows.iter_rows(named=True), cells[rows["at"].to_list()].rows(), strict=True)


def _write_person(
    worksheet: Worksheet,
    line: int,
    roster: RosterList,
    finding: dict[str, Any],
    row: Sequence[str],
    formats: _Formats,
) -> None:
    marked = set()
    for fields in marked_fields(finding["reasons"]):
        places = [
            column.place for name in fields for column in roster.columns if column.field == name
        ]
        marked.update(places[:1])
    for place, cell in enumerate(row):
        text_format = formats.marked if place in marked else None
        day_format = formats.marked_day if place in marked else formats.day
        _write_cell(worksheet, line, place, cell, text_format, day_format)
    worksheet.write_number(line, len(row), finding["row"])
    worksheet.write_string(line, len(row) + 1, sentences(finding), formats.reason)


def _write_cells(
    worksheet: Worksheet, line: int, row: Sequence[str], text_format: Format, day_format: Format
) -> None:
    for place, cell in enumerate(row):
        if cell:
            _write_cell(worksheet, line, place, cell, text_format, day_format)


def _write_cell(
    worksheet: Worksheet,
    line: int,
    place: int,
    cell: str,
    text_format: Format | None,
    day_format: Format,
) -> None:
    """A day as a day, a short number as a number; all else as text, a NIK above all."""
    text = plain(cell)
    if cell.startswith(DAY) and text >= "1900-03-01":
        worksheet.write_datetime(line, place, date.fromisoformat(text), day_format)
    elif cell.startswith(NUMBER) and len(text) < _DIGITS_OF_A_NUMBER:
        worksheet.write_number(line, place, float(text), text_format)
    elif text:
        worksheet.write_string(line, place, defused(text)[:32767], text_format)
    elif text_format is not None:
        worksheet.write_blank(line, place, None, text_format)


def _set_widths(worksheet: Worksheet, lists: Sequence[RosterList]) -> None:
    sheet = lists[0].sheet
    people = pl.concat([roster.people for roster in lists])
    sample = sheet.cells[people.head(200).to_list()].drop("row")
    for place, name in enumerate(sample.columns):
        longest = sample[name].str.len_chars().max() or 0
        worksheet.set_column(place, place, min(max(int(longest) + 2, _NARROWEST), _WIDEST))  # type: ignore[arg-type]
    worksheet.set_column(len(sample.columns), len(sample.columns), 10)
    worksheet.set_column(len(sample.columns) + 1, len(sample.columns) + 1, _REASON_WIDTH)

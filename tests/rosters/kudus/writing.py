"""Files as offices save them: .xlsx, .xls, .ods, CSV of every kind, HTML called .xls."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape
from pathlib import Path

import xlsxwriter
import xlwt
from odf import opendocument
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.rosters.kudus.sheets import Cell, SheetToWrite


def write_xlsx(path: Path, sheets: Sequence[SheetToWrite], *, epoch_1904: bool = False) -> None:
    options = {"date_1904": epoch_1904, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            worksheet = book.add_worksheet(sheet.name)
            for first_row, first_column, last_row, last_column in sheet.merged:
                worksheet.merge_range(first_row, first_column, last_row, last_column, "")
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        worksheet.write_datetime(
                            row, column, datetime.combine(cell, datetime.min.time()), day
                        )
                    elif cell is not None:
                        worksheet.write(row, column, cell)
            for row in sheet.hidden_rows:
                worksheet.set_row(row, None, None, {"hidden": True})
            if sheet.hidden:
                worksheet.hide()


def write_xls(path: Path, sheets: Sequence[SheetToWrite]) -> None:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        worksheet = book.add_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    worksheet.write(row, column, cell, day)
                elif cell is not None:
                    worksheet.write(row, column, cell)
        for row in sheet.hidden_rows:
            worksheet.row(row).hidden = True
        for first_row, first_column, last_row, last_column in sheet.merged:
            top = sheet.rows[first_row]
            label = top[first_column] if first_column < len(top) else None
            worksheet.merge(first_row, last_row, first_column, last_column)
            del label
    book.save(str(path))


def write_ods(path: Path, sheets: Sequence[SheetToWrite]) -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    for sheet in sheets:
        table = Table(name=sheet.name)
        covered = {
            (row, column)
            for first_row, first_column, last_row, last_column in sheet.merged
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
            if (row, column) != (first_row, first_column)
        }
        for number, cells in enumerate(sheet.rows):
            hidden = {"visibility": "collapse"} if number in sheet.hidden_rows else {}
            row = TableRow(**hidden)
            for column, cell in enumerate(cells):
                row.addElement(
                    CoveredTableCell() if (number, column) in covered else _ods_cell(cell)
                )
            table.addElement(row)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(cell: Cell) -> TableCell:
    if cell is None or cell == "":
        return TableCell()
    if isinstance(cell, date):
        written = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, int | float):
        written = TableCell(valuetype="float", value=repr(cell))
    else:
        written = TableCell(valuetype="string")
    written.addElement(P(text=str(cell)))
    return written


def write_csv(
    path: Path, sheets: Sequence[SheetToWrite], *, delimiter: str = ",", encoding: str = "utf-8"
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    (sheet,) = sheets
    writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def line_of(sheet: SheetToWrite, row: int) -> int:
    """The line of a text file on which a row begins: headings may break over lines."""
    above = [cell for cells in sheet.rows[: row - 1] for cell in cells if isinstance(cell, str)]
    return row + sum(cell.count("\n") for cell in above)


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell > 1e15 and cell % 10 == 0:
        return f"{cell:.5E}"
    if isinstance(cell, float):
        return str(int(cell))
    return "" if cell is None else str(cell)


def write_html(path: Path, sheets: Sequence[SheetToWrite]) -> None:
    (sheet,) = sheets
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(_csv_cell(cell))}</td>" for cell in row) + "</tr>\n"
        for row in sheet.rows
    )
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body><table>{rows}</table></body></html>"
    )


Writer = Callable[[Path, Sequence[SheetToWrite]], None]
WRITERS: dict[str, tuple[str, Writer]] = {
    "xlsx": (".xlsx", write_xlsx),
    "xlsx from 1904": (".xlsx", lambda path, sheets: write_xlsx(path, sheets, epoch_1904=True)),
    "xls": (".xls", write_xls),
    "ods": (".ods", write_ods),
    "csv": (".csv", write_csv),
    "csv with semicolons": (
        ".csv",
        lambda path, sheets: write_csv(path, sheets, delimiter=";", encoding="utf-8-sig"),
    ),
    "csv with tabs in cp1252": (
        ".csv",
        lambda path, sheets: write_csv(path, sheets, delimiter="\t", encoding="cp1252"),
    ),
    "csv in utf-16": (
        ".csv",
        lambda path, sheets: write_csv(path, sheets, delimiter="\t", encoding="utf-16"),
    ),
    "html called xls": (".xls", write_html),
}

"""Workbooks (.xlsx, .xls, .ods) as calamine reads them: numbers as numbers, blank rows kept."""

from io import BytesIO

import python_calamine as calamine

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.cells import encode
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.sheets import Book, Merged, Sheet, to_cells
from sertakan.rosters.reading.xls_parts import XlsParts
from sertakan.rosters.reading.zips import Hidden, inspect


def read_zip(data: bytes) -> Book:
    """An .xlsx, .xlsb or .ods. Raises Unreadable."""
    return _read(data, inspect(data))


def read_ole(data: bytes) -> Book:
    """An .xls. Raises Unreadable."""
    parts = XlsParts(data)
    return _read(data, Hidden(parts.hidden_rows(), parts.epoch_1904))


def _read(data: bytes, hidden: Hidden) -> Book:
    try:
        book = calamine.load_workbook(BytesIO(data))
        sheets = [
            _sheet(book, about, hidden)
            for about in book.sheets_metadata
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as locked:
        raise Unreadable(refusals.ENCRYPTED) from locked
    except (calamine.CalamineError, OSError, ValueError) as broken:
        raise Unreadable(refusals.BROKEN) from broken
    except BaseException as panic:  # a panic of the reader's Rust is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        raise Unreadable(refusals.BROKEN) from panic
    return Book(tuple(sheets))


def _sheet(book: calamine.CalamineWorkbook, about: calamine.SheetMetadata, hidden: Hidden) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)
    rows = [[encode(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged: list[Merged] = sheet.merged_cell_ranges or []
    return Sheet(
        name=about.name,
        cells=to_cells(rows, range(1, len(rows) + 1)),
        hidden=about.visible != calamine.SheetVisibleEnum.Visible,
        hidden_rows=hidden.rows.get(about.name, 0),
        merged=tuple(merged),
        epoch_1904=hidden.epoch_1904,
    )

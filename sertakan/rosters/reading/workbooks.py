"""Workbooks (.xlsx, .xls, .ods) as calamine reads them: numbers as numbers, blank rows kept."""

from io import BytesIO

import python_calamine as calamine

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.cells import encode
from sertakan.rosters.reading.raw_sheets import RawSheet
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.xls_parts import XlsParts
from sertakan.rosters.reading.zips import Hidden, inspect


def read_zip(data: bytes) -> list[RawSheet]:
    """An .xlsx, .xlsb or .ods. Raises Unreadable."""
    return _read(data, inspect(data))


def read_ole(data: bytes) -> list[RawSheet]:
    """An .xls. Raises Unreadable."""
    parts = XlsParts(data)
    return _read(data, Hidden(parts.hidden_rows(), parts.epoch_1904))


def _read(data: bytes, hidden: Hidden) -> list[RawSheet]:
    try:
        book = calamine.load_workbook(BytesIO(data))
        return [
            _sheet(book, about, hidden)
            for about in book.sheets_metadata
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as locked:
        raise Unreadable(refusals.ENCRYPTED) from locked
    except (calamine.CalamineError, OSError, ValueError) as broken:
        raise Unreadable(refusals.BROKEN) from broken
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # of the reader's Rust; it is no Exception
            raise
        raise Unreadable(refusals.BROKEN) from panic


def _sheet(
    book: calamine.CalamineWorkbook, about: calamine.SheetMetadata, hidden: Hidden
) -> RawSheet:
    sheet = book.get_sheet_by_name(about.name)
    rows = [[encode(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return RawSheet(
        name=about.name,
        rows=rows,
        numbers=range(1, len(rows) + 1),
        hidden=about.visible != calamine.SheetVisibleEnum.Visible,
        hidden_rows=hidden.rows.get(about.name, 0),
        merged=tuple(sheet.merged_cell_ranges or ()),
        epoch_1904=hidden.epoch_1904,
    )

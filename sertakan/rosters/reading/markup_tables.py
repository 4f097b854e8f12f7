"""Tables that are saved as .xls but are not: HTML, and the spreadsheet XML of Excel 2003."""

from html.parser import HTMLParser
from xml.etree import ElementTree

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.cells import DAY, NUMBER
from sertakan.rosters.reading.encodings import decode
from sertakan.rosters.reading.raw_sheets import RawSheet
from sertakan.rosters.reading.refusals import Unreadable

_SPACES = " \t\r\n"  # what a page does not show; a hard space is typed on purpose
_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_html(data: bytes) -> list[RawSheet]:
    """The tables of a page, one below the other as one sheet. Raises Unreadable where there is
    none."""
    parser = _Tables()
    parser.feed(decode(data))
    parser.close()
    rows = [row for table in parser.tables for row in table]
    if not rows:
        raise Unreadable(refusals.NO_LIST)
    return [RawSheet("Sheet1", rows, range(1, len(rows) + 1))]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self._close_row()
            self._row = []
        elif tag in ("td", "th"):
            self._close_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 50) if span.isdigit() and span.isascii() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row += ["".join(self._cell).strip(_SPACES), *[""] * (self._span - 1)]
        self._cell = None

    def _close_row(self) -> None:
        self._close_cell()
        if self._row is not None and self.tables:
            self.tables[-1].append(self._row)
        self._row = None


def read_spreadsheet_xml(data: bytes) -> list[RawSheet]:
    """The worksheets of a file in the XML of Excel 2003. Raises Unreadable for a broken one."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as broken:
        raise Unreadable(refusals.BROKEN) from broken
    sheets = []
    for worksheet in root.iter(f"{_SPREADSHEET}Worksheet"):
        rows, numbers = _rows_of(worksheet)
        if rows:
            name = worksheet.get(f"{_SPREADSHEET}Name", "")
            sheets.append(RawSheet(name, rows, numbers))
    return sheets


def _rows_of(worksheet: ElementTree.Element) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    numbers: list[int] = []
    number = 0
    for row in worksheet.iter(f"{_SPREADSHEET}Row"):
        number = _index(row, number)
        cells: list[str] = []
        for cell in row.iter(f"{_SPREADSHEET}Cell"):
            column = _index(cell, len(cells))
            cells += [""] * min(column - 1 - len(cells), 1000)
            cells.append(_text_of(cell))
        rows.append(cells)
        numbers.append(number)
    return rows, numbers


def _index(element: ElementTree.Element, last: int) -> int:
    text = element.get(f"{_SPREADSHEET}Index", "")
    return int(text) if text.isdigit() and text.isascii() else last + 1


def _text_of(cell: ElementTree.Element) -> str:
    data = cell.find(f"{_SPREADSHEET}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SPREADSHEET}Type", "String")
    if kind == "Number":
        return NUMBER + (str(int(float(text))) if _is_whole(text) else text)
    if kind == "DateTime":
        return DAY + text[:10]
    return text


def _is_whole(text: str) -> bool:
    try:
        return float(text).is_integer()
    except (ValueError, OverflowError):
        return False

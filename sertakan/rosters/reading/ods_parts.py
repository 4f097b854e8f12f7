"""What the parts of an .ods say before it is opened: how far its cells reach, which rows are
hidden."""

from collections.abc import Iterator
from xml.parsers import expat

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.refusals import Unreadable

_TEXT_BYTES_IN_ALL = 1 << 30
_NULL_DATE_1904 = "1904-01-01"


class OdsParts:
    """Collects what the parts say, one part after the other."""

    def __init__(self) -> None:
        self.epoch_1904 = False
        self._hidden_rows: dict[str, int] = {}
        self._encrypted = False
        self._table = ""
        self._row_repeat = 1
        self._cell_repeat = 1
        self._row = 0  # of the table, after the current one
        self._column = 0
        self._rows_filled = 0
        self._columns_filled = 0
        self._text_of_cell = 0
        self._in_cell = False
        self._cells = 0
        self._text = 0

    def look_through(self, name: str, chunks: Iterator[bytes]) -> None:
        """Take in one part. Raises Unreadable where its cells reach too far or it is locked."""
        if name == "META-INF/manifest.xml":
            self._encrypted = any(b"encryption-data" in chunk for chunk in chunks)
            if self._encrypted:
                raise Unreadable(refusals.ENCRYPTED)
            return
        if name != "content.xml":
            return
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as broken:
            raise Unreadable(refusals.BROKEN) from broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._in_cell = True
            self._text_of_cell = 0
            self._cell_repeat = _count(attributes, "table:number-columns-repeated")
            if "office:value-type" in attributes:
                self._fill()
        elif name == "table:table-row":
            self._column = 0
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in ("collapse", "filter"):
                hidden = self._hidden_rows.get(self._table, 0)
                self._hidden_rows[self._table] = hidden + self._row_repeat
        elif name == "table:table":
            self._table = attributes.get("table:name", "")
            self._row = self._rows_filled = self._columns_filled = 0
        elif name == "table:null-date":
            self.epoch_1904 = attributes.get("table:date-value") == _NULL_DATE_1904

    def _end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._in_cell = False
            self._column += self._cell_repeat
            self._text += self._text_of_cell * self._cell_repeat * self._row_repeat
        elif name == "table:table-row":
            self._row += self._row_repeat
        elif name == "table:table":
            self._cells += self._rows_filled * self._columns_filled
        self._check()

    def _characters(self, text: str) -> None:
        if self._in_cell:
            self._text_of_cell += len(text)
            self._fill()

    def _fill(self) -> None:
        self._rows_filled = max(self._rows_filled, self._row + self._row_repeat)
        self._columns_filled = max(self._columns_filled, self._column + self._cell_repeat)

    def _check(self) -> None:
        cells = self._cells + self._rows_filled * self._columns_filled
        if (
            cells > limits.CELLS
            or self._rows_filled > limits.ROWS
            or self._row > limits.ODS_ROWS
            or self._columns_filled > limits.COLUMNS
        ):
            reach = f"{self._row} x {self._columns_filled}"
            raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=reach))
        if self._text > _TEXT_BYTES_IN_ALL:
            limit = _TEXT_BYTES_IN_ALL // limits.MEGABYTE
            raise Unreadable(refusals.TOO_BIG_INSIDE.format(limit=limit))

    def check(self) -> None:
        """Everything was checked on the way."""

    def hidden_rows(self) -> dict[str, int]:
        """How many rows each sheet hides, by the sheet's name."""
        return {name: count for name, count in self._hidden_rows.items() if count < limits.ROWS}


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdigit() and text.isascii() else 1

"""What the parts of an .xlsx say before it is opened: how far its cells reach, which rows are
hidden."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.refusals import Unreadable

_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,9})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\bhidden="(?:1|true)"')
_COLUMN_OF_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,4})')
_FAR_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="(?:[A-Z]{2,4}(\d+)|[A-Z](\d{6,}))"')
_SHARED_CELL = b't="s"'
_END_OF_SHARED_TEXT = b"</si>"
_EPOCH_1904 = re.compile(rb'date1904="(?:1|true)"')
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml$", re.I)
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXT_BYTES_IN_ALL = 1 << 30


class XlsxParts:
    """Collects what the parts say, one part after the other."""

    def __init__(self) -> None:
        self.epoch_1904 = False
        self._hidden_rows: dict[str, int] = {}
        self._workbook = b""
        self._relations = b""
        self._cells = 0
        self._shared_cells = 0
        self._longest_shared_text = 0

    def look_through(self, name: str, chunks: Iterator[bytes]) -> None:
        """Take in one part. Raises Unreadable where its cells reach too far."""
        if _WORKSHEET.match(name):
            self._worksheet(name, chunks)
        elif name == "xl/workbook.xml":
            self._workbook = b"".join(chunks)
            self.epoch_1904 = bool(_EPOCH_1904.search(self._workbook))
        elif name == "xl/_rels/workbook.xml.rels":
            self._relations = b"".join(chunks)
        elif name == "xl/sharedStrings.xml":
            self._shared_texts(chunks)
        else:
            for _ in chunks:  # counted by the meter
                pass

    def _worksheet(self, name: str, chunks: Iterator[bytes]) -> None:
        rows, hidden = 0, 0
        letters: set[bytes] = set()
        for text in _whole_tags(chunks):
            rows = max(rows, max(map(int, _ROW.findall(text)), default=0))
            letters.update(_COLUMN_OF_CELL.findall(text))
            for wide, deep in _FAR_CELL.findall(text):
                rows = max(rows, int(wide or deep))
            hidden += len(_HIDDEN_ROW.findall(text))
            self._shared_cells += text.count(_SHARED_CELL)
        columns = max(map(_column_number, letters), default=0)
        self._cells += rows * columns
        if self._cells > limits.CELLS or rows > limits.ROWS or columns > limits.COLUMNS:
            raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=f"{rows} x {columns}"))
        if hidden:
            self._hidden_rows[name] = hidden

    def _shared_texts(self, chunks: Iterator[bytes]) -> None:
        length = 0
        for chunk in chunks:
            first, *more = chunk.split(_END_OF_SHARED_TEXT)
            length += len(first)
            for text in more:
                self._longest_shared_text = max(self._longest_shared_text, length)
                length = len(text)
        self._longest_shared_text = max(self._longest_shared_text, length)

    def check(self) -> None:
        """Raises Unreadable where one long text stands in so many cells that it would flood
        memory."""
        long = self._longest_shared_text > 1000
        if long and self._longest_shared_text * self._shared_cells > _TEXT_BYTES_IN_ALL:
            limit = _TEXT_BYTES_IN_ALL // limits.MEGABYTE
            raise Unreadable(refusals.TOO_BIG_INSIDE.format(limit=limit))

    def hidden_rows(self) -> dict[str, int]:
        """How many rows each sheet hides, by the sheet's name."""
        if not self._hidden_rows:
            return {}
        targets = {
            relation.get("Id", ""): relation.get("Target", "").rpartition("/")[2]
            for relation in ElementTree.fromstring(self._relations)
        }
        by_file = {name.rpartition("/")[2]: count for name, count in self._hidden_rows.items()}
        hidden = {}
        for element in ElementTree.fromstring(self._workbook).iter():
            file = targets.get(element.get(_RELATION_ID, ""), "")
            if file in by_file:
                hidden[element.get("name", "")] = by_file[file]
        return hidden


def _whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = text.rfind(b"<")
        rest = text[cut:] if cut > 0 else b""
        yield text[:cut] if cut > 0 else text
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

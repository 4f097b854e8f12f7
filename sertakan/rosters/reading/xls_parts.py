"""What an .xls says before it is opened: whether it is locked, how far its cells reach, which rows
are hidden. Follows [MS-XLS] as far as that needs.
"""

import struct
from collections.abc import Iterator

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.ole import OleFile
from sertakan.rosters.reading.refusals import Unreadable

_BOUNDSHEET = 0x85
_DATE_MODE = 0x22
_FILE_PASS = 0x2F
_ROW = 0x208
_DIMENSIONS = 0x200
_START = 0x809
_ONE_CELL = {0x6, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6}  # formula, number, label, …
_MANY_CELLS = {0xBD}  # a run of numbers
_HIDDEN = 0x20


class XlsParts:
    """Looks through the records of the workbook once. Raises Unreadable for one not to be
    opened."""

    def __init__(self, data: bytes) -> None:
        self.epoch_1904 = False
        self._sheets: dict[int, str] = {}  # by where they begin
        self._hidden: dict[str, int] = {}
        self._cells = 0
        self._rows = self._columns = 0
        container = OleFile(data)
        if any(stream.name == "EncryptedPackage" for stream in container.streams):
            raise Unreadable(refusals.ENCRYPTED)
        workbook = container.read("Workbook", "Book")
        if not workbook:
            raise Unreadable(refusals.NOT_A_TABLE)
        self._look_through(workbook)

    def hidden_rows(self) -> dict[str, int]:
        """How many rows each sheet hides, by the sheet's name."""
        return self._hidden

    def _look_through(self, workbook: bytes) -> None:
        sheet = ""
        for at, kind, body in _records(workbook):
            if kind == _FILE_PASS:
                raise Unreadable(refusals.ENCRYPTED)
            if kind == _BOUNDSHEET and len(body) > 8:
                self._sheets[struct.unpack_from("<I", body)[0]] = _sheet_name(body)
            elif kind == _DATE_MODE and len(body) >= 2:
                self.epoch_1904 = body[0] == 1
            elif kind == _START and at in self._sheets:
                sheet = self._sheets[at]
                self._close_sheet()
            elif kind == _ROW and len(body) >= 13 and body[12] & _HIDDEN:
                self._hidden[sheet] = self._hidden.get(sheet, 0) + 1
            elif kind == _DIMENSIONS and len(body) >= 12:
                self._rows = max(self._rows, struct.unpack_from("<I", body, 4)[0])
                self._columns = max(self._columns, struct.unpack_from("<H", body, 10)[0])
            elif (kind in _ONE_CELL or kind in _MANY_CELLS) and len(body) >= 6:
                self._reach(kind, body)
        self._close_sheet()

    def _reach(self, kind: int, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        if kind in _MANY_CELLS:
            column = struct.unpack_from("<H", body, len(body) - 2)[0]
        self._rows = max(self._rows, row + 1)
        self._columns = max(self._columns, column + 1)

    def _close_sheet(self) -> None:
        self._cells += self._rows * self._columns
        if self._cells > limits.CELLS or self._columns > limits.COLUMNS:
            reach = f"{self._rows} x {self._columns}"
            raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=reach))
        self._rows = self._columns = 0


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    if wide:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")

"""The container of old Office files (.xls, and anything with a password): streams in a file.

Follows [MS-CFB] as far as is needed to list the streams and to read one.
"""

import struct
from dataclasses import dataclass

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.refusals import Unreadable

_END = 0xFFFFFFFA  # and above: special sectors, no further ones
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_SMALL_STREAM = 4096


@dataclass(frozen=True, slots=True)
class Stream:
    """A named stream: where it starts and how long it is."""

    name: str
    kind: int
    start: int
    size: int


class OleFile:
    """Raises Unreadable for a container that contradicts itself."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
            self._next = self._table_of_next_sectors()
            start = struct.unpack_from("<I", data, 48)[0]
            self.streams = _streams(self._chain(start))
        except (struct.error, IndexError) as broken:
            raise Unreadable(refusals.BROKEN) from broken

    def read(self, *names: str) -> bytes:
        """The content of the first stream with one of these names; empty where there is none."""
        for stream in self.streams:
            if stream.name in names and stream.kind == 2:
                return self._content(stream)
        return b""

    def _content(self, stream: Stream) -> bytes:
        if stream.size >= _SMALL_STREAM:
            return self._chain(stream.start)[: stream.size]
        root = next(entry for entry in self.streams if entry.kind == 5)
        small, count = struct.unpack_from("<II", self._data, 60)
        table = self._chain(small) if count else b""
        following = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        inside = self._chain(root.start)
        pieces = [inside[at * 64 : at * 64 + 64] for at in _walk(following, stream.start)]
        return b"".join(pieces)[: stream.size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(sector) for sector in _walk(self._next, start))

    def _table_of_next_sectors(self) -> tuple[int, ...]:
        listed = list(struct.unpack_from("<109I", self._data, 76))
        sector, count = struct.unpack_from("<II", self._data, 68)
        per_sector = self._sector // 4
        for _ in range(min(count, len(self._data) // self._sector)):
            if sector >= _END:
                break
            block = struct.unpack(f"<{per_sector}I", self._at(sector))
            listed += block[:-1]
            sector = block[-1]
        tables = b"".join(self._at(sector) for sector in listed if sector < _END)
        return struct.unpack(f"<{len(tables) // 4}I", tables)


def _walk(following: tuple[int, ...], start: int) -> list[int]:
    chain: list[int] = []
    while start < _END:
        if start >= len(following) or len(chain) > len(following):
            raise Unreadable(refusals.BROKEN)
        chain.append(start)
        start = following[start]
    return chain


def _streams(directory: bytes) -> tuple[Stream, ...]:
    found = []
    for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if kind:
            found.append(Stream(name, kind, start, size))
    return tuple(found)

"""Is a packed workbook (.xlsx, .xlsb, .ods) fit to be opened, and what does it hide?

Its parts are unpacked here first, looked through and thrown away, since what a zip says about the
size of its parts may be a lie, and since a reader makes room for every cell up to the farthest one.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.ods_parts import OdsParts
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.xlsx_parts import XlsxParts

CHUNK = 1 << 20
_READ_LATER = re.compile(r"(xl/.*\.(xml|rels|bin)|content\.xml|META-INF/manifest\.xml)$", re.I)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a workbook hides: rows by sheet name; and whether its days count from 1904."""

    rows: dict[str, int] = field(default_factory=dict)
    epoch_1904: bool = False


def inspect(data: bytes) -> Hidden:
    """Look through the parts of a workbook. Raises Unreadable for one that must not be opened."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _inspect(archive, len(data))
    except RuntimeError as encrypted:  # zipfile's word for a part with a password
        raise Unreadable(refusals.ENCRYPTED) from encrypted
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as broken:
        raise Unreadable(refusals.BROKEN) from broken


def _inspect(archive: zipfile.ZipFile, packed_bytes: int) -> Hidden:
    names = set(archive.namelist())
    if "EncryptedPackage" in names:
        raise Unreadable(refusals.ENCRYPTED)
    parts: XlsxParts | OdsParts
    if "content.xml" in names:
        parts = OdsParts()
    elif "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        parts = XlsxParts()
    else:
        raise Unreadable(refusals.NOT_A_TABLE)
    meter = _Meter(packed_bytes)
    for info in archive.infolist():
        if _READ_LATER.match(info.filename):
            parts.look_through(info.filename, meter.unpack(archive, info))
    parts.check()
    return Hidden(parts.hidden_rows(), parts.epoch_1904)


@dataclass(slots=True)
class _Meter:
    """Counts the bytes that come out, and stops where they are too many."""

    packed_bytes: int
    unpacked_bytes: int = 0

    def unpack(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with archive.open(info) as part:
            while chunk := part.read(CHUNK):
                self._count(len(chunk))
                yield chunk

    def _count(self, size: int) -> None:
        self.unpacked_bytes += size
        too_big = self.unpacked_bytes > limits.UNPACKED_BYTES
        too_dense = (
            self.unpacked_bytes > limits.UNPACKED_BYTES_UNSUSPECTED
            and self.unpacked_bytes > limits.UNPACKED_RATIO * self.packed_bytes
        )
        if too_big or too_dense:
            limit = limits.UNPACKED_BYTES // limits.MEGABYTE
            raise Unreadable(refusals.TOO_BIG_INSIDE.format(limit=limit))

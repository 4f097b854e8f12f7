"""The bytes of a file, where it is fit to be read."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.kinds import kind_of
from sertakan.rosters.reading.refusals import Unreadable

HEAD_BYTES = 65536


def read_head(path: Path) -> bytes:
    """The first bytes, enough to tell its kind. Raises Unreadable for one that is too big."""
    with _refusing():
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(refusals.NO_FILE)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    limit = limits.TEXT_BYTES if kind_of(head) == "text" else limits.WORKBOOK_BYTES
    if about.st_size > limit:
        size = about.st_size // limits.MEGABYTE
        limit //= limits.MEGABYTE
        raise Unreadable(refusals.TOO_BIG.format(megabytes=size, limit=limit))
    return head


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too big. Raises Unreadable."""
    read_head(path)
    with _refusing():
        return path.read_bytes()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as missing:
        raise Unreadable(refusals.MISSING) from missing
    except PermissionError as forbidden:
        raise Unreadable(refusals.FORBIDDEN) from forbidden
    except OSError as failed:
        raise Unreadable(refusals.FAILED.format(why=failed.strerror)) from failed

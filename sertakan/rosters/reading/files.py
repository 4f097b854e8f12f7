"""Which files are there, and what stands in each?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.kinds import kind_of
from sertakan.rosters.reading.markup_tables import read_html, read_spreadsheet_xml
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.sheets import Book
from sertakan.rosters.reading.text_tables import read_text
from sertakan.rosters.reading.workbooks import read_ole, read_zip

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt"})
_READERS = {
    "zip": read_zip,
    "ole": read_ole,
    "html": read_html,
    "spreadsheet_xml": read_spreadsheet_xml,
    "text": read_text,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `name` is what the findings call it; `skipped` says why it is not read."""

    path: Path
    name: str
    skipped: str = ""


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """The files named, and those in the folders named (and below), in order of their names.

    Two files of one name are told apart by the folder they lie in.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _sources_at(Path(path)):
            found.setdefault(source.path.resolve(), source)
    sources = list(found.values())
    names = [source.name for source in sources]
    told_apart = [
        Source(source.path, f"{source.path.parent.name}/{source.name}", source.skipped)
        if names.count(source.name) > 1
        else source
        for source in sources
    ]
    return sorted(told_apart, key=lambda source: source.name)


def _sources_at(path: Path) -> Iterator[Source]:
    if not path.is_dir():
        yield Source(path, path.name)
        return
    for below in sorted(path.rglob("*")):
        if below.is_dir():
            continue
        yield Source(below, below.relative_to(path).as_posix(), _why_skipped(below))


def _why_skipped(path: Path) -> str:
    if path.name.startswith(("~$", ".~lock", "~")) or path.suffix.lower() in (".tmp", ".lock"):
        return "Berkas sementara; dilewati."
    if path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini"):
        return "Berkas tersembunyi; dilewati."
    if path.suffix.lower() not in SUFFIXES:
        return "Bukan lembar kerja atau CSV; dilewati."
    return ""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too big. Raises Unreadable."""
    try:
        size = path.stat().st_size
        limit = _limit(path)
        if size > limit:
            megabyte = limits.MEGABYTE
            sentence = refusals.TOO_BIG.format(megabytes=size // megabyte, limit=limit // megabyte)
            raise Unreadable(sentence)
        if not path.is_file():
            raise Unreadable("Ini bukan berkas biasa.")
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise Unreadable("Berkas atau folder tidak ditemukan.") from missing
    except PermissionError as forbidden:
        raise Unreadable("Berkas tidak boleh dibaca; periksa izinnya.") from forbidden
    except OSError as failed:
        raise Unreadable(f"Berkas tidak dapat dibaca ({failed.strerror}).") from failed


def _limit(path: Path) -> int:
    with path.open("rb") as file:
        return limits.TEXT_BYTES if kind_of(file.read(4096)) == "text" else limits.WORKBOOK_BYTES


def read_book(data: bytes) -> Book:
    """What stands in a file, whatever its name says it is. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(refusals.EMPTY)
    reader = _READERS.get(kind_of(data[:65536]))
    if reader is None:
        raise Unreadable(refusals.NOT_A_TABLE)
    return reader(data)

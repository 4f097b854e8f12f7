"""Every file opened, one after the other: what it holds, or why it is refused."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.apart import Answer, Apart
from sertakan.rosters.reading.file_bytes import read_bytes, read_head
from sertakan.rosters.reading.files import Source
from sertakan.rosters.reading.kinds import kind_of
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.sheets import Sheet, sheet_of
from sertakan.rosters.reading.text_tables import read_text


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its sheets, or with the reason why it is refused."""

    source: Source
    sha256: str = ""
    sheets: tuple[Sheet, ...] = ()
    refused: str = ""


def open_sources(sources: Sequence[Source]) -> Iterator[Opened]:
    """Open each file in turn; those to be skipped are passed on as they are."""
    kinds = [_kind(source) for source in sources]
    workbooks = [
        source.path for source, kind in zip(sources, kinds, strict=True) if kind == "workbook"
    ]
    with Apart() as apart:
        answers = apart.open_all(workbooks)
        for source, kind in zip(sources, kinds, strict=True):
            if kind == "skipped":
                yield Opened(source)
            elif kind == "text":
                yield _opened_text(source)
            elif kind == "workbook":
                yield _opened_workbook(source, next(answers))
            else:
                yield Opened(source, refused=kind)


def _kind(source: Source) -> str:
    """`skipped`, `text`, `workbook`, or the sentence that refuses the file."""
    if source.skipped:
        return "skipped"
    try:
        head = read_head(source.path)
    except Unreadable as refused:
        return str(refused)
    if not head.strip(b"\x00 \t\r\n"):
        return refusals.EMPTY
    kind = kind_of(head)
    if kind == "binary":
        return refusals.NOT_A_TABLE
    return "text" if kind == "text" else "workbook"


def _opened_text(source: Source) -> Opened:
    try:
        data = read_bytes(source.path)
        return Opened(source, hashlib.sha256(data).hexdigest(), (read_text(data),))
    except Unreadable as refused:
        return Opened(source, refused=str(refused))


def _opened_workbook(source: Source, answer: Answer) -> Opened:
    if isinstance(answer, Unreadable):
        return Opened(source, refused=str(answer))
    try:
        sha256 = _sha256(source.path)
    except OSError:  # gone in the meantime
        return Opened(source, refused=refusals.BROKEN)
    return Opened(source, sha256, tuple(map(sheet_of, answer)))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Which files are there?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt"})


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
    names = Counter(source.name for source in sources)
    told_apart = [
        Source(source.path, f"{source.path.parent.name}/{source.name}", source.skipped)
        if names[source.name] > 1
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

"""Which rows of these lists can be enrolled, and what is wrong with the others?

Files in, findings out: no database and no clock. The steps: `reading` (cells of a file), `finding`
(lists in its sheets, people in its lists), `tidying` (what was meant), `judging` (what becomes of
it).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from sertakan.rosters.finding.lists import RosterList, find_lists
from sertakan.rosters.finding.raw_rows import raw_rows
from sertakan.rosters.finding.surroundings import with_surroundings
from sertakan.rosters.judging.outcomes import with_outcomes
from sertakan.rosters.judging.reasons import with_people, with_reasons
from sertakan.rosters.judging.reference import read_covered, read_deaths
from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.files import find_sources
from sertakan.rosters.reading.sheets import Sheet
from sertakan.rosters.reading.sources import open_sources
from sertakan.rosters.tidying.everything import EMPTY_RAW, tidied
from sertakan.rosters.tidying.places import Places
from sertakan.vocabulary.regions import dotted


@dataclass(slots=True)
class CheckedFile:
    """What became of one file. `refused` is empty for a file that was read."""

    path: Path
    name: str
    sha256: str = ""
    sheets: list[str] = field(default_factory=list)
    rows: int = 0
    refused: str = ""
    skipped: str = ""
    notes: list[str] = field(default_factory=list)
    lists: list[RosterList] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """`rows`: one a person, in the order of files, sheets and rows. `files`: all, read or not."""

    rows: pl.DataFrame
    files: list[CheckedFile]

    @property
    def refused(self) -> list[CheckedFile]:
        """The files that were not read though they should have been."""
        return [file for file in self.files if file.refused]


def check(
    paths: Sequence[Path],
    on: date,
    region: str = "",
    covered: Path | None = None,
    deaths: Path | None = None,
    *,
    keep_lists: bool = False,
    progress: Callable[[CheckedFile, int, int], None] | None = None,
) -> Checked:
    """Check the rosters in files and folders as of the day `on`.

    `region` is a Kemendagri code of any level; `covered` and `deaths` are CSV files (contracts 1).
    `keep_lists` keeps the cells, for `reporting.error_workbooks`. `progress` hears of each file
    read: the file, its number from 1, and how many there are.
    Raises BadReference for a list of the insured or the dead that cannot be used.
    """
    insured = read_covered(covered, on) if covered else None
    dead = read_deaths(deaths, on) if deaths else None
    places = Places(dotted(region))
    files: list[CheckedFile] = []
    frames: list[pl.DataFrame] = []
    sources = find_sources(paths)
    for opened in open_sources(sources):
        file = CheckedFile(opened.source.path, opened.source.name, opened.sha256)
        file.skipped, file.refused = opened.source.skipped, opened.refused
        frames += _rows_of(file, opened.sheets, places)
        file.lists = file.lists if keep_lists else []
        files.append(file)
        if progress:
            progress(file, len(files), len(sources))
    raw = pl.concat(frames) if frames else EMPTY_RAW
    frames.clear()
    rows = with_people(tidied(raw.with_row_index("order"), on, places))
    rows = with_outcomes(with_reasons(rows, on, insured, dead))
    return Checked(_with_duplicate_of(rows), files)


def _rows_of(file: CheckedFile, sheets: Sequence[Sheet], places: Places) -> Sequence[pl.DataFrame]:
    """The people of a file, one frame a list; what is found is noted in `file`."""
    if file.skipped or file.refused:
        return []
    try:
        frames = [rows for sheet in sheets for rows in _rows_of_sheet(file, sheet, places)]
    except Exception as error:  # a fault of ours in one file must not cost the others
        file.lists, file.sheets = [], []
        file.refused = refusals.NOT_UNDERSTOOD.format(error=type(error).__name__)
        return []
    file.rows = sum(rows.height for rows in frames)
    if not frames:
        file.refused = refusals.NO_LIST
    return frames


def _rows_of_sheet(file: CheckedFile, sheet: Sheet, places: Places) -> Iterator[pl.DataFrame]:
    lists = [roster for roster in find_lists(sheet) if len(roster.people)]
    if not lists:
        return
    file.sheets.append(sheet.name)
    file.lists += lists
    if sheet.hidden:
        file.notes.append(f"Lembar {sheet.name} tersembunyi; tetap dibaca.")
    if sheet.hidden_rows:
        where = f"di lembar {sheet.name}" if sheet.name else "di sini"
        file.notes.append(f"{sheet.hidden_rows} baris tersembunyi {where}; tetap dibaca.")
    for number, roster in enumerate(lists):
        rows = with_surroundings(raw_rows(roster), roster, file.name, places)
        yield rows.with_columns(
            file=pl.lit(file.name),
            sheet=pl.lit(sheet.name),
            list=pl.lit(f"{file.name}|{sheet.name}|{number}"),
            epoch_1904=pl.lit(sheet.epoch_1904),
        )


def _with_duplicate_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Name the holder as `file|sheet|row`."""
    where = pl.concat_str(
        [pl.col("file"), pl.col("sheet"), pl.col("row").cast(pl.String)], separator="|"
    )
    names = rows.select(duplicate_of_order=pl.col("order"), duplicate_of=where)
    asked = rows.select("duplicate_of_order").drop_nulls().unique()
    names = names.join(asked, on="duplicate_of_order", how="semi")
    rows = rows.join(names, on="duplicate_of_order", how="left", maintain_order="left")
    return rows.with_columns(pl.col("duplicate_of").fill_null(""))

"""Where in a sheet is a list of people, which column is what, and which of its rows are people?

A sheet may hold several lists, one below the other, each with headings of its own, among titles,
totals and signatures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sertakan.rosters.finding.columns import Column, settle
from sertakan.rosters.finding.contents import looks_like_nik
from sertakan.rosters.finding.heading_rows import (
    Found,
    find_headings,
    is_row_of_numbers,
    side_by_side,
)
from sertakan.rosters.finding.headings import field_of
from sertakan.rosters.finding.other_rows import texts_of
from sertakan.rosters.finding.walk import Walk
from sertakan.rosters.reading.cells import plain
from sertakan.rosters.reading.sheets import Sheet

ROWS_SEARCHED_FOR_HEADINGS = 200
_SAMPLE = 60
_TITLE_LINES = 40
_NIK_LIKE = (
    r"^\x1f?n?[\s\p{P}\p{Sk}=]*(?:[0-9OoIl|][\s\p{P}\p{Sk}\p{Z}]*){11,20}$"
    r"|^\D?\d[.,]\d+\s*[eE]\s*\+?\s*\d+\D?$"
)


@dataclass(frozen=True, slots=True)
class RosterList:
    """One list in a sheet. Rows are indices into `sheet.cells`, from 0.

    `titles`: the texts above it, from top to bottom. `parts`: headings inside it, with the row from
    which they hold.
    """

    sheet: Sheet
    columns: list[Column]
    title_rows: range
    heading_rows: range
    titles: list[str]
    people: pl.Series
    parts: list[tuple[int, str]]

    def column(self, name: str) -> str | None:
        """The name in `sheet.cells` of the column that holds a field."""
        for column in self.columns:
            if column.field == name:
                return f"c{column.place}"
        return None


def find_lists(sheet: Sheet) -> list[RosterList]:
    """The lists of people in a sheet, from top to bottom."""
    if not sheet.columns:
        return []
    cells = sheet.cells.with_columns(pl.col(pl.String).str.strip_chars()).with_row_index("at")
    filled = cells.filter(pl.any_horizontal(pl.col(pl.String) != ""))
    return list(_Search(sheet, filled).lists())


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a list begins, in places among the filled rows."""

    place: int
    found: Found
    beside: list[list[Column]]  # the columns of each list, of several side by side

    @property
    def body(self) -> int:
        return self.place + self.found.rows


class _Search:
    def __init__(self, sheet: Sheet, filled: pl.DataFrame) -> None:
        self.sheet = sheet
        self.filled = filled
        self.titles: list[str] = []
        self.titles_from = 0  # a place

    def lists(self) -> Iterator[RosterList]:
        start = self._first_headings()
        before = start.place if start else self.filled.height
        if bare := self._start_without_headings(before):
            yield from self._lists_at(bare, before)
        while start:
            end, following = self._end_of(start)
            yield from self._lists_at(start, end)
            start = following

    def _rows(self, start: int, count: int) -> list[tuple[str, ...]]:
        return self.filled.slice(start, count).drop("at", "row").rows()

    def _first_headings(self) -> _Start | None:
        rows = self._rows(0, ROWS_SEARCHED_FOR_HEADINGS)
        for place, row in enumerate(rows):
            lower = rows[place + 1] if place + 1 < len(rows) else None
            above = rows[place - 1] if place else None
            if found := find_headings(row, lower, above):
                return self._start(place, found)
        return None

    def _start_without_headings(self, before: int) -> _Start | None:
        """People above the first headings, or in a sheet without any that can be read."""
        rows = self._rows(0, min(before, ROWS_SEARCHED_FOR_HEADINGS))
        with_nik = [place for place, row in enumerate(rows) if any(map(looks_like_nik, row))]
        if len(with_nik) < 2:
            return None
        first = with_nik[0]
        while first and self._is_as_wide(rows[first - 1], rows[with_nik[0]]):
            first -= 1
        if first < with_nik[0] and not any(map(str.isdigit, "".join(rows[first]))):
            headings = [(plain(cell), field_of(plain(cell))) for cell in rows[first]]
            return self._start(first, Found(headings, 1))
        return self._start(first, Found([("", None)] * len(rows[first]), 0))

    @staticmethod
    def _is_as_wide(row: Sequence[str], person: Sequence[str]) -> bool:
        return len(texts_of(row)) >= max(3, len(texts_of(person)) - 2)

    def _end_of(self, start: _Start) -> tuple[int, _Start | None]:
        """Where the next headings stand that are not these again."""
        below = self.filled.slice(start.body)
        walk = Walk(start.beside[0])
        odd = self._odd_rows(below, walk.columns)
        for number, (place, row) in enumerate(odd):
            adjacent = number + 1 < len(odd) and odd[number + 1][0] == place + 1
            found = find_headings(row, odd[number + 1][1] if adjacent else None)
            if found and not walk.repeats(found):
                return start.body + place, self._start(start.body + place, found)
        return self.filled.height, None

    def _lists_at(self, start: _Start, end: int) -> Iterator[RosterList]:
        """The list, or the lists side by side, that these headings announce."""
        title_rows = self._rows(self.titles_from, start.place - self.titles_from)
        titles_at = self._at(max(self.titles_from, start.place - _TITLE_LINES))
        self.titles += [text for row in title_rows[-_TITLE_LINES:] for text in texts_of(row)]
        heading_at = self._at(start.place)
        headings_end = self._at(start.body - 1) + 1 if start.found.rows else heading_at
        last = start.body
        for columns in start.beside:
            walk = Walk(columns)
            below = self.filled.slice(start.body, end - start.body)
            for place, row in self._odd_rows(below, columns):
                walk.take(place, row, is_heading=bool(find_headings(row, None)))
            chosen = walk.people(below, self._likely(below, columns))
            people = below.filter(chosen)["at"]
            if len(people):
                last = max(last, start.body + int(chosen.arg_true()[-1]) + 1)
            yield RosterList(
                sheet=self.sheet,
                columns=columns,
                title_rows=range(titles_at, heading_at),
                heading_rows=range(heading_at, headings_end),
                titles=list(self.titles),
                people=people,
                parts=[(int(below["at"][place]), text) for place, text in walk.parts],
            )
        self.titles_from = last

    def _start(self, place: int, found: Found) -> _Start:
        sample = [
            row
            for row in self._rows(place + found.rows, _SAMPLE)
            if not is_row_of_numbers(row) and len(texts_of(row)) > 2
        ]
        beside = [settle(headings, sample) for headings in side_by_side(found.headings)]
        return _Start(place, found, beside)

    def _at(self, place: int) -> int:
        return int(self.filled["at"][place]) if self.filled.height else 0

    def _likely(self, below: pl.DataFrame, columns: Sequence[Column]) -> pl.Series:
        nik = next((column.place for column in columns if column.field == "nik"), None)
        if nik is None:
            return pl.repeat(False, below.height, dtype=pl.Boolean, eager=True)
        return below[f"c{nik}"].str.contains(_NIK_LIKE)

    def _odd_rows(
        self, below: pl.DataFrame, columns: Sequence[Column]
    ) -> list[tuple[int, tuple[str, ...]]]:
        """Place and cells of the rows whose NIK does not look like one."""
        odd = ~self._likely(below, columns)
        rows = below.filter(odd).drop("at", "row").rows()
        return list(zip(odd.arg_true().to_list(), rows, strict=True))

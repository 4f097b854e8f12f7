"""Where in a sheet is a list of people, and which of its rows are people?

A sheet may hold several lists, one below the other, each with headings of its own, among titles,
totals and signatures. Rows whose NIK looks like one are people without further ado and never leave
their columns; only the others are looked at one by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from sertakan.rosters.finding.columns import Column, settle
from sertakan.rosters.finding.contents import content_of
from sertakan.rosters.finding.heading_rows import Found, find_headings, is_row_of_numbers
from sertakan.rosters.finding.other_rows import begins_signature, is_note, is_total, texts_of
from sertakan.rosters.reading.cells import plain
from sertakan.rosters.reading.sheets import Sheet

ROWS_SEARCHED_FOR_HEADINGS = 200
_SAMPLE = 60
_NIK_LIKE = r"^\x1f?n?[\s\p{P}\p{Sk}=]*(?:[0-9OoIl|][\s\p{P}\p{Sk}\p{Z}]*){11,20}$|^\D?\d[.,]\d+\s*[eE]\s*\+?\s*\d+\D?$"


@dataclass(slots=True)
class RosterList:
    """One list in a sheet. Rows are indices into `sheet.cells`, from 0."""

    sheet: Sheet
    columns: list[Column]
    heading_rows: range
    titles: list[str]
    people: pl.Series
    parts: list[tuple[int, str]] = field(
        default_factory=list
    )  # headings inside: from which row, text

    def column(self, name: str) -> str | None:
        """The name in `sheet.cells` of the column that holds a field."""
        for column in self.columns:
            if column.field == name:
                return f"c{column.place}"
        return None


def find_lists(sheet: Sheet) -> list[RosterList]:
    """The lists of people in a sheet, from top to bottom."""
    cells = sheet.cells.with_columns(pl.col(pl.String).str.strip_chars()).with_row_index("at")
    texts = pl.any_horizontal(pl.col(pl.String) != "") if sheet.columns else pl.lit(False)
    filled = cells.filter(texts)
    return list(_Search(sheet, filled).lists())


class _Search:
    def __init__(self, sheet: Sheet, filled: pl.DataFrame) -> None:
        self.sheet = sheet
        self.filled = filled
        self.at = filled["at"].to_list() if filled.height < 5000 else filled["at"]

    def rows(self, start: int, count: int) -> list[tuple[str, ...]]:
        """Rows of cells by their place among the filled rows."""
        return self.filled.slice(start, count).drop("at", "row").rows()

    def lists(self) -> Iterator[RosterList]:
        start, titles_from = 0, 0
        found = self._next_headings(0)
        if found is None and (columns := self._columns_without_headings()):
            yield self._list(columns, range(0), [], 0)[0]
            return
        while found is not None:
            place, headings = found
            body = place + headings.rows
            columns = settle(headings.headings, self._sample(body))
            titles = [
                text
                for row in self.rows(titles_from, place - titles_from)[-40:]
                for text in texts_of(row)
            ]
            rows_at = range(int(self.at[place]), int(self.at[body - 1]) + 1)
            roster, start, found = self._list(columns, rows_at, titles, body)
            titles_from = start
            yield roster

    def _sample(self, body: int) -> list[tuple[str, ...]]:
        return [
            row
            for row in self.rows(body, _SAMPLE)
            if not is_row_of_numbers(row) and len(texts_of(row)) > 2
        ]

    def _next_headings(self, start: int) -> tuple[int, Found] | None:
        rows = self.rows(start, ROWS_SEARCHED_FOR_HEADINGS)
        for place, row in enumerate(rows):
            lower = rows[place + 1] if place + 1 < len(rows) else None
            above = rows[place - 1] if place else None
            if found := find_headings(row, lower, above):
                return start + place, found
        return None

    def _columns_without_headings(self) -> list[Column] | None:
        sample = [row for row in self.rows(0, _SAMPLE) if len(texts_of(row)) >= 2]
        if len(sample) < 2:
            return None
        width = len(sample[0])
        shares = [content_of([row[place] for row in sample]).share("nik") for place in range(width)]
        if max(shares, default=0) < 0.5:
            return None
        return settle([("", None)] * width, sample)

    def _list(
        self, columns: list[Column], heading_rows: range, titles: list[str], body: int
    ) -> tuple[RosterList, int, tuple[int, Found] | None]:
        walk = _Walk(columns)
        below = self.filled.slice(body)
        nik = next((column.place for column in columns if column.field == "nik"), None)
        likely = (
            below[f"c{nik}"].str.contains(_NIK_LIKE)
            if nik is not None
            else pl.Series([False] * below.height, dtype=pl.Boolean)
        )
        end, following = below.height, None
        odd_places = (~likely).arg_true().to_list()
        odd_rows = below.filter(~likely).drop("at", "row").rows()
        for number, (place, row) in enumerate(zip(odd_places, odd_rows, strict=True)):
            adjacent = number + 1 < len(odd_places) and odd_places[number + 1] == place + 1
            lower = odd_rows[number + 1] if adjacent else None
            found = find_headings(row, lower)
            if found and not walk.repeats(found):
                end, following = place, (body + place, found)
                break
            walk.take(place, row, is_heading=found is not None)
        people = walk.people(below.head(end), likely.head(end))
        parts = [(int(below["at"][place]), text) for place, text in walk.parts if place < end]
        roster = RosterList(self.sheet, columns, heading_rows, titles, people, parts)
        return roster, body + end, following


class _Walk:
    """Looks at the rows of a list whose NIK does not look like one."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.number = next((c.place for c in columns if c.field == "number"), None)
        self.name = next((c.place for c in columns if c.field == "name"), None)
        self.telling = [c.place for c in columns if c.field in _TELLING]
        self.parts: list[tuple[int, str]] = []
        self.odd_people: list[int] = []
        self.signed: list[int] = []  # where a signature begins
        self._in_signature = False

    def repeats(self, found: Found) -> bool:
        """Whether these headings are those of the list again, as on a new page."""
        again = {
            place: name
            for place, (_, name) in enumerate(found.headings)
            if name in _SAME_IF_REPEATED
        }
        mine = {c.place: c.field for c in self.columns if c.field in _SAME_IF_REPEATED}
        return again == mine

    def take(self, place: int, row: Sequence[str], *, is_heading: bool) -> None:
        """Decide about one row."""
        if is_heading:  # of a new page
            self._in_signature = False
            return
        if is_row_of_numbers(row):
            return
        texts = texts_of(row)
        if is_total(texts) and not self._is_numbered(row):
            return
        if self._is_person(row, texts):
            self.odd_people.append(place)
        elif begins_signature(texts) or is_note(texts):
            self.signed.append(place)
            self._in_signature = True
        elif len(texts) <= 2 and not self._is_numbered_alone(row, texts):
            self.parts.append((place, " ".join(texts)))

    def _is_numbered(self, row: Sequence[str]) -> bool:
        if self.number is None or self.number >= len(row):
            return False
        return plain(row[self.number]).strip(" .)(").isdigit()

    def _is_numbered_alone(self, row: Sequence[str], texts: Sequence[str]) -> bool:
        return self._is_numbered(row) and len(texts) == 1

    def _is_person(self, row: Sequence[str], texts: Sequence[str]) -> bool:
        told = sum(bool(row[place].strip(" -")) for place in self.telling if place < len(row))
        named = self.name is not None and any(map(str.isalpha, plain(row[self.name])))
        if self._is_numbered(row):
            return told >= 2 or (named and told >= 1)
        if self._in_signature or begins_signature(texts):
            return False
        needed = 2 if self.number is None else 3
        return told >= needed and (named or told >= 3)

    def people(self, below: pl.DataFrame, likely: pl.Series) -> pl.Series:
        """The `at` of every person, in order."""
        keep = likely.to_frame("likely").with_row_index("place")
        if self.signed:
            told = pl.sum_horizontal(pl.col(f"c{place}") != "" for place in self.telling)
            alone = below.select(told.alias("told"))["told"] < 2
            after = pl.Series(range(below.height), dtype=pl.UInt32) > self.signed[0]
            keep = keep.with_columns(likely=likely & ~(alone & after))
        odd = pl.Series(self.odd_people, dtype=pl.UInt32)
        chosen = keep.with_columns(likely=pl.col("likely") | pl.col("place").is_in(odd))["likely"]
        return below.filter(chosen)["at"]


_TELLING = frozenset(
    {"nik", "name", "birth", "birth_date", "sex", "sex_male", "sex_female", "address", "job", "phone", "mother",
     "birth_place", "village"}
)  # fmt: skip
_SAME_IF_REPEATED = frozenset({"nik", "name", "birth_date", "birth"})

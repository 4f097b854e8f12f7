"""Which rows below the headings are people? Only those rows are looked at one by one whose NIK
does not look like a NIK: totals, signatures, headings of parts, and people without one.
"""

from collections.abc import Sequence

import polars as pl

from sertakan.rosters.finding.columns import Column
from sertakan.rosters.finding.heading_rows import Found, is_row_of_numbers
from sertakan.rosters.finding.other_rows import begins_signature, is_note, is_total, texts_of
from sertakan.rosters.reading.cells import plain

_TELLING = frozenset(
    {
        "nik", "name", "birth", "birth_date", "birth_place", "sex", "sex_male", "sex_female",
        "address", "job", "phone", "mother", "village",
    }
)  # fmt: skip
_SAME_ON_EVERY_PAGE = frozenset({"nik", "name", "birth_date", "birth"})


class Walk:
    """Goes through the rows of one list from top to bottom. Places are counted from its first
    row."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.parts: list[tuple[int, str]] = []  # headings inside the list: place, text
        self._number = self._place_of("number")
        self._name = self._place_of("name")
        self._telling = [column.place for column in columns if column.field in _TELLING]
        self._people: list[int] = []
        self._signed_at: list[int] = []
        self._in_signature = False
        self._last_place = -1

    def _place_of(self, field: str) -> int | None:
        return next((column.place for column in self.columns if column.field == field), None)

    def repeats(self, found: Found) -> bool:
        """Whether these headings are those of the list again, as on a new page."""
        headings = enumerate(found.headings)
        again = {place: name for place, (_, name) in headings if name in _SAME_ON_EVERY_PAGE}
        mine = {
            column.place: column.field
            for column in self.columns
            if column.field in _SAME_ON_EVERY_PAGE
        }
        return again == mine

    def take(self, place: int, row: Sequence[str], *, is_heading: bool) -> None:
        """Decide about one row."""
        if is_heading or place > self._last_place + 1:  # a new page, or people since
            self._in_signature = False
        self._last_place = place
        if is_heading or is_row_of_numbers(row):
            return
        texts = texts_of(row)
        if is_total(texts) and not self._is_numbered(row):
            return
        if self._is_person(row, texts):
            self._people.append(place)
        elif begins_signature(texts) or is_note(texts):
            self._signed_at.append(place)
            self._in_signature = True
        elif self._is_heading_of_part(row, texts):
            self.parts.append((place, " ".join(texts)))

    def _is_numbered(self, row: Sequence[str]) -> bool:
        if self._number is None or self._number >= len(row):
            return False
        return plain(row[self._number]).strip(" .)(").isdigit()

    def _is_person(self, row: Sequence[str], texts: Sequence[str]) -> bool:
        told = sum(bool(row[place].strip(" -")) for place in self._telling if place < len(row))
        named = self._name is not None and any(map(str.isalpha, plain(row[self._name])))
        if self._is_numbered(row):
            return told >= 2 or (named and told >= 1)
        if self._in_signature or begins_signature(texts):
            return False
        needed = 2 if self._number is None else 3
        return told >= needed and (named or told >= 3)

    def _is_heading_of_part(self, row: Sequence[str], texts: Sequence[str]) -> bool:
        """One or two texts on the left, not what is left over of an address."""
        if self._in_signature or not 1 <= len(texts) <= 2:
            return False
        if len(texts) == 1 and self._is_numbered(row):
            return False
        first = next(place for place, cell in enumerate(row) if cell)
        return first <= max(2, self._name or 0) and not self._is_of(first, "address")

    def _is_of(self, place: int, field: str) -> bool:
        return self.columns[place].field == field if place < len(self.columns) else False

    def people(self, below: pl.DataFrame, likely: pl.Series) -> pl.Series:
        """Which rows are people: those with a NIK (`likely`) and those found on the way."""
        chosen = likely
        if self._signed_at:  # the number of an officer is none
            after = pl.Series(range(below.height), dtype=pl.UInt32) > self._signed_at[0]
            chosen = chosen & ~(after & ~self._is_complete(below))
        found = pl.Series(self._people, dtype=pl.UInt32)
        places = pl.Series(range(below.height), dtype=pl.UInt32)
        return chosen | places.is_in(found.implode())

    def _is_complete(self, below: pl.DataFrame) -> pl.Series:
        told = pl.sum_horizontal(pl.col(f"c{place}") != "" for place in self._telling)
        named = pl.col(f"c{self._name}") != "" if self._name is not None else pl.lit(True)
        return below.select(complete=(told >= 2) & named)["complete"]

"""A sheet as read: its cells in columns, and what a reader should be told about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import polars as pl

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet; `row` is the number that the spreadsheet shows, columns are `c0`, `c1`, …

    `name` is empty for a text file. `merged` are the corners (row, column from 0, both included).
    """

    name: str
    cells: pl.DataFrame
    hidden: bool = False
    hidden_rows: int = 0
    merged: tuple[Merged, ...] = ()
    epoch_1904: bool = False

    @property
    def columns(self) -> list[str]:
        """The names of the columns that hold cells."""
        return self.cells.columns[1:]


@dataclass(frozen=True, slots=True)
class Book:
    """A file that could be read."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def to_cells(rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> pl.DataFrame:
    """Rows of text as a frame; short rows are filled with empty cells."""
    columns = list(zip_longest(*rows, fillvalue=""))
    frame = {"row": pl.Series(numbers, dtype=pl.UInt32)}
    for number, column in enumerate(columns):
        frame[f"c{number}"] = pl.Series(column, dtype=pl.String)
    return pl.DataFrame(frame)

"""A sheet as read: its cells in columns, and what a reader should be told about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import polars as pl

from sertakan.rosters.reading.cells import MARKED
from sertakan.rosters.reading.raw_sheets import Merged, RawSheet


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


def sheet_of(raw: RawSheet) -> Sheet:
    """The same sheet with its cells in columns."""
    return Sheet(
        name=raw.name,
        cells=to_cells(raw.rows, raw.numbers),
        hidden=raw.hidden,
        hidden_rows=raw.hidden_rows,
        merged=raw.merged,
        epoch_1904=raw.epoch_1904,
    )


def plain_column(column: pl.Expr) -> pl.Expr:
    """The texts of a column without their marks."""
    return column.str.replace(MARKED, "")


def to_cells(rows: Sequence[Sequence[str]], numbers: Iterable[int]) -> pl.DataFrame:
    """Rows of text as a frame; short rows are filled with empty cells."""
    columns = list(zip_longest(*rows, fillvalue=""))
    frame = {"row": pl.Series(numbers, dtype=pl.UInt32)}
    for number, column in enumerate(columns):
        frame[f"c{number}"] = pl.Series(column, dtype=pl.String)
    return pl.DataFrame(frame)

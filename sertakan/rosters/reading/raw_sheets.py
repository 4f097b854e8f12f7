"""A sheet as it passes from the process that opens files to the one that understands them."""

from dataclasses import dataclass

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of cells as texts (`reading.cells`), with the row number that the spreadsheet shows for
    each.

    `merged` are the corners (row, column from 0, both included).
    """

    name: str
    rows: list[list[str]]
    numbers: range | list[int]
    hidden: bool = False
    hidden_rows: int = 0
    merged: tuple[Merged, ...] = ()
    epoch_1904: bool = False

"""CSV as offices save it: comma, semicolon, tab or bar; UTF-8 with or without a mark, UTF-16,
cp1252."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

import polars as pl

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.encodings import decode
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.sheets import Sheet, to_cells

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 80
_ROWS_AT_ONCE = 50_000


def read_text(data: bytes) -> Sheet:
    """The one sheet of a text file, without its blank lines; `row` is the line. Raises
    Unreadable."""
    text = decode(data)
    delimiter = find_delimiter(text)
    try:
        cells = _read(text, delimiter, csv.QUOTE_MINIMAL)
    except csv.Error:  # a quote that is never closed
        cells = _read_without_quotes(text, delimiter)
    return Sheet("", cells)


def _read_without_quotes(text: str, delimiter: str) -> pl.DataFrame:
    try:
        return _read(text, delimiter, csv.QUOTE_NONE)
    except csv.Error as broken:
        raise Unreadable(refusals.BROKEN) from broken


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most evenly into several cells.

    A comma stands in addresses and titles too; what divides a table stands equally often in most
    lines.
    """
    lines = [line for line in islice(_lines(text), _SAMPLE_LINES) if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(_width(line, delimiter) for line in lines)
        widths.pop(1, None)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / len(lines) + min(width, 12) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _lines(text: str) -> Iterator[str]:
    return iter(text[: _SAMPLE_LINES * 2000].splitlines())


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return 1


def _read(text: str, delimiter: str, quoting: int) -> pl.DataFrame:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    frames: list[pl.DataFrame] = []
    lines = rows_read = 0
    while rows := list(islice(reader, _ROWS_AT_ONCE)):
        rows_read += len(rows)
        width = max(map(len, rows))
        if rows_read > limits.ROWS or width > limits.COLUMNS:
            raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=f"> {limits.ROWS:,} x {width}"))
        numbers: range | list[int] = range(lines + 1, lines + 1 + len(rows))
        if reader.line_num - lines != len(rows):
            numbers = _first_lines(rows, lines)
        cells = to_cells(rows, numbers)
        frames.append(cells.filter(pl.any_horizontal(pl.col(pl.String) != "")))
        lines = reader.line_num
    if not frames:
        raise Unreadable(refusals.EMPTY)
    return pl.concat(frames, how="diagonal").with_columns(pl.col(pl.String).fill_null(""))


def _first_lines(rows: list[list[str]], lines: int) -> list[int]:
    numbers = []
    for row in rows:
        numbers.append(lines + 1)
        lines += 1 + sum(cell.count("\n") for cell in row)
    return numbers

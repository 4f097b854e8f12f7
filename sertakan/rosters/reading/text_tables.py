"""CSV as offices save it: comma, semicolon, tab or bar; UTF-8 with or without a mark, UTF-16,
cp1252."""

import csv
from collections import Counter
from io import StringIO
from itertools import islice

import polars as pl

from sertakan.rosters.reading import limits, refusals
from sertakan.rosters.reading.encodings import decode
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.sheets import Sheet, to_cells

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 80
_SAMPLE_CHARACTERS = 160_000
_ROWS_AT_ONCE = 50_000


def read_text(data: bytes) -> Sheet:
    """The one sheet of a text file, without its blank lines; `row` is the line. Raises
    Unreadable."""
    text = decode(data).replace("\0", "")  # no text has one; PostgreSQL keeps none
    if text.count("\n") > limits.ROWS:
        raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=f"> {limits.ROWS:,}"))
    delimiter = find_delimiter(text)
    has_only_plain_lines = '"' not in text and text.count("\r") == text.count("\r\n")
    cells = _plain_cells(text, delimiter) if has_only_plain_lines else _cells(text, delimiter)
    if not cells.height:
        raise Unreadable(refusals.EMPTY)
    return Sheet("", cells)


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most evenly into several cells.

    A comma stands in addresses and titles too; what divides a table stands equally often in most
    lines.
    """
    lines = text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES]
    lines = [line for line in lines if line.strip()]
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


def _width(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return 1


def _plain_cells(text: str, delimiter: str) -> pl.DataFrame:
    """Cells of a text without quotes, where a row is a line: all in one go, five times faster."""
    lines = pl.Series("line", text.split("\n")).str.strip_suffix("\r").to_frame()
    lines = lines.with_row_index("row", offset=1).filter(pl.col("line") != "")
    if not lines.height:
        return lines
    delimiters = lines["line"].str.count_matches(delimiter, literal=True).max()
    width = 1 + int(str(delimiters))
    _check_width(width)
    cells = pl.col("line").str.split_exact(delimiter, width - 1)
    named = cells.struct.rename_fields([f"c{place}" for place in range(width)])
    return _without_blank_rows(lines.select("row", named.struct.unnest().fill_null("")))


def _cells(text: str, delimiter: str) -> pl.DataFrame:
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):  # the latter where a quote never closes
        try:
            return _quoted_cells(text, delimiter, quoting)
        except csv.Error:
            continue
    raise Unreadable(refusals.BROKEN)


def _quoted_cells(text: str, delimiter: str, quoting: int) -> pl.DataFrame:
    """Cells of a text with quotes, in which a row may go over several lines."""
    source = StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    frames: list[pl.DataFrame] = []
    lines = 0
    while rows := list(islice(reader, _ROWS_AT_ONCE)):
        _check_width(max(map(len, rows)))
        numbers: range | list[int] = range(lines + 1, lines + 1 + len(rows))
        if reader.line_num - lines != len(rows):
            numbers = _first_lines(rows, lines)
        frames.append(_without_blank_rows(to_cells(rows, numbers)))
        lines = reader.line_num
    cells = pl.concat(frames, how="diagonal")
    return cells.with_columns(pl.col(pl.String).fill_null(""))


def _first_lines(rows: list[list[str]], lines: int) -> list[int]:
    numbers = []
    for row in rows:
        numbers.append(lines + 1)
        lines += 1 + sum(cell.count("\n") for cell in row)
    return numbers


def _check_width(width: int) -> None:
    if width > limits.COLUMNS:
        raise Unreadable(refusals.TOO_MANY_ROWS.format(cells=f"{width:,} kolom"))


def _without_blank_rows(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.filter(pl.any_horizontal(pl.col(pl.String) != ""))

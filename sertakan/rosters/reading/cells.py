"""One text for each cell, which still tells how the cell was kept.

A spreadsheet keeps `3577…0` as a number (and loses its last digit) or as text (and does not). Cells
of all kinds therefore become one column of text, where anything but text carries a mark in front:
`NUMBER` with the number's shortest digits, `DAY` with an ISO day. A mark cannot be typed.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

NUMBER = "\x1fn"
DAY = "\x1fd"
OTHER = "\x1fo"
_MARK = "\x1f"
MARKED = r"^\x1f[ndo]"


def encode(value: Any) -> str:
    """The text of a cell as the reader gave it; empty for an empty cell."""
    if isinstance(value, str):
        return value.replace(_MARK, "") if _MARK in value else value
    if isinstance(value, bool):
        return OTHER + str(value).upper()
    if isinstance(value, int):
        return NUMBER + str(value)
    if isinstance(value, float):
        return NUMBER + (str(int(value)) if value.is_integer() else repr(value))
    if isinstance(value, datetime):
        return DAY + value.date().isoformat()
    if isinstance(value, date):
        return DAY + value.isoformat()
    if isinstance(value, time | timedelta):
        return OTHER + str(value)
    return ""


def plain(cell: str) -> str:
    """The text without its mark."""
    return cell[2:] if cell.startswith(_MARK) else cell

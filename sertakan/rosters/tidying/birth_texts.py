"""Which day does a text mean? `9 Oktober 1993`, `19 JUL 1977`, `14.04.89`, `Madiun, 02021980`,
`29353`.

Indonesian order is day, month, year. Month first is taken where the other way is no day, or where
the column is known to be written so.
"""

import re
from datetime import date, timedelta

from sertakan.rosters.reading.cells import DAY, NUMBER
from sertakan.rosters.tidying.months import month_number

_SEPARATED = r"\s*[-/., \\–—_]{1,2}\s*"
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}}){_SEPARATED}(\d{{1,2}}){_SEPARATED}(\d{{1,2}})(?!\d)")
_NUMBERS = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_SEPARATED}(\d{{1,2}}){_SEPARATED}'?(\d{{4}}|\d{{2}})(?!\d)"
)
_MONTH_WORD = re.compile(
    r"(?<!\d)(\d{1,2})[-/., \s]*([A-Za-z]{1,10})[-/.,'’ \s]*(\d{4}|\d{2})(?!\d)"
)
_MONTH_WORD_FIRST = re.compile(r"([A-Za-z]{3,10})\.?\s*(\d{1,2})\s*,?\s+(\d{4})(?!\d)")
_RUN_OF_DIGITS = re.compile(r"(?<!\d)(\d{5,8})(?!\d)")
_TYPED_FOR_DIGITS = str.maketrans("OoIl|", "00111")
_BEGINNING = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_OLDEST_YEAR = 1850
_YEARS_OF_SERIALS = range(1900, 2100)


def day_of(
    text: str, *, on: date, month_first: bool = False, epoch_1904: bool = False
) -> date | None:
    """The day that a cell means (marked as in `reading.cells`), or None where it can be none.

    Of two centuries the one that is not after `on`. A day after `on` is nobody's birth.
    """
    if text.startswith(DAY):
        found = _iso(text[len(DAY) :])
    elif text.startswith(NUMBER):
        found = _day_of_digits(text[len(NUMBER) :], on=on, epoch_1904=epoch_1904)
    else:
        found = _day_of_words(text, on, month_first) or _day_of_run(text, on, epoch_1904)
    return found if found and found.year >= _OLDEST_YEAR and found <= on else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_of_words(text: str, on: date, month_first: bool) -> date | None:
    if match := _YEAR_FIRST.search(text):
        year, month, day = map(int, match.groups())
        return _day(year, month, day) or _day(year, day, month)
    if match := _NUMBERS.search(text):
        return _day_of_numbers(*match.groups(), on=on, month_first=month_first)
    for match in _MONTH_WORD.finditer(text):
        if named := month_number(match[2]):
            return _day(_year(match[3], on, named, int(match[1])), named, int(match[1]))
    for match in _MONTH_WORD_FIRST.finditer(text):
        if named := month_number(match[1]):
            return _day(int(match[3]), named, int(match[2]))
    confused = text.translate(_TYPED_FOR_DIGITS)
    if confused != text and (match := _NUMBERS.search(confused)):
        return _day_of_numbers(*match.groups(), on=on, month_first=month_first)
    return None


def _day_of_numbers(
    first: str, second: str, last: str, *, on: date, month_first: bool
) -> date | None:
    if len(last) == 2 and int(first) > 31:  # 80-02-14
        first, last = last, first
    day, month = int(first), int(second)
    if month_first and _day(2000, day, month):
        day, month = month, day
    found = _day(_year(last, on, month, day), month, day)
    return found or _day(_year(last, on, day, month), day, month)


def _day_of_run(text: str, on: date, epoch_1904: bool) -> date | None:
    match = _RUN_OF_DIGITS.search(text)
    return _day_of_digits(match[1], on=on, epoch_1904=epoch_1904) if match else None


def _day_of_digits(digits: str, *, on: date, epoch_1904: bool) -> date | None:
    """`02021980`, `2021980` (a number has no leading zero), `020280`, or a count of days."""
    digits = digits.partition(".")[0]
    if not digits.isdigit():
        return None
    if len(digits) in (7, 8):
        padded = digits.zfill(8)
        day, month, year = int(padded[:2]), int(padded[2:4]), int(padded[4:])
        found = _day(year, month, day) if year in _YEARS_OF_SERIALS else None
        return found or _day(int(padded[:4]), int(padded[4:6]), int(padded[6:]))
    if len(digits) == 5:
        counted = _BEGINNING[epoch_1904] + timedelta(days=int(digits))
        if counted <= on:
            return counted
    if len(digits) in (5, 6):
        padded = digits.zfill(6)
        day, month = int(padded[:2]), int(padded[2:4])
        return _day(_year(padded[4:], on, month, day), month, day)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str, on: date, month: int, day: int) -> int:
    if len(text) == 4:
        return int(text)
    this_century = on.year // 100 * 100 + int(text)
    later = _day(this_century, month, day)
    is_past = later <= on if later else this_century <= on.year
    return this_century if is_past else this_century - 100

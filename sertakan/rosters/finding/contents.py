"""What stands in a column, whatever its heading says?

Shares of a sample of cells that look like a NIK, a day, a sex, and so on.
"""

import re
from collections.abc import Callable, Sequence

from sertakan.rosters.reading.cells import DAY, NUMBER, plain
from sertakan.rosters.tidying.job_words import RULES
from sertakan.rosters.tidying.jobs import words_of
from sertakan.rosters.tidying.sexes import sex_of

_DIGITS_OF_NIK = re.compile(r"[0-9OoIl|]{15,17}")
_SCIENTIFIC = re.compile(r"\D?\d[.,]\d+[eE]\+\d+")
_SEPARATORS = re.compile(r"[\s.,'\"`’\-_]+")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}\s*[-/. ]\s*\d{1,2}\s*[-/. ]\s*\d{2,4}|\d{4}[-/]\d\d?[-/]\d\d?"
    r"|\d{1,2}[- ]?[A-Za-z]{3,10}[- .]*\d{2,4})(?!\d)"
)
_PHONE = re.compile(r"(?:\+?62|0|8)\d{7,13}")
_NAME = re.compile(r"[^\W\d_][^\d:;/@#]{1,60}")
_ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|dsn|dusun|dukuh|rt|rw|no|perum|perumahan|blok|kp|lingk|lingkungan|link|ds|kel|desa)\b",
    re.I,
)
ENOUGH_CELLS = 4


class Content:
    """A sample of the cells of one column (marked as in `reading.cells`); shares are from 0 to
    1."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._cells = [cell for cell in cells if cell.strip(" -\t")]
        self._shares: dict[str, float] = {}
        self.filled = len(self._cells)

    def share(self, kind: str) -> float:
        """How much of what is filled looks like a NIK, a date, …: a key of `_TESTS`."""
        if kind not in self._shares:
            looking_so = sum(map(_TESTS[kind], self._cells))
            self._shares[kind] = looking_so / self.filled if self.filled else 0.0
        return self._shares[kind]

    @property
    def different(self) -> float:
        """How much of it differs from the rest."""
        return len(set(self._cells)) / self.filled if self.filled else 0.0

    @property
    def women(self) -> float:
        """Of 16 digits, with 40 added to the day: a NIK does so for women, a KK number never."""
        return self._part_of_niks(lambda digits: digits[6:8] > "40")

    @property
    def recent(self) -> float:
        """Of 16 digits, with a year from 2005 on, as KK numbers have."""
        return self._part_of_niks(lambda digits: "05" <= digits[10:12] <= "35")

    def _part_of_niks(self, test: Callable[[str], bool]) -> float:
        niks = [digits for cell in self._cells if len(digits := _digits(cell)) == 16]
        return sum(map(test, niks)) / len(niks) if niks else 0.0


def _digits(cell: str) -> str:
    return _SEPARATORS.sub("", plain(cell))


def looks_like_nik(cell: str) -> bool:
    """Sixteen digits or nearly, or what a spreadsheet made of them."""
    return bool(
        _DIGITS_OF_NIK.fullmatch(_digits(cell)) or _SCIENTIFIC.fullmatch(plain(cell).strip())
    )


def _is_date(cell: str) -> bool:
    return cell.startswith(DAY) or (not cell.startswith(NUMBER) and bool(_DATE.search(cell)))


def _is_sex(cell: str) -> bool:
    return (
        len(plain(cell).strip()) <= 14 and not cell.startswith(NUMBER) and sex_of(cell) is not None
    )


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.fullmatch(_digits(cell)))


def _is_name(cell: str) -> bool:
    return bool(_NAME.fullmatch(cell.strip())) and not _is_sex(cell)


def _is_job(cell: str) -> bool:
    words = words_of(cell) if not cell.startswith((NUMBER, DAY)) else ""
    return bool(words) and len(words) <= 50 and any(pattern.search(words) for _, pattern in RULES)


def _is_address(cell: str) -> bool:
    return bool(_ADDRESS.search(cell)) and len(cell) > 6


def _is_small_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\(?\d{1,6}\.?\)?", plain(cell).strip()))


_TESTS: dict[str, Callable[[str], bool]] = {
    "nik": looks_like_nik,
    "date": _is_date,
    "sex": _is_sex,
    "phone": _is_phone,
    "name": _is_name,
    "job": _is_job,
    "address": _is_address,
    "number": _is_small_number,
}

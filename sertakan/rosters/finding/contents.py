"""What stands in a column, whatever its heading says?

Shares of a sample of cells that look like a NIK, a day, a sex, and so on.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sertakan.rosters.reading.cells import DAY, NUMBER, plain
from sertakan.rosters.tidying.job_words import RULES
from sertakan.rosters.tidying.jobs import words_of
from sertakan.rosters.tidying.sexes import sex_of

_DIGITS_OF_NIK = re.compile(r"[0-9OoIl|]{15,17}")
_SCIENTIFIC = re.compile(r"\D?\d[.,]\d+[eE]\+\d+")
_SEPARATORS = re.compile(r"[\s.,'\"`’\-_]+")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}\s*[-/. ]\s*\d{1,2}\s*[-/. ]\s*\d{2,4}|\d{4}-\d\d?-\d\d?|\d{1,2}[- ]?[A-Za-z]{3,10}[- .]*\d{2,4})(?!\d)"
)
_PHONE = re.compile(r"(?:\+?62|0|8)\d{7,13}")
_NAME = re.compile(r"[^\W\d_][^\d:;/@#]{1,60}")
_ADDRESS = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|dsn|dusun|dukuh|rt|rw|no|perum|perumahan|blok|kp|lingk|lingkungan|link|ds|kel|desa)\b",
    re.I,
)
ENOUGH_CELLS = 4


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) of the filled cells of a sample."""

    filled: int
    different: float
    shares: dict[str, float] = field(default_factory=dict)
    women: float = 0.0  # of the NIK-like ones: a NIK adds 40 to a woman's day, a KK number never
    recent: float = 0.0  # of the NIK-like ones: years from 2005 on, as KK numbers have

    def share(self, kind: str) -> float:
        return self.shares.get(kind, 0.0)


def content_of(cells: Sequence[str]) -> Content:
    """What a sample of cells (marked as in `reading.cells`) looks like."""
    filled = [cell for cell in cells if cell.strip(" -\t")]
    if not filled:
        return Content(0, 0.0)
    shares = {kind: sum(map(test, filled)) / len(filled) for kind, test in _TESTS.items()}
    niks = [digits for cell in filled if len(digits := _digits(cell)) == 16]
    women = sum(digits[6:8] > "40" for digits in niks) / len(niks) if niks else 0.0
    recent = sum("05" <= digits[10:12] <= "35" for digits in niks) / len(niks) if niks else 0.0
    return Content(len(filled), len(set(filled)) / len(filled), shares, women, recent)


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

"""What can be checked in a NIK, the number of a person in the civil registry (PP 40/2019).

Sixteen digits: province 2, regency or city 2, district 2 (all as at first registration),
birth date ddmmyy with 40 added to a woman's day, serial 4. There is no check digit, so
that nothing here proves that a NIK was ever issued. Cleaning is for `rosters`.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["L", "P"]
NikFault = Literal[
    "nik_missing", "nik_length", "nik_not_numeric", "nik_date_invalid", "nik_region_unknown"
]

# Kemendagri's codes, with 54 for Timor Timur (to 1999): a NIK never changes, a province may go.
_PROVINCES_BY_ISLANDS = (
    "11 12 13 14 15 16 17 18 19 21",  # Sumatera
    "31 32 33 34 35 36",  # Jawa
    "51 52 53 54",  # Bali, Nusa Tenggara
    "61 62 63 64 65",  # Kalimantan
    "71 72 73 74 75 76",  # Sulawesi
    "81 82",  # Maluku
    "91 92 93 94 95 96",  # Papua
)
PROVINCES = frozenset(code for codes in _PROVINCES_BY_ISLANDS for code in codes.split())
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ASCII_DIGITS = frozenset("0123456789")


def nik_fault(text: str) -> NikFault | None:
    """The first fault of a NIK as cleaned, or None where nothing speaks against it."""
    if not text:
        return "nik_missing"
    if len(text) != 16:
        return "nik_length"
    if not _ASCII_DIGITS.issuperset(text):
        return "nik_not_numeric"
    if not _date_can_be(text):
        return "nik_date_invalid"
    if text[:2] not in PROVINCES:
        return "nik_region_unknown"
    return None


def _date_can_be(digits: str) -> bool:
    day, month, year = int(digits[6:8]) % 40, int(digits[8:10]), int(digits[10:12])
    if int(digits[6:8]) > 71 or not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
        return False
    return (month, day) != (2, 29) or year % 4 == 0


class NikError(ValueError):
    """A text that cannot be a NIK; `fault` says why."""

    def __init__(self, fault: NikFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Nik:
    """A text that can be a NIK. Raises NikError otherwise. Its repr is masked."""

    digits: str

    def __post_init__(self) -> None:
        if fault := nik_fault(self.digits):
            raise NikError(fault)

    @property
    def province(self) -> str:
        """Where it was first issued, never where the person lives: `35`."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """As first issued: `3577`."""
        return self.digits[:4]

    @property
    def district(self) -> str:
        """As first issued: `357701`."""
        return self.digits[:6]

    @property
    def sex(self) -> Sex:
        """`L` (laki-laki) or `P` (perempuan)."""
        return "P" if int(self.digits[6:8]) > 40 else "L"

    @property
    def serial(self) -> str:
        return self.digits[12:]

    def birth_date(self, *, on: date) -> date:
        """The latest day with these digits that is not after `on`: a century is not written."""
        day, month = int(self.digits[6:8]) % 40, int(self.digits[8:10])
        year = on.year // 100 * 100 + int(self.digits[10:12])
        while not _is_past(year, month, day, on):
            year -= 100
        return date(year, month, day)

    @property
    def masked(self) -> str:
        """Fit for a page: the first six and the last two digits."""
        return f"{self.digits[:6]}********{self.digits[14:]}"

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"Nik({self.masked})"


def _is_past(year: int, month: int, day: int, on: date) -> bool:
    if (month, day) == (2, 29) and not isleap(year):
        return False
    return date(year, month, day) <= on

"""What does a month of JKK, JKM and JHT cost for one person?

The tariff of a month follows from segment, sector, fund and risk class; a price is that
tariff of the basis (BPU: the band's, PU: the wage). Prices of many at once: `pricing`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from sertakan.law.book import Book, NotInForce, the_law
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month, share

Segment = Literal["BPU", "PU"]
SEGMENTS = ("BPU", "PU")
SECTORS = ("transport", "other")
FUNDS = ("own", "company", "state_enterprise", "apbn", "apbd", "dbhcht", "village")
RISK_CLASSES = (1, 2, 3, 4, 5)
BASIC = frozenset({"JKK", "JKM"})
WITH_JHT = frozenset({"JKK", "JKM", "JHT"})


@dataclass(frozen=True, slots=True)
class MonthPrice:
    """Whole rupiah for one person and one month."""

    jkk: int
    jkm: int
    jht: int = 0

    @property
    def total(self) -> int:
        return self.jkk + self.jkm + self.jht


@dataclass(frozen=True, slots=True, eq=False)
class Tariff:
    """What of the basis (and of nothing: `jkm_flat`) is due for a month, reliefs included."""

    jkk: Fraction
    jkm: Fraction
    jkm_flat: Fraction
    jht: Fraction
    provisions: tuple[Provision, ...]

    def cited(self, programmes: frozenset[str] = BASIC) -> tuple[Provision, ...]:
        """The provisions of the price, JHT's only where it is asked for."""
        if "JHT" in programmes:
            return self.provisions
        return tuple(each for each in self.provisions if each.name != "bpu/jht/rate")

    def of(self, basis: int, programmes: frozenset[str] = BASIC) -> MonthPrice:
        """The price on a basis in rupiah; half a rupiah rounds up, once for each programme."""
        return MonthPrice(
            jkk=share(basis, self.jkk),
            jkm=share(basis, self.jkm) + share(1, self.jkm_flat),
            jht=share(basis, self.jht) if "JHT" in programmes else 0,
        )


class _Reader:
    """Reads the book for one month and keeps what it read."""

    def __init__(self, book: Book, month: Month) -> None:
        self.book, self.on = book, month.first_day
        self.read: list[Provision] = []

    def value(self, name: str) -> Any:
        """The value in force on the first of the month. Raises NotInForce."""
        provision = self.book.in_force(name, self.on)
        self.read.append(provision)
        return provision.value

    def or_none(self, name: str) -> Any:
        """The value, or None where there is none that month."""
        return self.value(name) if self.book.find(name, self.on) else None


@lru_cache(maxsize=100_000)
def _tariff(
    book: Book, segment: Segment, month: Month, sector: str, fund: str, risk_class: int
) -> Tariff:
    reader = _Reader(book, month)
    rates = _bpu_rates(reader) if segment == "BPU" else _pu_rates(reader, risk_class)
    due = _part_due(reader, segment, sector, fund)
    jkk, jkm, jkm_flat, jht = rates
    return Tariff(jkk * due, jkm * due, jkm_flat * due, jht, tuple(reader.read))


def tariff(
    *,
    segment: Segment,
    month: Month,
    sector: str = "other",
    fund: str = "own",
    risk_class: int = 1,
    book: Book | None = None,
) -> Tariff:
    """The tariff of a contribution month. Raises NotInForce before July 2015."""
    return _tariff(book or the_law(), segment, month, sector, fund, risk_class)


def _bpu_rates(reader: _Reader) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """PP 44/2015 Lampiran II: JKK of the band's basis, JKM the same for all."""
    jkk = reader.value("bpu/jkk/rate")
    flat = Fraction(reader.value("bpu/jkm/flat"))
    return jkk, Fraction(0), flat, reader.value("bpu/jht/rate")


def _pu_rates(reader: _Reader, risk_class: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """PP 44/2015 Lampiran I: JKK by risk class and JKM, both of the wage."""
    jkk = reader.value(f"pu/jkk/rate/{risk_class}")
    return jkk, reader.value("pu/jkm/rate"), Fraction(0), Fraction(0)


def _part_due(reader: _Reader, segment: Segment, sector: str, fund: str) -> Fraction:
    """The part of JKK and JKM still due under a relief of that contribution month."""
    covid = reader.or_none(f"{segment.lower()}/relief/covid/multiplier")
    if covid is not None:
        return Fraction(covid)
    if (
        segment != "BPU"
        or reader.book.find(f"bpu/relief/pp50/{sector}/multiplier", reader.on) is None
    ):
        return Fraction(1)
    if not _relief_reaches(reader, fund):
        return Fraction(1)
    return Fraction(reader.value(f"bpu/relief/pp50/{sector}/multiplier"))


def _relief_reaches(reader: _Reader, fund: str) -> bool:
    """PP 50/2025: not what APBN or APBD pays; the funds that it does not name are open."""
    if fund in ("apbn", "apbd"):
        return not reader.value("bpu/relief/pp50/excludes_apbn_apbd")
    if fund in ("state_enterprise", "dbhcht", "village"):
        return bool(reader.value(f"bpu/relief/pp50/funds/{fund}"))
    return True


@dataclass(frozen=True, slots=True)
class Band:
    """A row of the BPU income table: its number from 1 and its basis in rupiah."""

    number: int
    income_from: int
    basis: int


def bands(on: date, book: Book | None = None) -> tuple[Band, ...]:
    """The BPU income table in force on a day, lowest first. Raises NotInForce."""
    return _bands((book or the_law()).in_force("bpu/wage_bands", on))


@lru_cache(maxsize=1_000)
def _bands(provision: Provision) -> tuple[Band, ...]:
    rows: tuple[Mapping[str, int], ...] = provision.value
    return tuple(
        Band(number, row["income_from"], row["basis"]) for number, row in enumerate(rows, 1)
    )


@lru_cache(maxsize=1_000)
def _lower_limits(provision: Provision) -> tuple[int, ...]:
    return tuple(band.income_from for band in _bands(provision))


def band_of(income: int, on: date, book: Book | None = None) -> Band:
    """The band with the greatest lower limit not above a monthly income in rupiah."""
    return band_in((book or the_law()).in_force("bpu/wage_bands", on), income)


def band_in(table: Provision, income: int) -> Band:
    """The band of an income in one version of the table."""
    return _bands(table)[bisect_right(_lower_limits(table), income) - 1]


def price(
    *,
    segment: Segment,
    month: Month,
    income: int | None = None,
    wage: int | None = None,
    sector: str = "other",
    fund: str = "own",
    risk_class: int | None = None,
    programmes: frozenset[str] = BASIC,
    book: Book | None = None,
) -> MonthPrice:
    """What one person's month costs, in whole rupiah.

    BPU: `income` (any in the band), `sector`, `fund`. PU: `wage`, `risk_class` 1-5.
    Raises NotInForce before July 2015 and ValueError where the basis is not given.
    """
    law = book or the_law()
    if segment == "BPU":
        if income is None:
            raise ValueError("a BPU month is priced by income")
        basis = band_of(income, month.first_day, law).basis
        return _tariff(law, "BPU", month, sector, fund, 1).of(basis, programmes)
    if wage is None or risk_class is None:
        raise ValueError("a PU month is priced by wage and risk class")
    return _tariff(law, "PU", month, "other", "own", risk_class).of(wage)


__all__ = [
    "BASIC", "FUNDS", "RISK_CLASSES", "SECTORS", "SEGMENTS", "WITH_JHT", "Band", "MonthPrice",
    "NotInForce", "Segment", "Tariff", "band_in", "band_of", "bands", "price", "tariff",
]  # fmt: skip

"""A calendar month, and how months and years are counted from day to day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sertakan.vocabulary.periods import Period

_WRITTEN = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `2026-11`. Ordered in time; add and subtract months."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1 <= self.year <= 9999:
            raise ValueError(f"{self.year:04d}-{self.month:02d} is not a month")

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written `YYYY-MM`. Raises ValueError for anything else."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(f"{text!r} is not a month written YYYY-MM")
        return cls(int(written[1]), int(written[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The month with that number in `Month.ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def ordinal(self) -> int:
        """Months counted in one row, so that their difference is a number of months."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def period(self) -> Period:
        """Its days."""
        return Period.through(self.first_day, self.last_day)

    def __contains__(self, day: date) -> bool:
        return self.year == day.year and self.month == day.month

    def __add__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> Month:
        return Month.from_ordinal(self.ordinal - months)

    def since(self, other: Month) -> int:
        """Months from `other` to this one: 1 for the month after it, negative before it."""
        return self.ordinal - other.ordinal

    def through(self, last: Month) -> Iterator[Month]:
        """This month and each one after it up to and including `last`; none if it is earlier."""
        for ordinal in range(self.ordinal, last.ordinal + 1):
            yield Month.from_ordinal(ordinal)

    def count(self, months: int) -> Iterator[Month]:
        """This month and those after it, so many in all."""
        for ordinal in range(self.ordinal, self.ordinal + months):
            yield Month.from_ordinal(ordinal)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where it has no such day."""
    month = Month.of(day) + months
    return date(month.year, month.month, min(day.day, month.last_day.day))


def elapsed_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`, clipped to month ends; 0 where `end` is earlier.

    From 31 January one month has gone by on 28 February (29 in a leap year).
    """
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    complete = end.day >= start.day or end.day == monthrange(end.year, end.month)[1]
    return months if complete else months - 1


def age(born_on: date, on: date) -> int:
    """Full years of age on a day. Who was born on 29 February has the birthday on 1 March
    in a year without one. Negative before birth."""
    had_birthday = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (0 if had_birthday else 1)


def birthday(born_on: date, years: int) -> date:
    """The day on which someone turns `years`; 1 March for 29 February in a common year."""
    year = born_on.year + years
    if (born_on.month, born_on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return born_on.replace(year=year)

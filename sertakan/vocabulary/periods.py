"""From which day to which day? Settled once, so that nothing is a day wide of the mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` up to, but not including, `end`.

    No `end` means that it still runs. Half-open, so that a period which ends on
    1 May and one which starts on 1 May touch and never overlap.
    Raises ValueError where `end` is before `start`.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def through(cls, first: date, last: date) -> Period:
        """The days from `first` to `last`, both counted."""
        return cls(first, last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def __iter__(self) -> Iterator[date]:
        """Each day in turn; without an `end` this never stops."""
        day = self.start
        while self.end is None or day < self.end:
            yield day
            day += timedelta(days=1)

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def days(self) -> int | None:
        """How many days, or None while it still runs."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def last(self) -> date | None:
        """The last day counted, or None while it still runs (or holds no day)."""
        return None if self.end is None or self.is_empty else self.end - timedelta(days=1)

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return self.intersection(other) is not None

    def intersection(self, other: Period) -> Period | None:
        """The days that lie in both, or None where there is none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        if end is not None and end <= start:
            return None
        return Period(start, end)

    def __str__(self) -> str:
        return f"[{self.start}, {self.end or ''})"

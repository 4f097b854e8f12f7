"""Which days are working days in Indonesia?

Monday to Friday without public holidays, from the `holidays` library. Joint leave (cuti
bersama) and holidays that are only estimated are as the book has them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from sertakan.law.decisions import Case

LAST_YEAR = 2099
_DAY = timedelta(days=1)
_SHIFT = {"as_estimated": 0, "a_day_earlier": -1, "a_day_later": 1}


def due_after(case: Case, day: date, working_days: int) -> date:
    """The day that is so many working days after `day`. Raises ValueError past 2099."""
    plainly = _due(day, working_days, joint_leave=False, shift=0)
    with_leave = _due(day, working_days, joint_leave=True, shift=0)
    leave_counts = True
    if with_leave != plainly:
        leave_counts = case.law("calendar/joint_leave_is_working", day)
    due = plainly if leave_counts else with_leave
    if any(_estimated(each) for each in _days(day - _DAY, due + _DAY)):
        shift = _SHIFT[case.law("calendar/estimated_holidays", day)]
        due = _due(day, working_days, joint_leave=not leave_counts, shift=shift)
    return due


def _due(day: date, working_days: int, *, joint_leave: bool, shift: int) -> date:
    left = working_days
    while left:
        day += _DAY
        if day.year > LAST_YEAR:
            raise ValueError(f"no holidays are known after {LAST_YEAR}")
        left -= is_working_day(day, joint_leave=joint_leave, shift=shift)
    return day


def _days(first: date, last: date) -> list[date]:
    return [first + _DAY * number for number in range((last - first).days + 1)]


def is_working_day(day: date, *, joint_leave: bool = False, shift: int = 0) -> bool:
    """Whether people work on that day; with `joint_leave` its days are free too, and
    estimated holidays lie `shift` days off."""
    return not (
        day.weekday() >= 5
        or day in _certain(day.year)
        or _estimated(day - _DAY * shift)
        or (joint_leave and day in _leave(day.year))
    )


def _estimated(day: date) -> bool:
    return day in _all(day.year) and day not in _certain(day.year)


@cache
def _holidays(year: int, category: str) -> dict[date, str]:
    import holidays  # takes a moment, and only deadlines need it

    found = holidays.country_holidays("ID", years=year, categories=(category,), language="en_US")
    return dict(found.items())


@cache
def _all(year: int) -> frozenset[date]:
    return frozenset(_holidays(year, "public"))


@cache
def _certain(year: int) -> frozenset[date]:
    public = _holidays(year, "public")
    return frozenset(day for day, name in public.items() if "(estimated)" not in name)


@cache
def _leave(year: int) -> frozenset[date]:
    return frozenset(_holidays(year, "government"))

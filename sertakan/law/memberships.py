"""Replaying payments into memberships: when each began, what is paid in it, when it ended.

Months are counted as ordinals (`Month.ordinal`) here, because a claim replays them often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sertakan.vocabulary import add_months

if TYPE_CHECKING:
    from sertakan.law.cover import Payment, Rules


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """How contribution months lie in days.

    `starts`: the first day that a paid month covers. `unpaid_from`: the first day on which a
    month that is not paid counts as unpaid. `month_on`: the month in which a day lies.
    """

    starts: Callable[[int], date]
    unpaid_from: Callable[[int], date]
    month_on: Callable[[date], int]


@dataclass(slots=True)
class Membership:
    """A run of cover: its first day and month, its paid months, and the last paid month once
    the law has ended it. Up to the month `run` no gap is too long; before `sound_until` it
    cannot have lapsed."""

    start: date
    first: int
    paid: set[int]
    run: int
    end: int | None = None
    sound_until: date = date.min


@lru_cache(maxsize=10_000)
def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


CALENDAR_MONTHS = Calendar(starts=_first_day, unpaid_from=_first_day, month_on=_month_of)


@lru_cache(maxsize=100)
def pu_calendar(due_day: int) -> Calendar:
    """Wage earners pay by the due day of the following month and are unpaid only after it."""

    @lru_cache(maxsize=10_000)
    def unpaid_from(month: int) -> date:
        return _first_day(month + 1) + timedelta(days=due_day)

    return Calendar(starts=_first_day, unpaid_from=unpaid_from, month_on=_month_of)


@lru_cache(maxsize=10_000)
def months_from_day(accepted_on: date) -> Calendar:
    """Each month begins on the day number of acceptance, clipped to month ends."""

    @lru_cache(maxsize=1_000)
    def starts(month: int) -> date:
        return add_months(accepted_on, month - _month_of(accepted_on))

    def month_on(day: date) -> int:
        month = _month_of(day)
        return month if starts(month) <= day else month - 1

    return Calendar(starts=starts, unpaid_from=starts, month_on=month_on)


Received = tuple[tuple[date, frozenset[int]], ...]


def by_day(payments: Iterable[Payment]) -> Received:
    """The months (ordinals) received on each day, in the order of the days."""
    received: dict[date, set[int]] = {}
    for payment in payments:
        received.setdefault(payment.paid_on, set()).update(
            [month.ordinal for month in payment.months]
        )
    return tuple((day, frozenset(received[day])) for day in sorted(received))


def replay(law: Rules, accepted_on: date, received: Received, as_of: date) -> list[Membership]:
    """Every membership, oldest first, from what was received in the order of the days."""
    memberships: list[Membership] = []
    member: Membership | None = None
    for paid_on, months in received:
        if not months or (member and _add_to(law, member, paid_on, months)):
            continue
        _lapse(law, memberships, paid_on)
        _receive(law, memberships, accepted_on, paid_on, months)
        member = memberships[-1] if memberships and memberships[-1].end is None else None
        if member:
            _measure(law, member)
    _lapse(law, memberships, as_of)
    return memberships


def _add_to(law: Rules, member: Membership, paid_on: date, months: frozenset[int]) -> bool:
    """Book the usual payment: to a membership that runs, of months that follow on."""
    if paid_on >= member.sound_until:
        member.sound_until = law.lapse_day(member.run)
    first, last = min(months), max(months)
    if not (
        member.start <= paid_on < member.sound_until
        and member.first <= first <= member.run + law.grace_months + 1
    ):
        return False
    member.paid |= months
    if last - first + 1 == len(months):
        member.run = max(member.run, last)
    return True


def _measure(law: Rules, member: Membership) -> None:
    member.run = _end_of_run(member.paid, law.grace_months + 1)
    member.sound_until = law.lapse_day(member.run)


def _lapse(law: Rules, memberships: list[Membership], as_of: date) -> None:
    """End the last membership where, as of a day, too many months in a row are unpaid.

    Months already paid beyond the gap begin a new one: they still cover their days.
    """
    while memberships and memberships[-1].end is None:
        member = memberships[-1]
        last = _last_before_gap(law, member, as_of)
        if last is None:
            return
        member.end = last
        ahead = {month for month in member.paid if month > last}
        member.paid -= ahead
        if ahead:
            first = min(ahead)
            memberships.append(Membership(law.calendar.starts(first), first, ahead, first))


def _last_before_gap(law: Rules, member: Membership, as_of: date) -> int | None:
    if as_of >= member.sound_until:
        _measure(law, member)
    return member.run if as_of >= member.sound_until else None


def _end_of_run(paid: set[int], gap: int) -> int:
    """The last month before the first gap of so many unpaid months, or the last of all."""
    last = max(paid)
    if last - min(paid) + 1 == len(paid):
        return last
    months = sorted(paid)
    return next((one for one, other in pairwise(months) if other - one > gap), last)


def _receive(
    law: Rules,
    memberships: list[Membership],
    accepted_on: date,
    paid_on: date,
    months: frozenset[int],
) -> None:
    """Book a payment: to the membership that runs, or as the beginning of one."""
    if not memberships or (len(memberships) == 1 and memberships[0].end is None):
        _receive_first(law, memberships, accepted_on, paid_on, months)
        return
    member = memberships[-1]
    if member.end is None and member.start <= paid_on:
        member.paid |= {month for month in months if month >= member.first}
        return
    # After a lapse only months from that of the payment on count.
    counted = {month for month in months if month >= law.calendar.month_on(paid_on)}
    if not counted:
        return
    if member.end is None:  # paid ahead, not begun
        counted |= member.paid
        memberships.pop()
    first = min(counted)
    start = max(paid_on, law.calendar.starts(first))
    memberships.append(Membership(start, first, counted, first))


def _receive_first(
    law: Rules,
    memberships: list[Membership],
    accepted_on: date,
    paid_on: date,
    months: frozenset[int],
) -> None:
    """The first membership runs from acceptance within its earliest paid month."""
    accepted = law.calendar.month_on(accepted_on)
    paid = {month for month in months if month >= accepted}
    if not paid:
        return
    first = min(paid)
    if not memberships:
        start = _start(law, accepted_on, first, paid_on)
        memberships.append(Membership(start, first, paid, first))
        return
    member = memberships[0]
    member.paid |= paid
    if first < member.first:
        member.start = _start(law, accepted_on, first, paid_on)
        member.first = first


def _start(law: Rules, accepted_on: date, first: int, paid_on: date) -> date:
    start = max(accepted_on, law.calendar.starts(first))
    return max(start, paid_on) if law.first_from_payment else start

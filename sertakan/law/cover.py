"""Was someone covered on a day, by which payments, and as known on which day?

A paid contribution month covers its calendar month, from the accepted registration in the
first. Up to three consecutive unpaid months are grace; with a fourth the membership ended
with the last paid month, and a later payment begins a new one (Perdir BPJS TK
22/PERDIR.02/072022). Payments are replayed in the order in which they were received.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from sertakan.law.book import Book, the_law
from sertakan.law.contributions import Segment
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month, add_months, elapsed_months

Status = Literal["not_yet", "covered", "grace", "lapsed"]
STATUSES = ("not_yet", "covered", "grace", "lapsed")


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received on a day for contribution months."""

    paid_on: date
    months: tuple[Month, ...]

    def as_facts(self) -> dict[str, Any]:
        return {"paid_on": self.paid_on.isoformat(), "months": [str(each) for each in self.months]}


@dataclass(frozen=True, slots=True)
class Cover:
    """What is promised on a day.

    For `not_yet` and `lapsed` there is no membership: no `member_since`, counts of 0, no
    arrears. `first_member_since` is the first day of the very first membership, if any.
    """

    status: Status
    member_since: date | None = None
    continuous_months: int = 0
    paid_months: int = 0
    paid_through: Month | None = None
    arrears_months: tuple[Month, ...] = ()
    paid_months_ahead: int = 0
    first_member_since: date | None = None

    def as_answer(self) -> dict[str, Any]:
        """In the form of contracts."""
        return {
            "status": self.status,
            "member_since": self.member_since.isoformat() if self.member_since else None,
            "continuous_months": self.continuous_months,
            "paid_months": self.paid_months,
            "paid_through": str(self.paid_through) if self.paid_through else None,
            "arrears_months": [str(month) for month in self.arrears_months],
        }


@dataclass(frozen=True, slots=True)
class CoverEnd:
    """The last day promised if nothing more is paid, and the last on which arrears may still
    be made up. Both None where no membership runs."""

    covered_through: date | None
    grace_through: date | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """How contribution months lie in days, by segment."""

    starts: Callable[[Month], date]
    """The first day that a paid month covers."""
    unpaid_from: Callable[[Month], date]
    """The first day on which the month, not paid, counts as unpaid."""
    month_on: Callable[[date], Month]
    """The contribution month in which a day lies."""


@dataclass(slots=True)
class _Membership:
    start: date
    paid: set[Month]
    first: Month
    end: Month | None = None
    """The last paid month, once four unpaid ones have followed it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The law of cover as read from a book for one segment and acceptance."""

    calendar: Calendar
    grace_months: int
    first_from_payment: bool
    provisions: tuple[Provision, ...]

    def lapse_day(self, last_paid: Month) -> date:
        """The day on which a membership ends if nothing is paid after that month."""
        return self.calendar.unpaid_from(last_paid + self.grace_months + 1)

    def grace_through(self, last_paid: Month) -> date:
        """The last day on which a payment still keeps it."""
        return self.lapse_day(last_paid) - timedelta(days=1)


def rules(segment: Segment, accepted_on: date, on: date, book: Book | None = None) -> Rules:
    """The rules of cover in force on a day. Raises NotInForce before July 2015."""
    law = book or the_law()
    grace = law.in_force(f"{segment.lower()}/arrears/max_months", on)
    if segment == "PU":
        due = law.in_force("pu/payment/due_day", on)
        return Rules(_pu_calendar(due.value), grace.value, False, (grace, due))
    first, month = law.in_force("bpu/cover/first_day", on), law.in_force("bpu/cover/month", on)
    calendar = CALENDAR_MONTHS
    if month.value == "from_day_of_acceptance" and accepted_on > date.min:
        calendar = _from_day(accepted_on)
    return Rules(calendar, grace.value, first.value == "paid_on", (grace, first, month))


def _first_day(month: Month) -> date:
    return month.first_day


CALENDAR_MONTHS = Calendar(starts=_first_day, unpaid_from=_first_day, month_on=Month.of)


def _pu_calendar(due_day: int) -> Calendar:
    """Wage earners pay by the due day of the following month and are unpaid only after it."""

    def unpaid_from(month: Month) -> date:
        return (month + 1).first_day + timedelta(days=due_day)

    return Calendar(starts=_first_day, unpaid_from=unpaid_from, month_on=Month.of)


def _from_day(accepted_on: date) -> Calendar:
    """Each month begins on the day number of acceptance, clipped to month ends."""

    def starts(month: Month) -> date:
        return add_months(accepted_on, month.since(Month.of(accepted_on)))

    def month_on(day: date) -> Month:
        month = Month.of(day)
        return month if starts(month) <= day else month - 1

    return Calendar(starts=starts, unpaid_from=starts, month_on=month_on)


def status(
    *,
    segment: Segment,
    accepted_on: date,
    payments: Sequence[Payment],
    on: date,
    known_on: date | None = None,
    book: Book | None = None,
) -> Cover:
    """Cover on the day `on`, as known on `known_on` (the day of the latest payment if None).

    What is known then includes that months went by unpaid up to `known_on`.
    Raises NotInForce before July 2015.
    """
    return status_under(
        rules(segment, accepted_on, on, book), accepted_on, payments, on=on, known_on=known_on
    )


def status_under(
    law: Rules,
    accepted_on: date,
    payments: Sequence[Payment],
    *,
    on: date,
    known_on: date | None = None,
) -> Cover:
    """The same under rules already read."""
    known = [each for each in payments if known_on is None or each.paid_on <= known_on]
    latest = max((each.paid_on for each in known), default=on)
    as_of = max(on, known_on or latest)
    memberships = _replay(law, accepted_on, known, as_of)
    past = [each for each in memberships if each.start <= on]
    if not past:
        first = memberships[0] if memberships else None
        return Cover("not_yet", paid_through=max(first.paid) if first else None)
    running = past[-1]
    if running.end is not None and on > _last_day(law.calendar, running.end):
        return Cover("lapsed", paid_through=running.end, first_member_since=memberships[0].start)
    return _cover(law, running, on, memberships[0].start)


def _cover(law: Rules, member: _Membership, on: date, first_start: date) -> Cover:
    today = law.calendar.month_on(on)
    unpaid = tuple(
        month
        for month in member.first.through(today)
        if month not in member.paid and law.calendar.unpaid_from(month) <= on
    )
    trailing = bool(unpaid) and unpaid[-1] >= max(
        (month for month in member.paid if month <= today), default=member.first
    )
    return Cover(
        status="grace" if trailing else "covered",
        member_since=member.start,
        continuous_months=elapsed_months(member.start, on),
        paid_months=sum(month <= today for month in member.paid),
        paid_through=max(member.paid),
        arrears_months=unpaid,
        paid_months_ahead=len(member.paid),
        first_member_since=first_start,
    )


def _last_day(calendar: Calendar, month: Month) -> date:
    return calendar.starts(month + 1) - timedelta(days=1)


def _replay(
    law: Rules, accepted_on: date, payments: Iterable[Payment], as_of: date
) -> list[_Membership]:
    """Every membership, oldest first, from payments in the order of their days."""
    received: dict[date, set[Month]] = {}
    for payment in payments:
        received.setdefault(payment.paid_on, set()).update(payment.months)
    memberships: list[_Membership] = []
    for paid_on in sorted(received):
        _lapse(law, memberships, paid_on)
        _receive(law, memberships, accepted_on, paid_on, received[paid_on])
    _lapse(law, memberships, as_of)
    return memberships


def _lapse(law: Rules, memberships: list[_Membership], as_of: date) -> None:
    """End the last membership where, as of a day, four months in a row are unpaid.

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
            memberships.append(_Membership(law.calendar.starts(first), ahead, first))


def _last_before_gap(law: Rules, member: _Membership, as_of: date) -> Month | None:
    paid = sorted(member.paid)
    for month, following in pairwise((*paid, None)):
        assert month is not None
        fourth = month + law.grace_months + 1
        if following is not None and following <= fourth:
            continue
        return month if law.calendar.unpaid_from(fourth) <= as_of else None
    return None


def _receive(
    law: Rules,
    memberships: list[_Membership],
    accepted_on: date,
    paid_on: date,
    months: set[Month],
) -> None:
    """Book a payment: to the membership that runs, or as the beginning of one."""
    calendar = law.calendar
    if not memberships or (len(memberships) == 1 and memberships[0].end is None):
        _receive_first(law, memberships, accepted_on, paid_on, months)
        return
    member = memberships[-1]
    if member.end is None and member.start <= paid_on:
        member.paid |= {month for month in months if month >= member.first}
        return
    # After a lapse only months from that of the payment on count.
    counted = {month for month in months if month >= calendar.month_on(paid_on)}
    if not counted:
        return
    if member.end is None:  # paid ahead, not begun
        counted |= member.paid
        memberships.pop()
    first = min(counted)
    memberships.append(_Membership(max(paid_on, calendar.starts(first)), counted, first))


def _receive_first(
    law: Rules,
    memberships: list[_Membership],
    accepted_on: date,
    paid_on: date,
    months: set[Month],
) -> None:
    """The first membership runs from acceptance within its earliest paid month."""
    paid = {month for month in months if month >= law.calendar.month_on(accepted_on)}
    begun = paid_on
    if memberships:
        paid |= memberships[0].paid
        begun = memberships[0].start
        memberships.clear()
    if not paid:
        return
    first = min(paid)
    start = max(accepted_on, law.calendar.starts(first))
    if law.first_from_payment:
        start = max(start, begun)
    memberships.append(_Membership(start, paid, first))


def cover_until(
    *,
    segment: Segment,
    accepted_on: date,
    payments: Sequence[Payment],
    on: date,
    known_on: date | None = None,
    book: Book | None = None,
) -> CoverEnd:
    """When the cover that runs (or is promised) on `on` ends if nothing more is paid.

    For reminders: `covered_through` is the last day of the months paid without a gap,
    `grace_through` the last day on which a payment still keeps the membership.
    """
    law = rules(segment, accepted_on, on, book)
    known = [each for each in payments if known_on is None or each.paid_on <= known_on]
    latest = max((each.paid_on for each in known), default=on)
    memberships = _replay(law, accepted_on, known, max(on, known_on or latest))
    running = [each for each in memberships if each.end is None]
    if not running:
        return CoverEnd(None, None)
    month = max(running[-1].first, min(running[-1].paid))
    while month + 1 in running[-1].paid:
        month += 1
    return CoverEnd(_last_day(law.calendar, month), law.grace_through(month))

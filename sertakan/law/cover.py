"""Was someone covered on a day, by which payments, and as known on which day?

A paid contribution month covers its calendar month, from the accepted registration in the
first. Up to three consecutive unpaid months are grace; with a fourth the membership ended
with the last paid month, and a later payment begins a new one (Perdir BPJS TK
22/PERDIR.02/072022). Payments are replayed in the order in which they were received.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from sertakan.law.book import Book, the_law
from sertakan.law.contributions import Segment
from sertakan.law.memberships import (
    CALENDAR_MONTHS,
    Calendar,
    Membership,
    Received,
    by_day,
    months_from_day,
    pu_calendar,
    replay,
)
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month, elapsed_months

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


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The law of cover for one segment and acceptance, as read from a book."""

    calendar: Calendar
    grace_months: int
    first_from_payment: bool
    provisions: tuple[Provision, ...]

    def grace_through(self, last_paid: Month) -> date:
        """The last day on which a payment still keeps a membership paid to that month."""
        return self.lapse_day(last_paid.ordinal) - timedelta(days=1)

    def lapse_day(self, last_paid: int) -> date:
        """The day on which a membership ends if nothing is paid after that month (ordinal)."""
        return self.calendar.unpaid_from(last_paid + self.grace_months + 1)


def rules(segment: Segment, accepted_on: date, on: date, book: Book | None = None) -> Rules:
    """The rules of cover in force on a day. Raises NotInForce before July 2015."""
    law = book or the_law()
    grace = law.in_force(f"{segment.lower()}/arrears/max_months", on)
    if segment == "PU":
        return _pu_rules(grace, law.in_force("pu/payment/due_day", on))
    first, month = law.in_force("bpu/cover/first_day", on), law.in_force("bpu/cover/month", on)
    by_acceptance = month.value == "from_day_of_acceptance" and accepted_on > date.min
    return _bpu_rules(grace, first, month, accepted_on if by_acceptance else None)


@lru_cache(maxsize=10_000)
def _pu_rules(grace: Provision, due: Provision) -> Rules:
    return Rules(pu_calendar(due.value), grace.value, False, (grace, due))


@lru_cache(maxsize=10_000)
def _bpu_rules(
    grace: Provision, first: Provision, month: Provision, accepted_on: date | None
) -> Rules:
    calendar = CALENDAR_MONTHS if accepted_on is None else months_from_day(accepted_on)
    return Rules(calendar, grace.value, first.value == "paid_on", (grace, first, month))


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
    return of_received(law, accepted_on, by_day(known), on=on, known_on=known_on)


@lru_cache(maxsize=2_000)
def of_received(
    law: Rules, accepted_on: date, received: Received, *, on: date, known_on: date | None = None
) -> Cover:
    """The same from what was received and is known, by day; kept, for it is asked again when
    a decision is tried under other readings of the law."""
    memberships = replay(law, accepted_on, received, _as_of(received, on, known_on))
    past = [each for each in memberships if each.start <= on]
    if not past:
        return Cover("not_yet", paid_through=_last_paid(memberships[0]) if memberships else None)
    running = past[-1]
    if running.end is not None and on > _last_day(law.calendar, running.end):
        return Cover(
            "lapsed",
            paid_through=Month.from_ordinal(running.end),
            first_member_since=memberships[0].start,
        )
    return _cover(law, running, on, memberships[0].start)


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
    received = by_day(each for each in payments if known_on is None or each.paid_on <= known_on)
    memberships = replay(law, accepted_on, received, _as_of(received, on, known_on))
    if not memberships or memberships[-1].end is not None:
        return CoverEnd(None, None)
    month = memberships[-1].first
    while month + 1 in memberships[-1].paid:
        month += 1
    return CoverEnd(_last_day(law.calendar, month), law.lapse_day(month) - timedelta(days=1))


def _as_of(received: Received, on: date, known_on: date | None) -> date:
    latest = received[-1][0] if received else on
    return max(on, known_on or latest)


def _cover(law: Rules, member: Membership, on: date, first_start: date) -> Cover:
    today = law.calendar.month_on(on)
    paid = [month for month in member.paid if month <= today]
    unpaid = _unpaid(law, member, today, on) if len(paid) < today - member.first + 1 else []
    behind = bool(unpaid) and unpaid[-1] > max(paid, default=member.first)
    return Cover(
        status="grace" if behind else "covered",
        member_since=member.start,
        continuous_months=elapsed_months(member.start, on),
        paid_months=len(paid),
        paid_through=_last_paid(member),
        arrears_months=tuple(Month.from_ordinal(month) for month in unpaid),
        paid_months_ahead=len(member.paid),
        first_member_since=first_start,
    )


def _unpaid(law: Rules, member: Membership, today: int, on: date) -> list[int]:
    return [
        month
        for month in range(member.first, today + 1)
        if month not in member.paid and law.calendar.unpaid_from(month) <= on
    ]


def _last_paid(member: Membership) -> Month:
    return Month.from_ordinal(max(member.paid))


def _last_day(calendar: Calendar, month: int) -> date:
    return calendar.starts(month + 1) - timedelta(days=1)

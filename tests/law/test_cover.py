"""Cover, told day by day from the words of the contract, against the replay of the law."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sertakan.law.book import published
from sertakan.law.cover import Payment, cover_until, status
from sertakan.vocabulary import Month, elapsed_months

BOOK = published()
START, END = date(2022, 1, 1), date(2024, 6, 30)
days = st.dates(START, END)


@st.composite
def some_payments(draw):
    found = []
    for _ in range(draw(st.integers(0, 5))):
        paid_on = draw(days)
        first = Month.of(paid_on) + draw(st.integers(-4, 4))
        found.append(Payment(paid_on, tuple(first.count(draw(st.integers(0, 7))))))
    return found


class Walk:
    """A member walking through every day: naive, slow, and close to the words."""

    def __init__(self, accepted_on):
        self.accepted_on = accepted_on
        self.start, self.paid = None, set()
        self.ended = []  # (first day, last day, paid months) of memberships that are over

    def begin_day(self, day):
        """Before anything is received, four unpaid months end the membership."""
        while self.start is not None and (last := self.gap(Month.of(day))) is not None:
            self.ended.append((self.start, last.last_day, {m for m in self.paid if m <= last}))
            self.paid = {m for m in self.paid if m > last}
            ahead = min(self.paid, default=None)
            self.start = ahead.first_day if ahead else None

    def gap(self, now):
        """The last paid month before four unpaid ones of which the fourth has begun."""
        for month in sorted(self.paid):
            if all(month + n not in self.paid for n in (1, 2, 3, 4)) and month + 4 <= now:
                return month
        return None

    def receive(self, payment):
        earliest = self.earliest_counted(payment.paid_on)
        self.paid |= {month for month in payment.months if month >= earliest}
        if not self.paid:
            return
        first = min(self.paid).first_day
        if not self.ended:
            self.start = max(self.accepted_on, first)
        elif self.start is None or self.start > payment.paid_on:
            self.start = max(payment.paid_on, first)

    def earliest_counted(self, paid_on):
        if not self.ended:
            return Month.of(self.accepted_on)
        running = self.start is not None and self.start <= paid_on
        return Month.of(self.start if running else paid_on)

    def seen(self, on):
        """Status, first day and number of paid months on a day."""
        running = [(self.start, date.max, self.paid)] if self.start else []
        for first, last, paid in [*self.ended, *running]:
            if first <= on <= last:
                months = [month for month in paid if month <= Month.of(on)]
                return "covered" if Month.of(on) in paid else "grace", first, len(months)
        begun = any(first <= on for first, _, _ in self.ended)
        return "lapsed" if begun else "not_yet", None, 0


def day_by_day(accepted_on, payments, on, as_of):
    walk = Walk(accepted_on)
    day = START - timedelta(days=1)
    while day <= as_of:
        walk.begin_day(day)
        for payment in payments:
            if payment.paid_on == day:
                walk.receive(payment)
        day += timedelta(days=1)
    walk.begin_day(as_of)  # what the last payment, far too late, could not mend
    return walk.seen(on)


@settings(max_examples=60)
@given(days, some_payments(), days, st.none() | days)
def test_the_replay_agrees_with_walking_through_every_day(accepted_on, payments, on, known_on):
    known = [each for each in payments if known_on is None or each.paid_on <= known_on]
    as_of = max([on, *([known_on] if known_on else []), *(each.paid_on for each in known)])

    found = status(
        segment="BPU",
        accepted_on=accepted_on,
        payments=payments,
        on=on,
        known_on=known_on,
        book=BOOK,
    )

    walked = day_by_day(accepted_on, known, on, as_of)
    assert (found.status, found.member_since, found.paid_months) == walked
    if found.member_since is not None:
        assert found.continuous_months == elapsed_months(found.member_since, on)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 28), "covered"),
        (date(2026, 3, 15), "covered"),  # February is due on 15 March
        (date(2026, 3, 16), "grace"),
        (date(2026, 6, 15), "grace"),
        (date(2026, 6, 16), "lapsed"),
    ],
)
def test_a_wage_earners_month_is_unpaid_from_the_16th_of_the_next(on, expected):
    paid = [Payment(date(2026, 1, 10), (Month(2026, 1),))]

    found = status(segment="PU", accepted_on=date(2026, 1, 10), payments=paid, on=on, book=BOOK)

    assert found.status == expected


def test_when_cover_ends_if_nothing_more_is_paid():
    paid = [Payment(date(2026, 1, 10), tuple(Month(2026, 1).count(6)))]

    def until(on, segment="BPU"):
        end = cover_until(
            segment=segment, accepted_on=date(2026, 1, 10), payments=paid, on=on, book=BOOK
        )
        return end.covered_through, end.grace_through

    assert until(date(2026, 2, 1)) == (date(2026, 6, 30), date(2026, 9, 30))
    assert until(date(2026, 9, 30)) == (date(2026, 6, 30), date(2026, 9, 30))
    assert until(date(2026, 10, 1)) == (None, None)
    assert until(date(2026, 2, 1), "PU") == (date(2026, 6, 30), date(2026, 11, 15))


def test_a_month_left_out_ends_the_promise_before_it():
    paid = [Payment(date(2026, 1, 10), (Month(2026, 1), Month(2026, 3)))]

    end = cover_until(
        segment="BPU", accepted_on=date(2026, 1, 10), payments=paid, on=date(2026, 1, 20), book=BOOK
    )

    assert end.covered_through == date(2026, 1, 31)

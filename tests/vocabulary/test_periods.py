from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.vocabulary import Period

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
days = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def test_the_first_day_lies_in_it_and_its_end_does_not():
    may = Period(MAY, JUNE)

    assert (MAY in may, date(2026, 5, 31) in may, JUNE in may) == (True, True, False)
    assert (may.days, may.last) == (31, date(2026, 5, 31))


def test_two_that_touch_do_not_overlap():
    assert not Period(MAY, JUNE).overlaps(Period(JUNE, JULY))
    assert Period(MAY, date(2026, 6, 2)).overlaps(Period(JUNE, JULY))


def test_one_without_an_end_still_runs():
    running = Period(MAY)

    assert date(2099, 1, 1) in running
    assert (running.days, running.last) == (None, None)
    assert running.intersection(Period(JUNE)) == Period(JUNE)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Period(JUNE, MAY)


def test_a_period_without_a_day_holds_none():
    nothing = Period(MAY, MAY)

    assert (nothing.is_empty, nothing.days, list(nothing)) == (True, 0, [])
    assert not nothing.overlaps(Period(MAY, JUNE))


@given(days, days, days, days)
def test_what_two_share_is_the_days_in_both(a, b, c, d):
    one, two = Period(*sorted((a, b))), Period(*sorted((c, d)))

    shared = one.intersection(two)

    for day in (a, b, c, d):
        assert (day in one and day in two) == (shared is not None and day in shared)

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.vocabulary import Month, add_months, age, birthday, elapsed_months

days = st.dates(date(1950, 1, 1), date(2060, 1, 1))


def test_a_month_is_read_and_written_the_same_way():
    assert str(Month.parse("2026-09")) == "2026-09"


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-00", "2026-9", "26-09", "2026-09-01", "٢٠٢٦-٠٩", "0000-01", ""]
)
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


def test_months_are_counted_across_the_year():
    november = Month(2026, 11)

    assert november + 3 == Month(2027, 2)
    assert november - 11 == Month(2025, 12)
    assert Month(2027, 2).since(november) == 3
    assert [str(month) for month in november.count(3)] == ["2026-11", "2026-12", "2027-01"]
    assert list(november.through(Month(2026, 10))) == []
    assert Month(2027, 1) > november


def test_a_month_knows_its_days():
    february = Month(2024, 2)

    assert (february.first_day, february.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert date(2024, 2, 29) in february
    assert date(2023, 2, 28) not in february
    assert february.period.days == 29


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2025, 1, 15), date(2025, 4, 14), 2),
        (date(2025, 1, 15), date(2025, 4, 15), 3),
        (date(2025, 1, 15), date(2025, 1, 1), 0),
    ],
)
def test_elapsed_months_are_clipped_to_month_ends(start, end, months):
    assert elapsed_months(start, end) == months


@given(days, st.integers(0, 400))
def test_a_day_so_many_months_later_is_so_many_months_away(day, months):
    later = add_months(day, months)

    assert elapsed_months(day, later) == months


def test_who_was_born_on_29_february_has_the_birthday_on_1_march():
    leapling = date(2008, 2, 29)

    assert age(leapling, date(2026, 2, 28)) == 17
    assert age(leapling, date(2026, 3, 1)) == 18
    assert age(leapling, date(2028, 2, 29)) == 20
    assert birthday(leapling, 18) == date(2026, 3, 1)


@given(days, st.integers(0, 100))
def test_age_turns_on_the_birthday_and_not_before(born_on, years):
    day = birthday(born_on, years)

    assert age(born_on, day) == years
    assert age(born_on, day - date.resolution) == years - 1

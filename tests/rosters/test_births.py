"""Birth dates in every way that offices write them."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.rosters.reading.cells import DAY, NUMBER
from sertakan.rosters.tidying.birth_texts import day_of
from sertakan.rosters.tidying.births import with_birth_dates
from tests.rosters.kudus.spelling import day_in_words

ON = date(2026, 11, 1)

# two figures of a year mean the last hundred years
days = st.dates(ON - timedelta(days=99 * 365), ON)


@given(days, st.integers())
def test_a_day_is_read_however_it_is_spelled(day: date, seed: int) -> None:
    assert day_of(day_in_words(Random(seed), day), on=ON) == day


@given(days)
def test_a_count_of_days_is_read_in_both_epochs(day: date) -> None:
    since_1900 = (day - date(1899, 12, 30)).days
    since_1904 = (day - date(1904, 1, 1)).days
    if since_1904 >= 10_000:
        assert day_of(f"{NUMBER}{since_1900}", on=ON) == day
        assert day_of(f"{NUMBER}{since_1904}", on=ON, epoch_1904=True) == day


@given(st.text(max_size=30))
def test_no_text_brings_it_down(text: str) -> None:
    found = day_of(text, on=ON)

    assert found is None or found <= ON


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Madiun, 15 Juli 1973", date(1973, 7, 15)),
        ("MADIUN 15-07-1973", date(1973, 7, 15)),
        ("15 Djuli 1973", date(1973, 7, 15)),
        ("15 Agusuts 1973", date(1973, 8, 15)),
        ("15 Nopember 1973", date(1973, 11, 15)),
        ("15.07.73", date(1973, 7, 15)),
        ("15-07-08", date(2008, 7, 15)),
        ("15 - 07 - 1973", date(1973, 7, 15)),
        ("15/07//1973", date(1973, 7, 15)),
        ("l5-O7-1973", date(1973, 7, 15)),
        ("15-VII-1973", date(1973, 7, 15)),
        ("July 15, 1973", date(1973, 7, 15)),
        ("15Juli1973", date(1973, 7, 15)),
        ("Minggu, 15 Juli 1973 (53 th)", date(1973, 7, 15)),
        ("1973-07-15T00:00:00", date(1973, 7, 15)),
        ("07/15/1973", date(1973, 7, 15)),  # there is no month 15
        (NUMBER + "15071973", date(1973, 7, 15)),
        (NUMBER + "5071973", date(1973, 7, 5)),  # a number has no leading zero
        (NUMBER + "26860.0", date(1973, 7, 15)),
        ("26860", date(1973, 7, 15)),
        (DAY + "1973-07-15", date(1973, 7, 15)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert day_of(text, on=ON) == day


@pytest.mark.parametrize(
    "text",
    [
        "31-02-1980",
        "00/00/1975",
        "1980",
        "Mei 1980",
        "tidak tahu",
        "32 Juli 1980",
        "15-07-2062",
        "15-07-1080",
        NUMBER + "1980",
        "0",
    ],
)
def test_what_can_be_no_birth_date_is_none(text: str) -> None:
    assert day_of(text, on=ON) is None


def births(texts: list[str], *, column: str = "birth") -> pl.DataFrame:
    blank = [""] * len(texts)
    other = "birth_and_place" if column == "birth" else "birth"
    rows = pl.DataFrame({column: texts, other: blank}).with_columns(
        list=pl.lit("1"), epoch_1904=False
    )
    return with_birth_dates(rows, ON)


def test_a_list_that_writes_the_month_first_is_read_so_throughout() -> None:
    rows = births(["07/15/1973", "12/31/1980", "03/04/1990"])

    assert rows["stated_birth_date"].to_list() == [
        date(1973, 7, 15),
        date(1980, 12, 31),
        date(1990, 3, 4),
    ]


def test_one_slip_does_not_turn_a_list_around() -> None:
    rows = births(["15/07/1973", "12/31/1980", "03/04/1990"])

    assert rows["stated_birth_date"].to_list() == [
        date(1973, 7, 15),
        date(1980, 12, 31),
        date(1990, 4, 3),
    ]


def test_an_empty_cell_or_a_dash_states_nothing() -> None:
    rows = births(["", "-", " – ", "31-02-1980"])

    assert rows["birthdate_invalid"].to_list() == [False, False, False, True]


def test_a_place_without_a_day_states_nothing() -> None:
    rows = births(
        ["Madiun", "Madiun, -", "Madiun,", "Madiun, tidak tahu"], column="birth_and_place"
    )

    assert rows["birthdate_invalid"].to_list() == [False, False, False, True]

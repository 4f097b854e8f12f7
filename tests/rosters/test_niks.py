"""NIK as people type them: cleaned, faults told apart, agreeing with the word `Nik`."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.rosters.reading.cells import NUMBER
from sertakan.rosters.tidying.niks import with_niks
from sertakan.vocabulary import Nik, NikError, nik_fault

ON = date(2026, 11, 1)
GOOD = "3577010506850002"

digits = st.text("0123456789", min_size=16, max_size=16)


def read(cell: str) -> dict[str, object]:
    return with_niks(pl.DataFrame({"nik_cell": [cell]}), ON).row(0, named=True)


@given(st.lists(digits, min_size=1, max_size=20))
def test_sixteen_digits_are_judged_like_the_word_nik(cells: list[str]) -> None:
    rows = with_niks(pl.DataFrame({"nik_cell": cells}), ON)

    assert rows["nik_fault"].to_list() == [nik_fault(cell) for cell in cells]


@given(digits)
def test_what_a_nik_says_of_birth_and_sex_is_read_like_the_word_nik(cell: str) -> None:
    try:
        nik = Nik(cell)
    except NikError:
        return

    row = read(cell)

    assert row["nik"] == cell
    assert row["nik_sex"] == nik.sex
    assert row["nik_birth_date"] == nik.birth_date(on=ON)


@given(st.lists(st.sampled_from(" .-'`\u00a0’ \t"), min_size=1, max_size=8), st.data())
def test_spaces_dots_quotes_and_hyphens_are_cleaned_away(
    marks: list[str], data: st.DataObject
) -> None:
    cell = GOOD
    for mark in marks:
        at = data.draw(st.integers(0, len(cell)))
        cell = cell[:at] + mark + cell[at:]

    row = read(cell)

    assert (row["nik"], row["nik_cleaned"], row["nik_read"]) == (GOOD, True, cell)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("", "nik_missing"),
        ("-", "nik_missing"),
        ("belum ada", "nik_missing"),
        ("???", "nik_missing"),
        ("0", "nik_missing"),
        (NUMBER + "3577010506850000", "nik_precision_lost"),
        (NUMBER + "9177010506850002", "nik_precision_lost"),  # above 2^53
        ("3.57701E+15", "nik_precision_lost"),
        ("3,57701E+15", "nik_precision_lost"),
        ("3,57701e15", "nik_precision_lost"),
        (NUMBER + "357701050685000", "nik_length"),
        ("357701050685000", "nik_length"),
        ("35770105068500021", "nik_length"),
        ("35770105068S00021", "nik_length"),
        ("35770105068S0002", "nik_not_numeric"),
        ("3577013206850002", "nik_date_invalid"),
        ("3577017206850002", "nik_date_invalid"),
        ("3577010513850002", "nik_date_invalid"),
        ("3577013002850002", "nik_date_invalid"),
        ("3577012902850002", "nik_date_invalid"),  # 1985 had no 29 February
        ("9977010506850002", "nik_region_unknown"),
        ("1077010506850002", "nik_region_unknown"),
    ],
)
def test_a_fault_is_told(cell: str, fault: str) -> None:
    assert read(cell)["nik_fault"] == fault


@pytest.mark.parametrize(
    "cell",
    [
        "3577010506850000",  # as text its last digit may well be 0
        NUMBER + "3577010506850002",  # a number that kept its digits
        "5477010506850002",  # Timor Timur was a province
        "3577012902840002",  # 1984 had a 29 February
        "9977010506850002".replace("99", "35", 1),
    ],
)
def test_no_fault_is_seen_where_there_is_none(cell: str) -> None:
    assert read(cell)["nik_fault"] is None


def test_letters_for_digits_are_put_right_and_said() -> None:
    row = read("35770l05O685OOO2")

    assert (row["nik"], row["nik_confusable"], row["nik_cleaned"]) == (
        "3577010506850002".replace("01", "01"),
        True,
        False,
    )


@pytest.mark.parametrize(
    "cell",
    [
        "NIK. 3577010506850002",
        "NIK : 3577 0105 0685 0002",
        '="3577010506850002"',
        "3577010506850002.0",
    ],
)
def test_what_stands_around_a_nik_is_taken_off(cell: str) -> None:
    assert read(cell)["nik"] == GOOD


def test_a_nik_of_an_unknown_province_still_tells_a_birth_date() -> None:
    assert read("9977010506850002")["nik_birth_date"] == date(1985, 6, 5)


def test_of_two_centuries_the_last_that_is_past() -> None:
    assert read("3577010111260002")["nik_birth_date"] == date(2026, 11, 1)
    assert read("3577010211260002")["nik_birth_date"] == date(1926, 11, 2)

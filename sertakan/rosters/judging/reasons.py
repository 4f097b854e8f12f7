"""What speaks against a row, and what was put right in it?

Every reason of a kind is told at once, so that a clerk mends a row once.
"""

from datetime import date, timedelta

import polars as pl

from sertakan.vocabulary import birthday

OLDEST_YEARS = 65  # from this age on a new member is refused
YOUNGEST_YEARS = 18


def with_people(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `birth_date` and `sex` (stated, else from the NIK), with `birth_date_stated`,
    `sex_stated`."""
    return rows.with_columns(
        birth_date_stated=pl.col("stated_birth_date").is_not_null(),
        sex_stated=pl.col("stated_sex").is_not_null(),
        birth_date=_birth_date(),
        sex=pl.coalesce("stated_sex", "nik_sex"),
    )


def _birth_date() -> pl.Expr:
    return pl.coalesce("stated_birth_date", "nik_birth_date")


def with_reasons(
    rows: pl.DataFrame, on: date, covered: pl.DataFrame | None, deaths: pl.DataFrame | None
) -> pl.DataFrame:
    """Add a column of booleans for each reason that the row alone can tell."""
    rows = _flag(rows, covered, "already_covered")
    rows = _flag(rows, deaths, "deceased")
    return rows.with_columns(
        name_missing=pl.col("name") == "",
        over_age=(pl.col("birth_date") <= _born_by(on, OLDEST_YEARS)).fill_null(False),
        under_age=(pl.col("birth_date") > _born_by(on, YOUNGEST_YEARS)).fill_null(False),
        nik_birthdate_mismatch=_birth_dates_differ(),
        nik_sex_mismatch=_sexes_differ(),
        category_unknown=pl.col("category") == "",
    )


def _flag(rows: pl.DataFrame, listed: pl.DataFrame | None, name: str) -> pl.DataFrame:
    if listed is None:
        return rows.with_columns(pl.lit(False).alias(name))
    return rows.with_columns(
        pl.col("nik_digits").is_in(listed["nik"].implode()).fill_null(False).alias(name)
    )


def _born_by(on: date, years: int) -> date:
    """The last birth date of those who are that old on the day."""
    day = date(on.year - years, on.month, min(on.day, 28)) + timedelta(days=4)
    while birthday(day, years) > on:
        day -= timedelta(days=1)
    return day


def _birth_dates_differ() -> pl.Expr:
    """A NIK tells day, month and the last two figures of the year."""
    stated, nik = pl.col("stated_birth_date"), pl.col("nik_birth_date")
    differs = (
        (stated.dt.day() != nik.dt.day())
        | (stated.dt.month() != nik.dt.month())
        | (stated.dt.year() % 100 != nik.dt.year() % 100)
    )
    return (pl.col("nik_fault").is_null() & differs).fill_null(False)


def _sexes_differ() -> pl.Expr:
    return (pl.col("nik_fault").is_null() & (pl.col("stated_sex") != pl.col("nik_sex"))).fill_null(
        False
    )

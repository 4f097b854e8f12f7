"""Birth dates of a whole column: each distinct text is read once."""

from datetime import date

import polars as pl

from sertakan.rosters.tidying.birth_texts import day_of

_BLANK = r"^[\s\-–—_.]*$"
_SOMETHING_AFTER_PLACE = r"\p{L}\s*[,/;:]\s*[^\s\-–—_.]"
_PLACE_BEFORE = r"^[^\d,]*,\s*(\d.*)$"
_TWO_NUMBERS = r"^\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*\d{2,4}\s*$"


def with_birth_dates(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add `stated_birth_date` and `birthdate_invalid` from `birth` (a day) or, where that is no
    column or blank, from `birth_and_place` (a place and a day in one cell).

    Needs `list` (rows of one list are written in one order) and `epoch_1904`.
    """
    rows = rows.with_columns(birth_text=_birth_text())
    rows = rows.join(_month_first(rows), on="list", how="left")
    keys = ["birth_text", "month_first", "epoch_1904"]
    distinct = rows.select(keys).unique().filter(pl.col("birth_text") != "")
    days = [
        day_of(text, on=on, month_first=month_first, epoch_1904=epoch_1904)
        for text, month_first, epoch_1904 in distinct.iter_rows()
    ]
    distinct = distinct.with_columns(stated_birth_date=pl.Series(days, dtype=pl.Date))
    return (
        rows.join(distinct, on=keys, how="left", maintain_order="left")
        .with_columns(
            birthdate_invalid=(pl.col("birth_text") != "") & pl.col("stated_birth_date").is_null()
        )
        .drop("birth_text", "month_first")
    )


def _birth_text() -> pl.Expr:
    day = pl.col("birth")
    both = pl.col("birth_and_place")
    after_place = pl.coalesce(both.str.extract(_PLACE_BEFORE), both).str.strip_chars()
    tells_a_day = both.str.contains(r"\d") | both.str.contains(_SOMETHING_AFTER_PLACE)
    of_both = pl.when(tells_a_day).then(after_place).otherwise(pl.lit(""))
    return pl.when(day.str.contains(_BLANK)).then(of_both).otherwise(day.str.strip_chars())


def _month_first(rows: pl.DataFrame) -> pl.DataFrame:
    """Which lists write the month first: several days say so, and none the contrary."""
    first = pl.col("birth_text").str.extract(_TWO_NUMBERS, 1).cast(pl.UInt8, strict=False)
    second = pl.col("birth_text").str.extract(_TWO_NUMBERS, 2).cast(pl.UInt8, strict=False)
    return rows.group_by("list").agg(
        month_first=((first <= 12) & (second > 12)).sum().gt(1) & (first > 12).sum().eq(0)
    )

"""Which pairs of rows are worth a close look: born on one day, NIKs a slip or two apart.

Polars throughout, so that a million rows are blocked in seconds. A NIK of 16 digits is kept in
64 bits, four to a digit; where two differ, their exclusive-or tells by how many digits.
"""

from collections.abc import Iterator

import polars as pl

SLIPS = 2
EACH_DIGIT = 0x1111111111111111
ROWS_AT_ONCE = 50_000
BLOCKED_BY = (
    "id", "bits", "born", "nik_born", "birth_date_stated", "district", "serial", "name_key", "phone"
)  # fmt: skip


def with_keys(people: pl.DataFrame) -> pl.DataFrame:
    """Adds what the pairs are found by: `bits`, `district`, `serial`, `born` and `nik_born`.

    `born` and `nik_born` are days as a NIK writes them, ddmmyy, without the 40 of women.
    """
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.UInt32)
    return people.with_columns(
        bits=nik.str.to_integer(base=16, dtype=pl.UInt64),
        district=nik.str.slice(0, 6).cast(pl.UInt32),
        serial=nik.str.slice(12, 4).cast(pl.UInt32),
        nik_born=day
        - 40 * (day > 40).cast(pl.UInt32)
        + 100 * nik.str.slice(8, 2).cast(pl.UInt32)
        + 10_000 * nik.str.slice(10, 2).cast(pl.UInt32),
    ).with_columns(
        born=pl.coalesce(
            pl.col("birth_date").dt.day().cast(pl.UInt32)
            + 100 * pl.col("birth_date").dt.month().cast(pl.UInt32)
            + 10_000 * (pl.col("birth_date").dt.year() % 100).cast(pl.UInt32),
            "nik_born",
        )
    )


def candidate_pairs(people: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Pairs `a` < `b` of the numbers in `id`, in shares. Needs `id`, `name_key`, `phone` and what
    `with_keys` adds.

    Born on one day, stated or by the NIK, and the district, the serial, the name or the phone is
    the same too. Where a day is known from the NIK alone, the slip may stand in the day itself:
    then district, serial and two of day, month and year are the same.

    Only rows of one day, or one serial, can meet: they are paired a share at a time, so that the
    memory of a million rows is that of ROWS_AT_ONCE. A pair may come in two shares.
    """
    keys = people.select(
        *BLOCKED_BY,
        day_month=pl.col("nik_born") % 10_000,
        month_year=pl.col("nik_born") // 100,
        day_year=pl.col("nik_born") % 100 + pl.col("nik_born") // 10_000 * 100,
    )
    both_days = pl.concat(
        [
            keys.with_columns(day="born"),
            keys.filter(pl.col("born") != pl.col("nik_born")).with_columns(day="nik_born"),
        ]
    )
    shares = keys.height // ROWS_AT_ONCE + 1
    for share in range(shares):
        yield _on_one_day(both_days.filter(pl.col("day") % shares == share))
        yield _on_a_day_unstated(keys.filter(pl.col("serial") % shares == share))


def _on_one_day(rows: pl.DataFrame) -> pl.DataFrame:
    lazy = rows.lazy()
    found = [
        _pairs(lazy, lazy, ["day", other]) for other in ("district", "serial", "name_key", "phone")
    ]
    return pl.concat(pl.collect_all(found)).unique()


def _on_a_day_unstated(rows: pl.DataFrame) -> pl.DataFrame:
    lazy, unstated = rows.lazy(), rows.lazy().filter(~pl.col("birth_date_stated"))
    found = [
        _pairs(unstated, lazy, ["district", "serial", two])
        for two in ("day_month", "month_year", "day_year")
    ]
    return pl.concat(pl.collect_all(found)).unique()


def _pairs(left: pl.LazyFrame, right: pl.LazyFrame, by: list[str]) -> pl.LazyFrame:
    unlike = pl.col("bits") ^ pl.col("bits_right")
    folded = unlike | (unlike // 2)
    digits = ((folded | (folded // 4)) & EACH_DIGIT).bitwise_count_ones()
    return (
        left.select("id", "bits", *by)
        .join(right.select("id", "bits", *by), on=by)
        .filter(pl.col("id") != pl.col("id_right"), digits <= SLIPS)
        .select(
            a=pl.min_horizontal("id", "id_right"),
            b=pl.max_horizontal("id", "id_right"),
        )
    )

"""Which pairs of rows are worth a close look: born on one day, NIKs a slip or two apart.

Polars throughout, so that a million rows are blocked in seconds. A NIK of 16 digits is kept in
64 bits, four to a digit; where two differ, their exclusive-or tells by how many digits.
"""

import polars as pl

SLIPS = 2
EACH_DIGIT = 0x1111111111111111


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


def candidate_pairs(people: pl.DataFrame) -> pl.DataFrame:
    """Pairs `a` < `b` of the numbers in `id`. Needs `id`, `name_key`, `phone` and what `with_keys`
    adds.

    Born on one day, stated or by the NIK, and the district, the serial, the name or the phone is
    the same too. Where a day is known from the NIK alone, the slip may stand in the day itself:
    then district, serial and two of day, month and year are the same.
    """
    keys = people.lazy().with_columns(
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
    unstated = keys.filter(~pl.col("birth_date_stated"))
    found = [
        _pairs(both_days, both_days, ["day", other])
        for other in ("district", "serial", "name_key", "phone")
    ] + [
        _pairs(unstated, keys, ["district", "serial", two])
        for two in ("day_month", "month_year", "day_year")
    ]
    return pl.concat(pl.collect_all(found, engine="streaming")).unique()


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

"""The NIK of every row: cleaned, its fault if it has one, and what it says of birth and sex.

Agrees with `sertakan.vocabulary.nik_fault` (a test sees to it), but for whole columns.
"""

from datetime import date

import polars as pl

from sertakan.rosters.reading.cells import NUMBER
from sertakan.rosters.reading.sheets import plain_column
from sertakan.vocabulary import PROVINCES

_SCIENTIFIC = r"^\D{0,2}\d([.,]\d+)?\s*[eE]\s*\+?\s*\d{1,3}\D{0,2}$"
_SEPARATORS = r"[\s\p{Z}\p{C}\p{P}\p{Sk}=+]"
_AS_DECIMAL = r"^(\d{16})[.,]0+$"  # how programs write a number as text
_LABEL = r"^(?i:nik|no|ktp|nomor)+"
_CONFUSED = ["O", "o", "l", "I", "|"]
_MEANT = ["0", "0", "1", "1", "1"]
_EXACT_IN_A_DOUBLE = 2**53
_DAYS_IN_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def with_niks(rows: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add to `nik_cell` (marked as in `reading.cells`):

    `nik_read` as read, `nik` the 16 digits of one without fault, `nik_digits` those of any that
    has 16, `nik_fault`, `nik_cleaned`, `nik_confusable`, `nik_birth_date`, `nik_sex`. The latter
    two also from a NIK of an unknown province; the sex moreover as far as the digits of the day
    can be read in a faulty one.
    """
    return (
        rows.with_columns(
            nik_read=plain_column(pl.col("nik_cell")),
            _number=pl.col("nik_cell").str.starts_with(NUMBER),
        )
        .with_columns(_separated=_without_separators())
        .with_columns(_digits=_without_confusion())
        .with_columns(nik_fault=_own_fault(), _can_be_read=_twelve_digits())
        .with_columns(*_birth_parts())
        .with_columns(nik_fault=_fault(), nik_cleaned=_cleaned(), nik_confusable=_confusable())
        .with_columns(
            nik=pl.when(pl.col("nik_fault").is_null()).then(pl.col("_digits")),
            nik_digits=pl.when(pl.col("_digits").str.contains(r"^[0-9]{16}$") & ~_is_lost()).then(
                pl.col("_digits")
            ),
            nik_birth_date=_birth_date(on),
            nik_sex=_sex(),
        )
        .select(pl.exclude("^_.*$"))
    )


def _without_separators() -> pl.Expr:
    text = pl.col("nik_read")
    is_plain = text.str.contains(r"^[0-9]*$")
    cleaned = (
        text.str.normalize("NFKC")
        .str.replace(_AS_DECIMAL, "$1")
        .str.replace_all(_SEPARATORS, "")
        .str.replace(_LABEL, "")
    )
    return pl.when(is_plain).then(text).otherwise(cleaned)


def _without_confusion() -> pl.Expr:
    text = pl.col("_separated")
    has_digits = text.str.count_matches(r"[0-9]") >= 8
    return pl.when(has_digits).then(text.str.replace_many(_CONFUSED, _MEANT)).otherwise(text)


def _own_fault() -> pl.Expr:
    """The faults that do not need its parts."""
    digits = pl.col("_digits")
    length = digits.str.len_chars()
    says_nothing = ~digits.str.contains(r"[0-9]") & ~pl.col("nik_read").str.contains(r"^\S{16}$")
    missing = says_nothing | digits.str.contains(r"^0{1,3}$")
    too_big = digits.cast(pl.UInt64, strict=False) > _EXACT_IN_A_DOUBLE
    lost_as_number = pl.col("_number") & (too_big | ((length == 16) & digits.str.ends_with("0")))
    lost = lost_as_number.fill_null(False) | pl.col("nik_read").str.contains(_SCIENTIFIC)
    return (
        pl.when(missing)
        .then(pl.lit("nik_missing"))
        .when(lost)
        .then(pl.lit("nik_precision_lost"))
        .when(length != 16)
        .then(pl.lit("nik_length"))
        .when(~digits.str.contains(r"^[0-9]{16}$"))
        .then(pl.lit("nik_not_numeric"))
    )


def _twelve_digits() -> pl.Expr:
    in_scientific = pl.col("nik_read").str.contains(_SCIENTIFIC)
    return pl.col("_digits").str.contains(r"^[0-9]{12}") & ~in_scientific


def _birth_parts() -> list[pl.Expr]:
    def part(start: int) -> pl.Expr:
        digits = pl.when(pl.col("_can_be_read")).then(pl.col("_digits").str.slice(start, 2))
        return digits.cast(pl.Int32, strict=False)

    day = part(6)
    return [
        pl.when(day > 40).then(day - 40).otherwise(day).alias("_day"),
        (day > 40).alias("_woman"),
        part(8).alias("_month"),
        part(10).alias("_year"),
    ]


def _is_day() -> pl.Expr:
    day, month = pl.col("_day"), pl.col("_month")
    longest = month.replace_strict(_DAYS_IN_MONTH, default=31, return_dtype=pl.Int32)
    leap_day = (day == 29) & (month == 2)
    return (
        day.is_between(1, longest)
        & month.is_between(1, 12)
        & (~leap_day | (pl.col("_year") % 4 == 0))
    ).fill_null(False)


def _fault() -> pl.Expr:
    province = pl.col("_digits").str.slice(0, 2)
    return (
        pl.when(pl.col("nik_fault").is_not_null())
        .then(pl.col("nik_fault"))
        .when(~_is_day())
        .then(pl.lit("nik_date_invalid"))
        .when(~province.is_in(sorted(PROVINCES)))
        .then(pl.lit("nik_region_unknown"))
    )


def _is_lost() -> pl.Expr:
    return (pl.col("nik_fault") == "nik_precision_lost").fill_null(False)


def _cleaned() -> pl.Expr:
    return ~pl.col("_number") & (pl.col("_separated") != pl.col("nik_read"))


def _confusable() -> pl.Expr:
    return pl.col("_digits") != pl.col("_separated")


def _birth_date(on: date) -> pl.Expr:
    """The latest such day not after `on`: a NIK does not write the century."""
    century = on.year // 100 * 100
    legible = pl.col("nik_fault").is_null() | (pl.col("nik_fault") == "nik_region_unknown")
    year = pl.col("_year") + century

    def day(of_year: pl.Expr) -> pl.Expr:
        valid = pl.when(legible & _is_day())
        exists = (pl.col("_day") != 29) | (pl.col("_month") != 2) | _is_leap(of_year)
        return pl.date(
            valid.then(pl.when(exists).then(of_year)),
            valid.then(pl.col("_month")),
            valid.then(pl.col("_day")),
        )

    past = day(year) <= on
    return pl.when(past).then(day(year)).otherwise(day(year - 100))


def _is_leap(year: pl.Expr) -> pl.Expr:
    return (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))


def _sex() -> pl.Expr:
    legible = pl.col("_day").is_between(1, 40)
    return pl.when(legible).then(pl.when(pl.col("_woman")).then(pl.lit("P")).otherwise(pl.lit("L")))

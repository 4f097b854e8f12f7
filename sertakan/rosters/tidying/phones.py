"""Telephone numbers in one spelling."""

import polars as pl

from sertakan.rosters.reading.sheets import plain_column


def phone_of(cell: pl.Expr) -> pl.Expr:
    """Digits from 0 on: `+62 812-…`, `62812…` and the number 812… become `0812…`; empty for
    none."""
    first = plain_column(cell).str.replace(r"\.0$", "").str.extract(r"([+(]?\d[\d\s().\-]{5,})", 1)
    digits = first.fill_null("").str.replace_all(r"\D", "")
    return (
        pl.when(digits.str.starts_with("62"))
        .then(pl.lit("0") + digits.str.slice(2))
        .when(digits.str.starts_with("8"))
        .then(pl.lit("0") + digits)
        .otherwise(digits)
    )

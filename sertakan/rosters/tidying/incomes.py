"""Monthly income in whole rupiah, where a list tells it."""

import polars as pl

from sertakan.rosters.reading.cells import NUMBER
from sertakan.rosters.reading.sheets import plain_column


def income_of(cell: pl.Expr) -> pl.Expr:
    """Whole rupiah a month from `Rp 1.500.000,-`, `1500000` or `1,5 jt`; null for what is none."""
    text = plain_column(cell).str.to_lowercase()
    whole = (
        text.str.replace(r"[.,]0{1,2}$|,-+$", "")
        .str.replace_all(r"[^\d]", "")
        .cast(pl.Int64, strict=False)
    )
    number = text.str.extract(r"(\d+(?:[.,]\d+)?)", 1).str.replace(",", ".")
    scaled = number.cast(pl.Float64, strict=False)
    millions = text.str.contains(r"\d\s*(juta|jt)")
    thousands = text.str.contains(r"\d\s*(ribu|rb)")
    as_number = text.str.replace(r"\..*", "").cast(pl.Int64, strict=False)
    rupiah = (
        pl.when(cell.str.starts_with(NUMBER))
        .then(as_number)
        .when(millions)
        .then((scaled * 1_000_000).round().cast(pl.Int64))
        .when(thousands)
        .then((scaled * 1_000).round().cast(pl.Int64))
        .otherwise(whole)
    )
    return pl.when(rupiah.is_between(1, 1_000_000_000)).then(rupiah)

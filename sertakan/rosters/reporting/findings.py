"""The findings as CSV, for other programs (contracts 1)."""

from pathlib import Path

import polars as pl

from sertakan.rosters.reporting.safe_text import defused_column

COLUMNS = (
    "file", "sheet", "row", "outcome", "reasons", "fixes", "duplicate_of", "nik", "name",
    "birth_date", "sex", "category", "region",
)  # fmt: skip
_AS_TYPED = ("file", "sheet", "duplicate_of", "nik", "name")


def findings(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract; `nik` as we read it: its digits, or where it has a fault of its
    own, the cell as it is."""
    return rows.with_columns(nik=pl.coalesce("nik", "nik_read")).select(COLUMNS)


def write_findings(rows: pl.DataFrame, path: Path) -> None:
    """Write one line for each person of `Checked.rows`. Raises OSError."""
    table = findings(rows).with_columns(
        *(defused_column(pl.col(name)).alias(name) for name in _AS_TYPED),
        pl.col("sex").fill_null(""),
    )
    table.write_csv(path, date_format="%Y-%m-%d")

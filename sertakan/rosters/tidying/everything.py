"""All that is tidied in the rows of all lists, in the order in which one needs the other."""

from datetime import date

import polars as pl

from sertakan.rosters.finding.raw_rows import RAW
from sertakan.rosters.reading.sheets import plain_column
from sertakan.rosters.tidying.births import with_birth_dates
from sertakan.rosters.tidying.incomes import income_of
from sertakan.rosters.tidying.jobs import with_jobs
from sertakan.rosters.tidying.names import with_names
from sertakan.rosters.tidying.niks import with_niks
from sertakan.rosters.tidying.phones import phone_of
from sertakan.rosters.tidying.places import Places
from sertakan.rosters.tidying.residence import with_regions
from sertakan.rosters.tidying.sexes import with_sexes

_TEXTS = (
    *RAW, "sex", "within_of_title", "region_of_title", "category_of_place", "file", "sheet", "list",
)  # fmt: skip
EMPTY_RAW = pl.DataFrame(
    schema={
        "row": pl.UInt32,
        "at": pl.UInt32,
        **dict.fromkeys(_TEXTS, pl.String),
        "has_job": pl.Boolean,
        "epoch_1904": pl.Boolean,
    }
)


def tidied(rows: pl.DataFrame, on: date, places: Places) -> pl.DataFrame:
    """Raw rows (`finding.raw_rows`) with what was meant by them; the raw cells are dropped."""
    rows = with_niks(rows, on)
    rows = with_birth_dates(rows, on)
    rows = with_sexes(rows)
    rows = with_names(rows)
    rows = with_jobs(rows)
    rows = with_regions(rows, places)
    rows = rows.with_columns(
        address=_address(),
        phone=phone_of(pl.col("phone_cell")),
        mother_name=plain_column(pl.col("mother_cell")).str.strip_chars(),
        income=income_of(pl.col("income_cell")),
    )
    return rows.drop(
        set(RAW),
        "list",
        "has_job",
        "epoch_1904",
        "within_of_title",
        "region_of_title",
        strict=False,
    )


def _address() -> pl.Expr:
    """Street, hamlet, RT and RW in one line."""
    parts = [
        plain_column(pl.col("address_cell")),
        plain_column(pl.col("hamlet")),
        _labelled("RT", plain_column(pl.col("rt"))),
        _labelled("RW", plain_column(pl.col("rw"))),
        _labelled("RT/RW", plain_column(pl.col("rt_rw"))),
    ]
    joined = pl.concat_str(parts, separator=" ")
    return joined.str.replace_all(r"\s+", " ").str.strip_chars()


def _labelled(label: str, text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    number = bare.str.extract(r"^(\d{1,3})$", 1).str.strip_chars_start("0").str.zfill(2)
    short = pl.coalesce(number, bare)
    return (
        pl.when(bare.str.contains(r"[\p{L}\d]"))
        .then(pl.lit(f"{label} ") + short)
        .otherwise(pl.lit(""))
    )

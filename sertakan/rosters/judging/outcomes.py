"""What becomes of each row, and who holds the person's place?

The first acceptable row of a NIK holds the place: files by name, then sheets and rows in order.
Rejected rows and those already covered hold none.
"""

import polars as pl

from sertakan.rosters.linkage.within_import import possible_duplicates

NIK_FAULTS = (
    "nik_missing", "nik_precision_lost", "nik_length", "nik_not_numeric", "nik_date_invalid",
    "nik_region_unknown",
)  # fmt: skip
REJECTED = ("birthdate_invalid", "deceased", "name_missing", "over_age", "under_age")
REVIEW = ("category_unknown", "nik_birthdate_mismatch", "nik_sex_mismatch", "possible_duplicate")
DUPLICATE = ("already_covered", "duplicate_in_import")
REASONS = (*NIK_FAULTS, *REJECTED, *DUPLICATE, *REVIEW)


def with_outcomes(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `outcome`, `reasons`, `fixes`, and `duplicate_of_order` (the `order` of the holder)."""
    rows = _with_holders(rows)
    rows = _with_possible_duplicates(rows)
    review = pl.any_horizontal(REVIEW)
    rows = rows.with_columns(
        outcome=pl.when("is_rejected")
        .then(pl.lit("rejected"))
        .when(pl.col("already_covered") | pl.col("duplicate_in_import"))
        .then(pl.lit("duplicate"))
        .when(review)
        .then(pl.lit("review"))
        .otherwise(pl.lit("accepted"))
    )
    return rows.with_columns(reasons=_reasons(), fixes=_fixes())


def _with_holders(rows: pl.DataFrame) -> pl.DataFrame:
    rejected = pl.col("nik_fault").is_not_null() | pl.any_horizontal(REJECTED)
    rows = rows.with_columns(is_rejected=rejected)
    may_hold = ~pl.col("is_rejected") & ~pl.col("already_covered")
    first = rows.filter(may_hold).group_by("nik").agg(first_order=pl.col("order").min())
    rows = rows.join(first, on="nik", how="left", maintain_order="left")
    return rows.with_columns(
        duplicate_in_import=(may_hold & (pl.col("order") != pl.col("first_order"))).fill_null(
            False
        ),
        is_holder=(may_hold & (pl.col("order") == pl.col("first_order"))).fill_null(False),
    )


def _with_possible_duplicates(rows: pl.DataFrame) -> pl.DataFrame:
    found = possible_duplicates(
        rows.select(
            "order",
            "nik",
            "name",
            "birth_date",
            "birth_date_stated",
            "sex",
            "sex_stated",
            "address",
            "phone",
            "region",
            holder="is_holder",
        )
    )
    rows = rows.join(found, on="order", how="left", maintain_order="left")
    holder = pl.when("duplicate_in_import").then("first_order").otherwise("duplicate_of_order")
    return rows.with_columns(
        possible_duplicate=pl.col("duplicate_of_order").is_not_null(),
        duplicate_of_order=holder,
    ).drop("first_order")


def _reasons() -> pl.Expr:
    """The reasons of the outcome, in alphabetical order."""
    rejected = sorted(("nik", *REJECTED), key=lambda name: "nik_" if name == "nik" else name)
    of_outcome = {
        "rejected": [pl.col("nik_fault") if name == "nik" else _named(name) for name in rejected],
        "duplicate": [
            pl.when("already_covered")
            .then(pl.lit("already_covered"))
            .otherwise(pl.lit("duplicate_in_import"))
        ],
        "review": [_named(name) for name in sorted(REVIEW)],
    }
    joined = pl.lit("")
    for outcome, parts in of_outcome.items():
        text = pl.concat_str(parts, separator=";", ignore_nulls=True)
        joined = pl.when(pl.col("outcome") == outcome).then(text).otherwise(joined)
    return joined


def _named(name: str) -> pl.Expr:
    return pl.when(name).then(pl.lit(name))


def _fixes() -> pl.Expr:
    from_nik = {
        "birthdate_from_nik": ~pl.col("birth_date_stated") & pl.col("nik_birth_date").is_not_null(),
        "nik_cleaned": pl.col("nik_cleaned"),
        "nik_confusable": pl.col("nik_confusable"),
        "sex_from_nik": ~pl.col("sex_stated") & pl.col("nik_sex").is_not_null(),
    }
    parts = [pl.when(condition).then(pl.lit(name)) for name, condition in from_nik.items()]
    fixes = pl.concat_str(parts, separator=";", ignore_nulls=True)
    return (
        pl.when(pl.col("outcome").is_in(["accepted", "review"])).then(fixes).otherwise(pl.lit(""))
    )

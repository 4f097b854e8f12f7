"""Rows of one import that are very likely the person of an earlier row under a mistyped NIK.

Rows with the very same NIK are no matter for this module, and twins are two people. What it
finds is for a person to decide.
"""

from collections.abc import Iterator

import polars as pl

from sertakan.rosters.linkage.candidates import candidate_pairs, with_keys
from sertakan.rosters.linkage.distinct_names import compared, distinct_names, perhaps_alike
from sertakan.rosters.linkage.weights_within_import import Counts, Row, maybe_twins, score

FOUND = {"order": pl.UInt32, "duplicate_of_order": pl.UInt32, "score": pl.Float64}
ONE_FAMILY = 5  # rows with one phone; the phone of more is an office's and says nothing
OPTIONAL = ("sex", "address", "phone", "mother_name")


def possible_duplicates(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The later row, the earlier holder that it doubles, and the score in bits, above zero.

    `rows`: `order` (unique, the order of processing), `holder` (may hold a place), `nik` (16
    digits), `name`, `birth_date` (stated, else from the NIK), `birth_date_stated`, and where
    known `sex` with `sex_stated`, `address`, `phone`, `mother_name`. One line for each later row
    at most: its best match, the earliest of equals.
    """
    people = _people(rows)
    names = distinct_names(people)
    people = people.join(
        names.drop("words", "folded"), on="name", how="left", maintain_order="left"
    )
    shares = [perhaps_alike(share, people) for share in candidate_pairs(people)]
    pairs = pl.concat(shares).unique()
    scored = pl.DataFrame(list(_scored(pairs, people, names)), schema=FOUND, orient="row")
    return scored.sort(
        "order", "score", "duplicate_of_order", descending=[False, True, False]
    ).unique("order", keep="first", maintain_order=True)


def _people(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Holders that can be compared, in order, numbered by `id`."""
    frame = rows.lazy()
    columns = frame.collect_schema().names()
    absent = [pl.lit(None, pl.String).alias(name) for name in OPTIONAL if name not in columns]
    sex_stated = pl.col("sex_stated") if "sex_stated" in columns else pl.lit(False)
    apart = pl.col("name").str.replace_all(r"([a-z])([A-Z][a-z])", "$1 $2")
    digits = pl.col("phone").str.replace_all(r"\D", "").str.replace(r"^(62|0)", "")
    return with_keys(
        frame.with_columns(absent)
        .filter(
            "holder",
            pl.col("nik").str.contains(r"^[0-9]{16}$"),
            pl.col("name").str.contains("[A-Za-z]"),
        )
        .sort("order")
        .with_columns(
            name=apart.str.to_lowercase(),
            sex=pl.when(sex_stated).then("sex"),
            phone=pl.when(digits.str.len_chars() >= 7).then(digits),
        )
        .with_columns(phone=pl.when(pl.len().over("phone") <= ONE_FAMILY).then("phone"))
        .with_row_index("id")
        .collect()
    )


def _scored(
    pairs: pl.DataFrame, people: pl.DataFrame, names: pl.DataFrame
) -> Iterator[tuple[int, int, float]]:
    pairs, comparisons = compared(pairs, people, names)
    counts = _counts(people, names)
    orders = people["order"]
    born_that_day = people.select(pl.len().over("born")).to_series()
    for later, earlier, comparison, born, a, b in zip(
        orders.gather(pairs["b"]),
        orders.gather(pairs["a"]),
        pairs["comparison"],
        born_that_day.gather(pairs["a"]),
        _rows(people, pairs["a"]),
        _rows(people, pairs["b"]),
        strict=True,
    ):
        found = comparisons[comparison]
        bits = score(a, b, found, counts, born)
        if bits > 0 and not maybe_twins(a, b, found, counts):
            yield later, earlier, bits


def _rows(people: pl.DataFrame, numbers: pl.Series) -> Iterator[Row]:
    chosen = people.select(pl.col(Row._fields).gather(numbers))
    return (Row(*row) for row in chosen.iter_rows())


def _counts(people: pl.DataFrame, names: pl.DataFrame) -> Counts:
    words = (
        names.select("rows_named", pl.col("folded").str.split(" ").list.unique())
        .explode("folded")
        .group_by("folded")
        .agg(pl.col("rows_named").sum())
    )
    districts = people.group_by(pl.col("nik").str.head(6)).len()
    return Counts(dict(words.iter_rows()), dict(districts.iter_rows()), people.height)

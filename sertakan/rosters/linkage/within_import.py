"""Rows of one import that are very likely the person of an earlier row under a mistyped NIK.

Rows with the very same NIK are no matter for this module, and twins are two people. What it
finds is for a person to decide.
"""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from sertakan.rosters.linkage.candidates import candidate_pairs, with_keys
from sertakan.rosters.linkage.names import (
    NameComparison,
    NameLevel,
    canonical_words,
    compare_names,
)
from sertakan.rosters.linkage.weights_within_import import Row, WordCounts, maybe_twins, score

FOUND = {"order": pl.UInt32, "duplicate_of_order": pl.UInt32, "score": pl.Float64}
OPTIONAL = ("sex", "address", "phone", "mother_name")
LETTER_BITS = {letter: 1 << i for i, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}


def possible_duplicates(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The later row, the earlier holder that it doubles, and the score in bits, above zero.

    `rows`: `order` (unique, the order of processing), `holder` (may hold a place), `nik` (16
    digits), `name`, `birth_date` (stated, else from the NIK), `birth_date_stated`, and where
    known `sex` with `sex_stated`, `address`, `phone`, `mother_name`. One line for each later row
    at most: its best match, the earliest of equals.
    """
    people = _people(rows)
    names = _names(people)
    people = people.join(names, on="name", how="left", maintain_order="left")
    pairs = _named_alike(candidate_pairs(people), people)
    scored = pl.DataFrame(list(_scored(pairs, people, names)), schema=FOUND, orient="row")
    return scored.sort(
        "order", "score", "duplicate_of_order", descending=[False, True, False]
    ).unique("order", keep="first", maintain_order=True)


def _people(rows: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Holders that can be compared, in order, numbered by `id`."""
    frame = rows.lazy()
    columns = frame.collect_schema().names()
    absent = [pl.lit(None, pl.String).alias(name) for name in OPTIONAL if name not in columns]
    sex = pl.col("sex") if "sex_stated" not in columns else pl.when("sex_stated").then("sex")
    digits = pl.col("phone").str.replace_all(r"\D", "").str.replace(r"^(62|0)", "")
    return with_keys(
        frame.with_columns(absent)
        .filter("holder", pl.col("nik").str.contains(r"^\d{16}$"), pl.col("name").is_not_null())
        .sort("order")
        .with_columns(
            sex=sex if "sex_stated" in columns else pl.lit(None, pl.String),
            phone=pl.when(digits.str.len_chars() >= 7).then(digits),
        )
        .with_row_index("id")
        .collect()
    )


def _names(people: pl.DataFrame) -> pl.DataFrame:
    """Each distinct name: its rows, its key (folded words in any order) and its letters as bits."""
    names = people.group_by("name").len("rows_named")
    words = [canonical_words(name) for name in names["name"]]
    return names.with_row_index("name_id").with_columns(
        name_key=pl.Series([" ".join(sorted(each)) for each in words], dtype=pl.String),
        letters=pl.Series([_letters("".join(each)) for each in words], dtype=pl.UInt32),
    )


def _letters(text: str) -> int:
    return sum(LETTER_BITS[letter] for letter in set(text))


def _named_alike(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Pairs where one name has at most one letter of the alphabet that the other lacks."""
    letters = people["letters"]
    a, b = letters.gather(pairs["a"]), letters.gather(pairs["b"])
    only = pl.DataFrame({"a": a & ~b, "b": b & ~a}).select(
        pl.min_horizontal(pl.all().bitwise_count_ones()) <= 1
    )
    return pairs.filter(only.to_series())


def _scored(
    pairs: pl.DataFrame, people: pl.DataFrame, names: pl.DataFrame
) -> Iterator[tuple[int, int, float]]:
    compared = _compared(pairs, people, names)
    if not compared:
        return
    words = _word_counts(names)
    born_that_day = dict(people.group_by("born").len().iter_rows())
    order, name_id = people["order"], people["name_id"]
    for a_id, b_id in pairs.iter_rows():
        found = compared.get((name_id[a_id], name_id[b_id]))
        if found is None:
            continue
        a, b = _row(people, a_id), _row(people, b_id)
        bits = score(a, b, found, words, born_that_day[a.born])
        if bits > 0 and not maybe_twins(a, b, found, words):
            yield order[b_id], order[a_id], bits


def _compared(
    pairs: pl.DataFrame, people: pl.DataFrame, names: pl.DataFrame
) -> dict[tuple[int, int], NameComparison]:
    """The distinct pairs of names that may be one person's, by their numbers."""
    name_id, name = people["name_id"], names["name"]
    distinct = pl.DataFrame(
        {"a": name_id.gather(pairs["a"]), "b": name_id.gather(pairs["b"])}
    ).unique()
    found = {
        (a, b): compare_names(first, second)
        for a, b, first, second in zip(
            distinct["a"],
            distinct["b"],
            name.gather(distinct["a"]),
            name.gather(distinct["b"]),
            strict=True,
        )
    }
    return {pair: each for pair, each in found.items() if each.level > NameLevel.DIFFERENT}


def _word_counts(names: pl.DataFrame) -> WordCounts:
    counts: Counter[str] = Counter()
    for name, rows in names.select("name", "rows_named").iter_rows():
        for word in set(canonical_words(name)):
            counts[word] += rows
    return WordCounts(counts, sum(names["rows_named"]))


def _row(people: pl.DataFrame, number: int) -> Row:
    return Row(*people.select(Row._fields).row(number))

"""The distinct names of many rows, taken apart once, and which pairs of rows are named alike."""

from collections.abc import Iterable
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_

import polars as pl

from sertakan.rosters.linkage.names import (
    NameComparison,
    NameLevel,
    compare_words,
    fold,
    name_words,
)

PARTS = {
    "words": pl.String,
    "folded": pl.String,
    "name_key": pl.String,
    "letters": pl.UInt64,
    "doubles": pl.UInt64,
}


def distinct_names(people: pl.DataFrame) -> pl.DataFrame:
    """One line for each `name`: `name_id`, its rows, its words as written and folded (a blank
    between), a key that is the same in any order and spacing, its letters and pairs of letters as
    bits."""
    names = people.group_by("name").len("rows_named")
    parts = pl.DataFrame([_parts(name) for name in names["name"]], schema=PARTS, orient="row")
    return pl.concat([names.with_row_index("name_id"), parts], how="horizontal")


def _parts(name: str) -> tuple[str, str, str, int, int]:
    words = name_words(name)
    folded = [fold(word) for word in words]
    letters = doubles = 0
    for word in folded:
        word_letters, word_doubles = letter_bits(word)
        letters |= word_letters
        doubles |= word_doubles
    return " ".join(words), " ".join(folded), "".join(sorted("".join(folded))), letters, doubles


@lru_cache(maxsize=1 << 18)
def letter_bits(word: str) -> tuple[int, int]:
    """Which letters a word has, and which pairs of neighbouring letters (several to a bit)."""
    singles = _either(1 << (ord(letter) - ord("a")) for letter in word)
    doubles = _either(1 << (31 * ord(x) + ord(y)) % 64 for x, y in pairwise(word))
    return singles, doubles


def _either(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def perhaps_alike(pairs: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Pairs where one name has hardly anything that the other lacks: a letter, and no more than
    three of its pairs of letters, nor than three in four."""
    return pairs.filter(
        _hardly_lacking(people["letters"], pairs, most=1),
        _hardly_lacking(people["doubles"], pairs, most=3),
    )


def _hardly_lacking(bits: pl.Series, pairs: pl.DataFrame, most: int) -> pl.Series:
    a, b = bits.gather(pairs["a"]), bits.gather(pairs["b"])
    sides = pl.DataFrame({"a": a, "b": b, "a_only": a & ~b, "b_only": b & ~a}).select(
        pl.all().bitwise_count_ones()
    )
    return sides.select(
        pl.any_horizontal(
            (pl.col(f"{side}_only") <= most) & (4 * pl.col(f"{side}_only") <= 3 * pl.col(side))
            for side in "ab"
        )
    ).to_series()


def compared(
    pairs: pl.DataFrame, people: pl.DataFrame, names: pl.DataFrame
) -> tuple[pl.DataFrame, list[NameComparison]]:
    """The pairs whose names may be one person's; each distinct pair of names compared once.

    `comparison` is the place in the list.
    """
    name_id = people["name_id"]
    words = [tuple(each.split()) for each in names["words"]]
    pairs = pairs.with_columns(name_a=name_id.gather(pairs["a"]), name_b=name_id.gather(pairs["b"]))
    distinct = pairs.select("name_a", "name_b").unique()
    comparisons = [compare_words(*sorted((words[a], words[b]))) for a, b in distinct.iter_rows()]
    alike = pl.Series([each.level > NameLevel.DIFFERENT for each in comparisons], dtype=pl.Boolean)
    numbered = distinct.with_row_index("comparison").filter(alike)
    return pairs.join(numbered, on=["name_a", "name_b"]), comparisons

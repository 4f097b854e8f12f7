"""Man or woman? In any spelling an office may use."""

import re
from functools import lru_cache

import polars as pl

from sertakan.rosters.reading.cells import plain

_MAN = """
    l lk lki laki laki2 lakilaki laklaki lakilki lelaki lelaki2 pria pr1a cowok cowo male man m 1
    bapak putra
"""
_WOMAN = """
    p pr prp pw pwr perempuan prempuan permpuan perempun wanita wnt wanit w cewek cewe female f
    woman 2 ibu putri
"""
_MEN, _WOMEN = frozenset(_MAN.split()), frozenset(_WOMAN.split())


@lru_cache(maxsize=4096)
def sex_of(text: str, *, p_is_man: bool = False) -> str | None:
    """`L`, `P` or None. In a column headed P/W, `P` is pria."""
    word = re.sub(r"[^a-z0-9]", "", plain(text).lower())
    if p_is_man and word == "p":
        return "L"
    if word in _MEN or word.startswith(("lak", "pri")):
        return "L"
    if word in _WOMEN or word.startswith(("per", "wan")):
        return "P"
    return None


def with_sexes(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `stated_sex` from `sex`, each distinct spelling read once for each way of a list."""
    word = pl.col("sex").str.to_uppercase().str.strip_chars()
    ways = rows.group_by("list").agg(
        p_is_man=word.eq("W").any() & word.is_in(["P", "W", "", "-"]).all()
    )
    rows = rows.join(ways, on="list", how="left", maintain_order="left")
    distinct = rows.select("sex", "p_is_man").unique()
    sexes = [sex_of(text, p_is_man=p_is_man) for text, p_is_man in distinct.iter_rows()]
    distinct = distinct.with_columns(stated_sex=pl.Series(sexes, dtype=pl.String))
    return rows.join(distinct, on=["sex", "p_is_man"], how="left", maintain_order="left").drop(
        "p_is_man"
    )

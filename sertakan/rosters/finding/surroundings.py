"""What stands around a list tells of everyone in it: the kelurahan, the category."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sertakan.rosters.finding.lists import RosterList
from sertakan.rosters.tidying.jobs import category_of_title
from sertakan.rosters.tidying.places import Places


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What titles, the sheet's name and the file's name tell; empty where they do not.

    `within`: the district or regency, where a village of that name is to be looked for.
    """

    region: str
    within: str
    category: str


def surroundings_of(roster: RosterList, file: str, places: Places) -> Surroundings:
    """The title is believed before the sheet, the sheet before the file; the nearest title line
    first."""
    folder, _, name = file.rpartition("/")
    stem = name.rpartition(".")[0] or name
    titles = [*reversed(roster.titles), " ".join(roster.titles[-6:])]
    others = [roster.sheet.name, stem, folder]
    texts = titles + others
    within = max(map(places.wider_place_in, texts), key=len)  # a district before a regency
    region = (
        _first(places.village_in(text, within=within) for text in texts)
        or _first(places.village_called(text, within=within) for text in others)
        or _first(places.village_anywhere_in(text, within=within) for text in titles)
    )
    return Surroundings(region, within, _first(map(category_of_title, texts)))


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")


def with_surroundings(
    rows: pl.DataFrame, roster: RosterList, file: str, places: Places
) -> pl.DataFrame:
    """Add `region_of_title`, `within_of_title`, `category_of_place`, `has_job` to the rows of a
    list.

    A heading inside the list (`KELURAHAN X`, `B. KADER`) tells of the rows below it.
    """
    around = surroundings_of(roster, file, places)
    rows = rows.with_columns(
        within_of_title=pl.lit(around.within),
        has_job=pl.lit(roster.column("job") is not None),
        region_of_title=pl.lit(around.region),
        category_of_place=pl.lit(around.category),
    )
    for start, text in roster.parts:
        below = pl.col("at") >= start
        if region := places.village_in(text) or places.village_called(text):
            rows = rows.with_columns(_where(below, region, "region_of_title"))
        if category := category_of_title(text):
            rows = rows.with_columns(_where(below, category, "category_of_place"))
    return rows


def _where(condition: pl.Expr, value: str, column: str) -> pl.Expr:
    return pl.when(condition).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)

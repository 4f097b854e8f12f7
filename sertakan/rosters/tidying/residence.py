"""The kelurahan or desa of every row: from its column, the address, the part of the list it stands
in, the title, the sheet or the file name, in this order.
"""

import polars as pl

from sertakan.rosters.reading.cells import plain
from sertakan.rosters.reading.sheets import plain_column
from sertakan.rosters.tidying.place_words import SPEAKS_OF_A_VILLAGE
from sertakan.rosters.tidying.places import Places


def with_regions(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Add `region` (the dotted code, or empty) from `village_cell`, `district_cell`,
    `address_cell`, and `region_of_title` and `within_of_title`, what the surroundings of the list
    tell."""
    rows = _from_column(rows, places)
    rows = _from_address(rows, places)
    known = [pl.col(name) for name in ("_of_column", "_of_address", "region_of_title")]
    region = pl.coalesce(pl.when(column != "").then(column) for column in known)
    return rows.with_columns(region=region.fill_null(places.only_village)).drop(
        "_of_column", "_of_address"
    )


def _from_column(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    keys = ["village_cell", "district_cell", "within_of_title"]
    distinct = rows.select(keys).unique()
    codes = []
    for village, district, within in distinct.iter_rows():
        inside = places.district_named(plain(district), within=within) or within
        codes.append(places.village_named(plain(village), within=inside) if village else "")
    distinct = distinct.with_columns(_of_column=pl.Series(codes, dtype=pl.String))
    return rows.join(distinct, on=keys, how="left", maintain_order="left")


def _from_address(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    address = plain_column(pl.col("address_cell"))
    asked = (pl.col("_of_column") == "") & address.str.contains(SPEAKS_OF_A_VILLAGE)
    keys = ["_asked", "within_of_title"]
    rows = rows.with_columns(_asked=pl.when(asked).then(address).otherwise(pl.lit("")))
    distinct = rows.select(keys).unique()
    codes = [
        places.village_in(text, within=within) if text else ""
        for text, within in distinct.iter_rows()
    ]
    distinct = distinct.with_columns(_of_address=pl.Series(codes, dtype=pl.String))
    return rows.join(distinct, on=keys, how="left", maintain_order="left").drop("_asked")

"""The people of a list as rows under the names of fields, each cell still as it was typed."""

import polars as pl

from sertakan.rosters.finding.lists import RosterList
from sertakan.rosters.reading.sheets import Sheet, plain_column

# name of the raw column: the fields it may come from
RAW = {
    "nik_cell": "nik",
    "name_cell": "name",
    "birth": "birth_date",
    "birth_and_place": "birth",
    "birth_place": "birth_place",
    "job_cell": "job",
    "job_cell_2": "job_2",
    "address_cell": "address",
    "hamlet": "hamlet",
    "rt": "rt",
    "rw": "rw",
    "rt_rw": "rt_rw",
    "village_cell": "village",
    "district_cell": "district",
    "phone_cell": "phone",
    "mother_cell": "mother",
    "income_cell": "income",
}
_A_FEW = 4
_MAY_BE_MERGED = frozenset({"village", "district", "job", "address", "hamlet", "rt", "rw", "rt_rw"})


def raw_rows(roster: RosterList) -> pl.DataFrame:
    """One row a person: `row`, `at` (its place in the sheet) and the columns of `RAW` and `sex`,
    empty where the list has no such column or cell."""
    cells = roster.sheet.cells.with_row_index("at")
    cells = _merged_filled(roster, cells)
    people = cells.filter(pl.col("at").is_in(roster.people.implode()))
    columns = [pl.col("row"), pl.col("at")]
    for raw, field in RAW.items():
        column = roster.column(field)
        columns.append((pl.col(column) if column else pl.lit("")).alias(raw))
    columns += [_sex(roster).alias("sex"), _birth_in_parts(roster).alias("birth_in_parts")]
    rows = people.select(columns)
    whole = pl.when(pl.col("birth_in_parts") != "").then("birth_in_parts").otherwise("birth")
    rows = rows.with_columns(birth=whole).drop("birth_in_parts")
    return _village_carried_down(rows)


def _sex(roster: RosterList) -> pl.Expr:
    if column := roster.column("sex"):
        return pl.col(column)
    man, woman = roster.column("sex_male"), roster.column("sex_female")
    is_man = pl.col(man).str.contains(_TICK) if man else pl.lit(False)
    is_woman = pl.col(woman).str.contains(_TICK) if woman else pl.lit(False)
    return (
        pl.when(is_man & ~is_woman)
        .then(pl.lit("L"))
        .when(is_woman & ~is_man)
        .then(pl.lit("P"))
        .otherwise(pl.lit(""))
    )


_TICK = r"[^\s\-0.\x1fn]"


def _birth_in_parts(roster: RosterList) -> pl.Expr:
    """A birth date in three columns, day, month, year; empty where it does not stand in all
    three."""
    month, year = roster.column("birth_month"), roster.column("birth_year")
    day = roster.column("birth_day") or roster.column("birth_date")
    if not (day and month and year):
        return pl.lit("")
    parts = [plain_column(pl.col(column)).str.strip_chars() for column in (day, month, year)]
    all_there = pl.all_horizontal(part != "" for part in parts)
    return pl.when(all_there).then(pl.concat_str(parts, separator="-")).otherwise(pl.lit(""))


def _village_carried_down(rows: pl.DataFrame) -> pl.DataFrame:
    """A village that is written once, above its people, where merging cannot be seen (.ods,
    CSV)."""
    village = rows["village_cell"].str.strip_chars()
    blank = (village == "").sum()
    if rows.height < _A_FEW or not village[0] or blank < rows.height / 2:
        return rows
    written = pl.when(village != "").then(village)
    return rows.with_columns(village_cell=written.forward_fill())


def _merged_filled(roster: RosterList, cells: pl.DataFrame) -> pl.DataFrame:
    """What stands in a cell merged over several rows stands in each of them."""
    sheet: Sheet = roster.sheet
    by_place = {column.place: column for column in roster.columns if column.field in _MAY_BE_MERGED}
    filled: dict[int, list[str]] = {}
    for (first, left), (last, _) in sheet.merged:
        if last > first and left in by_place and last < cells.height:
            values = filled.setdefault(left, cells[f"c{left}"].to_list())
            values[first : last + 1] = [values[first]] * (last + 1 - first)
    return cells.with_columns(
        pl.Series(f"c{place}", values, dtype=pl.String) for place, values in filled.items()
    )

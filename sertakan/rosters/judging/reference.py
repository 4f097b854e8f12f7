"""Who is insured already, and who has died: the lists that a roster is checked against."""

from datetime import date
from pathlib import Path

import polars as pl

from sertakan.rosters.reading.file_bytes import read_bytes
from sertakan.rosters.reading.refusals import Unreadable
from sertakan.rosters.reading.text_tables import read_text
from sertakan.rosters.tidying.birth_texts import day_of
from sertakan.rosters.tidying.niks import with_niks

_LAST_DAY = date(2199, 12, 31)  # cover may end in years to come
_USELESS = ("nik_missing", "nik_precision_lost")


class BadReference(Exception):
    """A list that cannot be used; the message names file, line and column."""


def read_covered(path: Path, on: date) -> pl.DataFrame:
    """`nik` of those covered on or after `on`, from a CSV `nik,nama,segmen,sponsor,aktif_sampai`.

    Raises BadReference.
    """
    return _read(path, "aktif_sampai", on).filter(pl.col("day") >= on).select("nik").unique()


def read_deaths(path: Path, on: date) -> pl.DataFrame:
    """`nik` of those dead on `on`, from a CSV `nik,nama,tanggal_meninggal`. Raises BadReference."""
    return read_days_of_death(path, on).select("nik")


def read_days_of_death(path: Path, on: date) -> pl.DataFrame:
    """`nik` and `day` of each death up to `on`; the first where a list tells two for one NIK.

    From a CSV `nik,nama,tanggal_meninggal`. Raises BadReference.
    """
    dead = _read(path, "tanggal_meninggal", on).filter(pl.col("day") <= on)
    return dead.group_by("nik", maintain_order=True).agg(pl.col("day").min())


def read_covers(path: Path, on: date) -> pl.DataFrame:
    """`nik` and `sponsor` (as written) of each cover on or after `on`: one person may have several.

    From a CSV `nik,nama,segmen,sponsor,aktif_sampai`. Raises BadReference.
    """
    covers = _read(path, "aktif_sampai", on, "sponsor").filter(pl.col("day") >= on)
    return covers.select("nik", "sponsor").unique()


def _read(path: Path, day_column: str, on: date, *also: str) -> pl.DataFrame:
    """`nik` (cleaned like those of rosters; as read where faulty), `day` and the columns `also`."""
    frame = _columns(path, ("nik", day_column, *also)).rename({"nik": "nik_cell"})
    frame = with_niks(_with_days(frame, day_column), on)
    _refuse_first(
        path, frame.filter(pl.col("day").is_null()), day_column, "bukan tanggal (TTTT-BB-HH)"
    )
    _refuse_first(path, frame.filter(pl.col("nik_fault").is_in(_USELESS)), "nik_read", "bukan NIK")
    return frame.select(*also, nik=pl.coalesce("nik", "nik_read"), day="day")


def _with_days(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    distinct = frame.select(column).unique()
    days = [day_of(text, on=_LAST_DAY) for text in distinct[column]]
    distinct = distinct.with_columns(day=pl.Series(days, dtype=pl.Date))
    return frame.join(distinct, on=column, how="left", maintain_order="left")


def _refuse_first(path: Path, wrong: pl.DataFrame, column: str, what: str) -> None:
    if not wrong.height:
        return
    row = wrong.row(0, named=True)
    shown = f"“{row[column]}”" if row[column].strip() else "sel kosong"
    name = column.removesuffix("_read")
    raise BadReference(f"{path.name}, baris {row['row']}, kolom {name}: {shown} {what}.")


def _columns(path: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    try:
        cells = read_text(read_bytes(path)).cells
    except Unreadable as refused:
        raise BadReference(f"{path.name}: {refused}") from refused
    cells = cells.filter(pl.any_horizontal(pl.col(pl.String).str.strip_chars() != ""))
    heading = [cell.strip().lower() for cell in cells.drop("row").row(0)] if cells.height else []
    for name in needed:
        if name not in heading:
            raise BadReference(f"{path.name}, baris 1: kolom {name} tidak ada.")
    columns = {name: pl.col(f"c{heading.index(name)}") for name in needed}
    return cells.slice(1).select("row", **columns)

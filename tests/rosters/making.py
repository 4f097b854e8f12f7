"""Small rosters for tests: a list of three, and files made of rows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from sertakan.rosters.check import Checked, check
from sertakan.rosters.reporting.findings import findings
from tests.rosters.kudus.sheets import Cell, SheetToWrite
from tests.rosters.kudus.writing import write_xlsx

ON = date(2026, 11, 1)
HEADINGS = ("No", "NIK", "Nama", "Tanggal Lahir", "L/P", "Pekerjaan", "Kelurahan")
BUDI: tuple[Cell, ...] = (
    1,
    "3577010506850002",
    "Budi Santoso",
    "05-06-1985",
    "L",
    "Petani",
    "Klegen",
)
WATI: tuple[Cell, ...] = (
    2,
    "3577034405760003",
    "Wati Lestari",
    "04-05-1976",
    "P",
    "Kader",
    "Taman",
)


def a_sheet(*rows: Sequence[Cell], name: str = "Data") -> SheetToWrite:
    """A sheet of rows as they are given."""
    return SheetToWrite(name, [list(row) for row in rows])


def a_workbook(path: Path, *rows: Sequence[Cell], name: str = "Data") -> Path:
    """An .xlsx with one sheet of rows."""
    write_xlsx(path, [a_sheet(*rows, name=name)])
    return path


def a_list(path: Path, *people: Sequence[Cell], headings: Sequence[Cell] = HEADINGS) -> Path:
    """An .xlsx with a line of headings and people below it."""
    return a_workbook(path, headings, *people)


def checked_list(folder: Path, *people: Sequence[Cell], **options: object) -> Checked:
    """A list with these people, checked as of `ON` in Kota Madiun."""
    headings = options.pop("headings", HEADINGS)
    a_list(folder / "daftar.xlsx", *people, headings=headings)  # type: ignore[arg-type]
    return check([folder / "daftar.xlsx"], ON, "35.77", **options)  # type: ignore[arg-type]


def found(checked: Checked, *columns: str) -> list[tuple[object, ...]]:
    """These columns of the findings, row by row."""
    return findings(checked.rows).with_columns(pl.col("birth_date")).select(columns).rows()

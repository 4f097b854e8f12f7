"""Rosters of people who do not exist, as large as one likes, the same for the same seed."""

from datetime import date
from pathlib import Path

import polars as pl

from sertakan.vocabulary.regions import regions_within

FIRST = [
    a + b
    for a in ("Su", "Har", "Wi", "Ka", "Mar", "Ro", "Sri", "Tri", "Dwi", "Eko", "Nur", "Yu", "Pur")
    for b in (
        "yanti",
        "tono",
        "darmi",
        "sini",
        "wati",
        "yadi",
        "lestari",
        "jono",
        "manto",
        "ningsih",
    )
]
LAST = [
    a + b
    for a in ("Pra", "Wija", "Sapu", "Hida", "Kusu", "Rama", "Ang", "Seti", "Gun", "Maha", "Uta")
    for b in ("setyo", "ya", "tra", "yat", "mo", "dhani", "graini", "awan", "nawan", "rani")
]
MIDDLE = ["", "", "Budi", "Catur", "Dewi", "Endah", "Fitri", "Galih", "Indah", "Joko", "Krisna"]
JOBS = [
    "Pedagang sayur",
    "Petani",
    "Kader Posyandu",
    "Ketua RT",
    "Linmas",
    "Marbot masjid",
    "Juru kunci makam",
    "Ojek pangkalan",
    "Buruh harian lepas",
    "Warung kelontong",
]
CITY = "35.78"  # Surabaya: 31 districts, as large as a roster of a million may be
OLDEST, YOUNGEST = date(1963, 1, 1), date(2007, 12, 31)
DAYS = (YOUNGEST - OLDEST).days
SERIALS = 9_999


def workers(rows: int, *, seed: int = 1) -> pl.DataFrame:
    """`rows` workers, each with a NIK of their own: name, nik, born, sex, address, …"""
    row = pl.int_range(rows, dtype=pl.UInt64)

    def draw(which: int, among: int) -> pl.Expr:
        return row.hash(seed * 1_000 + which) % among

    def pick(words: list[str], which: int | None) -> pl.Expr:
        """One of the words: drawn, or in turn where `which` is None."""
        number = row % len(words) if which is None else draw(which, len(words))
        return number.replace_strict(dict(enumerate(words)), return_dtype=pl.String)

    villages = [region for region in regions_within(CITY) if region.code.count(".") == 3]
    frame = pl.select(
        row=row,
        given=pick(FIRST, 1),
        middle=pick(MIDDLE, 2),
        family=pick(LAST, 3),
        born=pl.lit(OLDEST) + pl.duration(days=draw(4, DAYS)),
        sex=pl.when(draw(5, 2) == 0).then(pl.lit("L")).otherwise(pl.lit("P")),
        district=pick([village.code[6:8] for village in villages], which=None),
        kelurahan=pick([village.name for village in villages], which=None),
        job=pick(JOBS, 6),
        house=draw(7, 180) + 1,
        rt=draw(8, 40) + 1,
        phone=draw(9, 90_000_000) + 10_000_000,
    )
    # Rows that share a district and a birthday are numbered, as a registry numbers them.
    day = pl.col("born").dt.day() + pl.when(pl.col("sex") == "P").then(40).otherwise(0)
    serial = pl.int_range(pl.len()).over("district", "born", "sex") % SERIALS + 1
    return frame.with_columns(
        name=pl.concat_str("given", "middle", "family", separator=" ").str.replace("  ", " "),
        nik=pl.concat_str(
            pl.lit(CITY.replace(".", "")),
            "district",
            day.cast(pl.String).str.zfill(2),
            pl.col("born").dt.strftime("%m%y"),
            serial.cast(pl.String).str.zfill(4),
        ),
    )


def roster_csv(path: Path, rows: int, *, seed: int = 1) -> Path:
    """Write a roster of `rows` workers to `path`, as an office would send it.

    One row in a hundred repeats an earlier NIK, one in two hundred has a digit too few.
    """
    faulty = (
        pl.when(pl.col("row") % 100 == 99)
        .then(pl.col("nik").shift(9))
        .when(pl.col("row") % 200 == 50)
        .then(pl.col("nik").str.head(15))
        .otherwise("nik")
    )
    workers(rows, seed=seed).select(
        (pl.col("row") + 1).alias("No"),
        pl.col("name").alias("Nama Lengkap"),
        faulty.alias("NIK"),
        pl.col("born").dt.strftime("%d-%m-%Y").alias("Tanggal Lahir"),
        pl.col("sex").alias("L/P"),
        pl.format("Jl. Kenanga No. {} RT {} RW 01", "house", "rt").alias("Alamat"),
        pl.col("kelurahan").alias("Kelurahan"),
        pl.col("job").alias("Pekerjaan"),
        pl.format("08{}", "phone").alias("No HP"),
    ).write_csv(path)
    return path

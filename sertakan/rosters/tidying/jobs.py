"""Which of the ten categories of the programme is this occupation?"""

import re
import unicodedata
from functools import lru_cache

import polars as pl
from rapidfuzz import fuzz, process

from sertakan.rosters.reading.cells import plain
from sertakan.rosters.tidying.job_words import (
    FIRST_WORD_SELLS,
    RANK,
    RULES,
    SPELLED,
    TRANSPORT,
    VAGUE,
)

_LIKE_ENOUGH = 82
_SHORTEST_MISSPELT = 5
_SPELLED = list(SPELLED)


def words_of(text: str) -> str:
    """Lower-case words without marks: `P S M` → `psm`, `Ketua RT.05` → `ketua rt 05`."""
    folded = unicodedata.normalize("NFKD", plain(text)).encode("ascii", "ignore").decode().lower()
    spaced = re.sub(r"([a-z])(\d)", r"\1 \2", re.sub(r"[^a-z0-9]+", " ", folded)).strip()
    return re.sub(r"\b[a-z](?: [a-z]\b){1,6}", lambda match: match[0].replace(" ", ""), spaced)


@lru_cache(maxsize=1 << 16)
def category_of(text: str) -> str:
    """The category of an occupation in free words; empty where it cannot be told."""
    words = words_of(text)
    if not words or VAGUE.fullmatch(words):
        return ""
    if FIRST_WORD_SELLS.match(words):
        return "msme"
    for category, pattern in RULES:
        if pattern.search(words):
            return category
    return _category_misspelt(words)


def _category_misspelt(words: str) -> str:
    for word in words.split():
        if len(word) < _SHORTEST_MISSPELT or word in ("swasta", "wiraswasta"):
            continue
        best = process.extractOne(word, _SPELLED, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
        if best:
            return SPELLED[best[0]]
    return ""


def sector_of(text: str) -> str:
    """`transport` or `other`: what decides about the relief of PP 50/2025."""
    return "transport" if TRANSPORT.search(words_of(text)) else "other"


_PLACES_IN_TITLES = re.compile(
    r"\b(?:rt|rw)(?: ?(?:rt|rw))*(?: \d+)+(?: sd? ?\d+)?"
    r"|\b(?:kelurahan|kel|desa|kecamatan|kec|kota|kabupaten|kab) \w+"
    r"(?: (?:lor|kidul|utara|selatan|barat|timur))?"
)
_TOILS = re.compile(r"\b(?:tukang|sopir|supir|ojek|becak|pemulung|juru parkir|jukir|kuli)\b")
_RT_AND_RW = re.compile(r"\brt (?:dan |rw)|\brtrw\b|\bketua r[tw]\b|\bpengurus r[tw]\b")
_TITLE_CATEGORIES = frozenset(category for category, _ in RULES) - {"rt_rw", "other_informal"}


@lru_cache(maxsize=4096)
def category_of_title(text: str) -> str:
    """The category that a title, a sheet or a file tells of all in it: `OPD_Satpol_PP_linmas`.

    `RW 1-7` tells a place and no category.
    """
    words = words_of(text)
    rest = _PLACES_IN_TITLES.sub(" ", words)
    for category, pattern in RULES:
        if category in _TITLE_CATEGORIES and pattern.search(rest):
            return category
    if _TOILS.search(rest):
        return "other_informal"
    return "rt_rw" if _RT_AND_RW.search(words) else ""


def with_jobs(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `job`, `category` (empty where unknown) and `sector` from `job_cell` and `job_cell_2`,
    and from `category_of_place` where a list has no column of jobs (`has_job` is false)."""
    rows = rows.with_columns(
        *(pl.col(name).str.strip_chars() for name in ("job_cell", "job_cell_2"))
    )
    for cell, suffix in (("job_cell", ""), ("job_cell_2", "_2")):
        distinct = rows.select(cell).unique()
        texts = distinct[cell].to_list()
        distinct = distinct.with_columns(
            pl.Series(f"category{suffix}", [category_of(text) for text in texts], dtype=pl.String),
            pl.Series(f"sector{suffix}", [sector_of(text) for text in texts], dtype=pl.String),
        )
        rows = rows.join(distinct, on=cell, how="left", maintain_order="left")
    only_a_rank = (pl.col("category") == "") & (pl.col("category_2") == "") & _is_rank()
    category = (
        pl.when(~pl.col("has_job") | only_a_rank)
        .then(pl.col("category_of_place"))
        .when(pl.col("category") != "")
        .then(pl.col("category"))
        .otherwise(pl.col("category_2"))
    )
    sector = pl.max_horizontal("sector", "sector_2")  # transport comes after other
    job = pl.when(pl.col("job_cell") != "").then(pl.col("job_cell")).otherwise(pl.col("job_cell_2"))
    return rows.with_columns(
        category=category, sector=sector, job=job.str.replace(r"^\x1f.", "")
    ).drop("category_2", "sector_2")


def _is_rank() -> pl.Expr:
    """`Ketua`, `Anggota`, `Danru`: said of a job, but not of which."""
    return pl.col("job_cell").str.contains(RANK)

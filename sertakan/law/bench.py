"""How fast is the law? Pure measurements, for `make bench` to print and never for a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

import polars as pl

from sertakan.law import bulk, pricing
from sertakan.law.book import Book, published
from sertakan.law.contributions import FUNDS, SECTORS
from sertakan.law.explanations import explain
from sertakan.law.questions import decide
from sertakan.vocabulary import Month

MONTHS = tuple(Month(2026, 1).count(12))
A_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement: what, how many, how long, and the time it may take (None: no limit)."""

    name: str
    count: int
    seconds: float
    limit: float | None

    @property
    def each_microseconds(self) -> float:
        return self.seconds / self.count * 1_000_000


def run(scale: int = A_MILLION, book: Book | None = None) -> list[Measured]:
    """Measure one decision, pricing and deciding; limits are for a million, scaled."""
    law = book or published()
    part = scale / A_MILLION
    workers, deaths = register(scale), death_facts(scale)
    return [
        one_decision(law),
        one_explained(law),
        _timed(
            "price 12 months", scale, 0.5 * part, lambda: pricing.price_months(workers, MONTHS, law)
        ),
        _timed(
            "decide deaths", scale, 60 * part, lambda: bulk.decide_all("death_benefit", deaths, law)
        ),
    ]


def one_decision(law: Book, times: int = 1_000) -> Measured:
    """A death decision with all its reasons, from facts as JSON gives them."""
    facts = typical_death()
    decide("death_benefit", facts, law)
    seconds = _best(lambda: decide("death_benefit", facts, law), times)
    return Measured("one decision with reasons", 1, seconds, 0.0003)


def one_explained(law: Book, times: int = 1_000) -> Measured:
    """The same, and told in Indonesian sentences."""
    facts = typical_death()
    explain(decide("death_benefit", facts, law), "id", law)
    seconds = _best(lambda: explain(decide("death_benefit", facts, law), "id", law), times)
    return Measured("one decision, explained", 1, seconds, None)


def typical_death() -> dict[str, Any]:
    """A member of four years, paid month by month, with a widow and two children."""
    months = [str(month) for month in Month(2022, 11).count(48)]
    return {
        "segment": "BPU",
        "died_on": "2026-10-25",
        "cause": "ordinary",
        "accepted_on": "2022-11-10",
        "payments": [{"paid_on": f"{month}-10", "months": [month]} for month in months],
        "income": 1_500_000,
        "working_when_accepted": True,
        "children": [
            {"born_on": "2012-04-01", "level": "junior", "married": False, "working": False},
            {"born_on": "2018-04-01", "level": "primary", "married": False, "working": False},
        ],
        "survivors": [{"relation": "spouse", "id": "Wati"}],
    }


def register(size: int) -> pl.DataFrame:
    """Made-up workers: nine in ten BPU of any income, the rest wage earners."""
    return (
        _draw(size)
        .select(
            segment=pl.when(_pick(0, 10) < 9).then(pl.lit("BPU")).otherwise(pl.lit("PU")),
            income=_pick(1, 5_000_000) + 500_000,
            wage=(_pick(2, 40) + 50) * 50_000,
            sector=_word(3, SECTORS),
            fund=_word(4, FUNDS),
            risk_class=_pick(5, 5) + 1,
            programmes=_word(6, ("JKK,JKM", "JKK,JKM", "JKK,JKM,JHT")),
        )
        .with_columns(
            programmes=pl.when(pl.col("segment") == "PU")
            .then(pl.lit("JKK,JKM"))
            .otherwise("programmes")
        )
    )


def death_facts(size: int) -> pl.DataFrame:
    """Made-up deaths of a year: a few agreements pay for thousands each, on the same days."""
    accepted = (pl.date(2025, _pick(0, 12) + 1, 1) + pl.duration(days=_pick(1, 4) * 7)).alias(
        "accepted_on"
    )
    died = (pl.date(2026, 1, 1) + pl.duration(days=_pick(2, 365))).alias("died_on")
    return (
        _draw(size)
        .select(
            accepted,
            died,
            segment=pl.lit("BPU"),
            cause=pl.when(_pick(3, 10) == 0)
            .then(pl.lit("work_accident"))
            .otherwise(pl.lit("ordinary")),
            income=(_pick(4, 4) + 5) * 200_000,
            working_when_accepted=_pick(5, 50) > 0,
            children=pl.lit([], pl.List(pl.Struct({"born_on": pl.Date}))),
        )
        .join(_payments(), on="accepted_on")
    )


def _payments() -> pl.DataFrame:
    """One payment a day of acceptance, for the twelve months that follow."""
    days = [date(2025, month, 1 + 7 * week) for month in range(1, 13) for week in range(4)]
    rows = [
        [{"paid_on": day, "months": [str(month) for month in Month.of(day).count(12)]}]
        for day in days
    ]
    return pl.DataFrame({"accepted_on": days, "payments": rows})


def _draw(size: int) -> pl.DataFrame:
    return pl.DataFrame({"number": pl.int_range(size, eager=True)})


def _pick(seed: int, below: int) -> pl.Expr:
    """A whole number below another, the same on every run."""
    return (pl.col("number").hash(seed=seed) % below).cast(pl.Int64)


def _word(seed: int, words: tuple[str, ...]) -> pl.Expr:
    return _pick(seed, len(words)).replace_strict(dict(enumerate(words)), return_dtype=pl.String)


def _best(work: Callable[[], Any], times: int) -> float:
    """The mean of the quickest of ten runs of so many."""
    best = float("inf")
    for _ in range(10):
        started = perf_counter()
        for _ in range(times // 10):
            work()
        best = min(best, perf_counter() - started)
    return best / (times // 10)


def _timed(name: str, count: int, limit: float, work: Callable[[], Any]) -> Measured:
    started = perf_counter()
    work()
    return Measured(name, count, perf_counter() - started, limit)

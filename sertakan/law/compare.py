"""What would a draft change for everybody on a register: who gains, who loses, what it costs?

Each person's month is priced, and her death on that day decided (an ordinary one and one at
work), under the law and under the draft. Facts that are the same are priced and decided once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from sertakan.law import bulk, pricing
from sertakan.law.book import Book
from sertakan.vocabulary import Month

DEATH_FACTS = ("segment", "accepted_on", "payments", "income", "wage", "sector", "fund",
               "risk_class", "working_when_accepted", "children")  # fmt: skip
CAUSES = {"jkm": "ordinary", "jkk": "work_accident"}
SIDES = ("before", "after")
MONEY = ("contribution", "jkm", "jkk")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`people`: the register with, for each person and side, the contribution of the month and
    what a death would pay (`jkm_*`, `jkk_*`, rupiah) with its outcome, and whether she gains
    or loses. `summary`: the same counted and added up by region and category."""

    people: pl.DataFrame
    summary: pl.DataFrame


def compare(register: pl.DataFrame, *, on: date, law: Book, draft: Book) -> Comparison:
    """Price and decide the whole register on a day under both.

    `register` has a row for each person: `region`, `category`, the facts that price a month
    (see `pricing`) and DEATH_FACTS as far as they are known, payments as a list of
    `{paid_on, months}`. A person gains whose death would pay more in either programme, and
    loses where it would pay less. Raises bulk.RowError for facts that do not fit.
    """
    columns = register.get_columns()
    for side, book in zip(SIDES, (law, draft), strict=True):
        priced = pricing.price_table(register.with_columns(month=pl.lit(str(Month.of(on)))), book)
        columns.append(priced["total"].alias(f"contribution_{side}"))
        for programme in CAUSES:
            columns += _deaths(register, on, programme, side, book)
    people = pl.DataFrame(columns).with_columns(_gains(), _loses())
    return Comparison(people, _summary(people))


def _deaths(
    register: pl.DataFrame, on: date, programme: str, side: str, book: Book
) -> list[pl.Series]:
    known = [name for name in DEATH_FACTS if name in register.columns]
    facts = register.select(known).with_columns(
        died_on=pl.lit(on), known_on=pl.lit(on), cause=pl.lit(CAUSES[programme])
    )
    decisions, places = bulk.decide_all("death_benefit", facts, book)
    answers = [each.answer for each in decisions]
    cash = pl.Series([each["cash_total"] for each in answers], dtype=pl.Int64)
    outcomes = pl.Series([each["outcome"] for each in answers], dtype=pl.String)
    return [
        cash.gather(places).alias(f"{programme}_{side}"),
        outcomes.gather(places).alias(f"{programme}_outcome_{side}"),
    ]


def _gains() -> pl.Expr:
    return pl.any_horizontal(
        pl.col(f"{programme}_after") > pl.col(f"{programme}_before") for programme in CAUSES
    ).alias("gains")


def _loses() -> pl.Expr:
    return pl.any_horizontal(
        pl.col(f"{programme}_after") < pl.col(f"{programme}_before") for programme in CAUSES
    ).alias("loses")


def _summary(people: pl.DataFrame) -> pl.DataFrame:
    """By region and category: people, how many gain and lose, and every sum on both sides."""
    sums = [pl.col(f"{name}_{side}").sum() for name in MONEY for side in SIDES]
    differences = [
        (pl.col(f"{name}_after") - pl.col(f"{name}_before")).alias(f"{name}_difference")
        for name in MONEY
    ]
    return (
        people.group_by("region", "category")
        .agg(
            pl.len().alias("people"),
            pl.col("gains").sum().alias("gain"),
            pl.col("loses").sum().alias("lose"),
            *sums,
        )
        .with_columns(differences)
        .sort("region", "category")
    )

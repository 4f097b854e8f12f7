"""The same question for a million: facts that are the same are decided once.

Every column of a frame is a fact, in Polars' own types (days as dates, payments as lists of
structs); null is unknown. A decision stands in the list once, with all its reasons; every row
knows its place in the list.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import polars as pl

from sertakan.law.asking import read_line
from sertakan.law.book import Book, the_law
from sertakan.law.decisions import Decision
from sertakan.law.facts import FactError
from sertakan.law.questions import decide

Progress = Callable[[int, int], None]


class RowError(ValueError):
    """A row whose facts do not fit; `row` counts from 0."""

    def __init__(self, row: int, refusal: FactError) -> None:
        super().__init__(f"row {row}: {refusal.message}")
        self.row, self.refusal = row, refusal


def decide_all(
    question: str,
    facts: pl.DataFrame,
    book: Book | None = None,
    progress: Progress | None = None,
) -> tuple[list[Decision], pl.Series]:
    """Decide every row: the distinct decisions, and for each row its place among them.

    Raises RowError, which names a row whose facts do not fit, and why.
    """
    law = book or the_law()
    text = facts.select(facts=pl.struct(pl.all()).struct.json_encode())["facts"]
    distinct = text.to_frame().unique().sort("facts").with_row_index("place")
    with _no_collection():
        decisions = list(_each(question, text, distinct["facts"], law, progress))
    places = text.to_frame().join(distinct, on="facts", how="left", maintain_order="left")
    return decisions, places["place"]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Decisions are kept and hold no cycles: to look through them for garbage is time lost."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _each(
    question: str, text: pl.Series, distinct: pl.Series, law: Book, progress: Progress | None
) -> Iterator[Decision]:
    for number, facts in enumerate(distinct, 1):
        try:
            yield decide(question, read_line(facts.encode()), law)
        except FactError as refusal:
            row = text.index_of(facts)
            raise RowError(0 if row is None else row, refusal) from None
        if progress is not None and number % 1_000 == 0:
            progress(number, distinct.len())

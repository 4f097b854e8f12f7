"""What do so many people cost month by month, and why do the months differ?

Months that follow on each other with one price by the same law are one stretch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal

from sertakan.law import questions
from sertakan.law.book import Book, the_law
from sertakan.law.contributions import Band, MonthPrice, band_of, tariff
from sertakan.law.decisions import Decision
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month

Why = Literal["full", "relieved", "public_money", "fund_left_out"]
PP50 = "bpu/relief/pp50/"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: BPU people of one income (rupiah a month), sector and fund."""

    people: int
    income: int
    sector: str
    fund: str
    first: Month
    count: int
    with_jht: bool

    @property
    def months(self) -> list[Month]:
        return list(self.first.through(self.last))

    @property
    def last(self) -> Month:
        return self.first + (self.count - 1)

    @property
    def programmes(self) -> frozenset[str]:
        return frozenset({"JKK", "JKM", "JHT"} if self.with_jht else {"JKK", "JKM"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a month costs what it costs: by which provision, and the last day it is so."""

    why: Why
    source: str = ""
    until: date | None = None
    part_due: Fraction = Fraction(1)
    certain: bool = True

    @property
    def percent_due(self) -> int:
        return int(self.part_due * 100)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months of one price. `price` is for one person and month, `everyone` for all of both."""

    first: Month
    last: Month
    price: MonthPrice
    everyone: int
    reason: Reason

    @property
    def months(self) -> int:
        return self.last.since(self.first) + 1


@dataclass(frozen=True, slots=True)
class Prices:
    """The answer in rupiah, with the law that it rests on."""

    stretches: Sequence[Stretch]
    programmes: Sequence[tuple[str, int]]  # JKK, JKM, JHT of everyone and all months
    total: int
    band: Band
    provisions: Sequence[Provision]
    uncertain: Sequence[str]  # names of provisions that the answer hangs on
    announced: date  # the day of the last change that the book knows of


def prices(asked: Asked, book: Book | None = None) -> Prices:
    """Ask the law. Raises FactError before July 2015 or past the years that the law reads."""
    law = book or the_law()
    decision = questions.decide("contribution", _facts(asked), law)
    answer = decision.answer
    return Prices(
        stretches=_stretches(asked, answer["months"], law),
        programmes=[
            (name.upper(), sum(month[name] for month in answer["months"]) * asked.people)
            for name in ("jkk", "jkm", "jht")
            if name.upper() in asked.programmes
        ],
        total=answer["total"],
        band=band_of(asked.income, asked.last.first_day, law),
        provisions=decision.provisions,
        uncertain=decision.uncertain,
        announced=announced(decision, asked, law),
    )


def announced(decision: Decision, asked: Asked, book: Book) -> date:
    """The day of the last change of these prices that has been announced."""
    names = {each.name for each in decision.provisions} | {f"{PP50}{asked.sector}/multiplier"}
    return max(
        each.until + timedelta(days=1) if each.until else each.since
        for name in names
        for each in book.parameter(name).provisions
    )


def _facts(asked: Asked) -> dict[str, Any]:
    return {
        "segment": "BPU",
        "months": [str(month) for month in asked.months],
        "people": asked.people,
        "programmes": sorted(asked.programmes),
        "income": asked.income,
        "sector": asked.sector,
        "fund": asked.fund,
    }


def _stretches(asked: Asked, months: Sequence[dict[str, Any]], book: Book) -> list[Stretch]:
    def key(month: dict[str, Any]) -> tuple[MonthPrice, Reason]:
        price = MonthPrice(month["jkk"], month["jkm"], month["jht"])
        return price, _reason(asked, Month.parse(month["month"]), book)

    stretches = []
    for (price, reason), group in groupby(months, key):
        run = [Month.parse(month["month"]) for month in group]
        everyone = price.total * asked.people * len(run)
        stretches.append(Stretch(run[0], run[-1], price, everyone, reason))
    return stretches


def _reason(asked: Asked, month: Month, book: Book) -> Reason:
    read = tariff(
        segment="BPU", month=month, sector=asked.sector, fund=asked.fund, book=book
    ).provisions
    relief = _of(read, "multiplier")
    fund = next((each for each in read if each.name.startswith(f"{PP50}funds/")), None)
    certain = fund is None or fund.confidence != "low"
    if relief:
        return Reason("relieved", relief.source, relief.until, Fraction(relief.value), certain)
    if fund:
        return Reason("fund_left_out", fund.source, fund.until, certain=certain)
    if public := _of(read, "excludes_apbn_apbd"):
        return Reason("public_money", public.source, public.until)
    return Reason("full")


def _of(provisions: Iterable[Provision], last_word: str) -> Provision | None:
    return next((each for each in provisions if each.name.endswith(f"/{last_word}")), None)

"""The question `contribution`: what each month costs, for one person and for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sertakan.law import contributions, recomposition
from sertakan.law import facts as f
from sertakan.law.book import LAW_BEGAN, Book
from sertakan.law.decisions import Case, Decision, uncertain
from sertakan.law.facts import FactError
from sertakan.vocabulary import Month

PEOPLE_MAX = 10**9
FACTS: Mapping[str, f.Parser] = {
    "segment": f.segment,
    "months": f.months,
    "people": f.whole(1, PEOPLE_MAX),
    "programmes": f.programmes,
    "income": f.rupiah,
    "sector": f.sector,
    "fund": f.fund,
    "wage": f.rupiah,
    "risk_class": f.risk_class,
}
NEEDED = {"BPU": ("months", "income"), "PU": ("months", "wage", "risk_class")}


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """Each month's price. Raises FactError `missing` for a fact that the price needs."""
    _refuse_what_cannot_be_priced(facts)
    case, answer = _decide(facts, book)
    shown = None
    if facts["segment"] == "PU":
        shown = {"recomposition": recomposition.split(facts, book)}
    return Decision(
        question="contribution",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        shown=shown,
    )


def _refuse_what_cannot_be_priced(facts: Mapping[str, Any]) -> None:
    if "segment" not in facts:
        raise FactError("missing", "segment", "segment is missing.")
    for name in NEEDED[facts["segment"]]:
        if name not in facts:
            raise FactError("missing", name, f"{name} is missing.")
    if facts["segment"] == "PU" and "JHT" in facts.get("programmes", ()):
        raise FactError("invalid_value", "programmes", "programmes: JHT may be added for BPU only.")
    first = min(facts["months"])
    if first < Month.of(LAW_BEGAN):
        raise FactError(
            "not_in_force", "months", f"months: {first} is before the law of 1 July 2015."
        )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    prices = [(month, _price(case, month)) for month in case.fact("months")]
    case.find("months_priced", True)
    per_person = sum(price.total for _, price in prices)
    people = case.fact("people") or 1
    case.find("people_counted", True)
    months = [
        {
            "month": str(month),
            "jkk": price.jkk,
            "jkm": price.jkm,
            "jht": price.jht,
            "total": price.total,
        }
        for month, price in prices
    ]
    return case, {"months": months, "per_person": per_person, "total": per_person * people}


def _price(case: Case, month: Month) -> contributions.MonthPrice:
    """One month, with the provisions of its tariff noted (JHT's only where it is asked for)."""
    programmes = case.fact("programmes") or contributions.BASIC
    if case.fact("segment") == "PU":
        rates = contributions.tariff(
            segment="PU", month=month, risk_class=case.fact("risk_class"), book=case.book
        )
        case.cite(rates.provisions)
        return rates.of(case.fact("wage"))
    rates = contributions.tariff(
        segment="BPU",
        month=month,
        sector=case.fact("sector") or "other",
        fund=case.fact("fund") or "own",
        book=case.book,
    )
    table = case.book.in_force("bpu/wage_bands", month.first_day)
    case.cite((table,))
    case.cite(rates.cited(programmes))
    return rates.of(contributions.band_in(table, case.fact("income")).basis, programmes)

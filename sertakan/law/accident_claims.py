"""What does JKK pay for a work accident that the worker survives? (Lampiran III of PP 44/2015
and of PP 82/2019)

Care without a ceiling, transport and aids up to their caps, the months of incapacity,
permanent disability. What is not claimed is not paid; what hangs on an unknown fact waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sertakan.law import death_amounts, scholarships
from sertakan.law import facts as f
from sertakan.law.book import Book
from sertakan.law.decisions import Case, Decision, to_give, uncertain
from sertakan.vocabulary import share

MONTHS_MAX = 1_200
FACTS: Mapping[str, f.Parser] = {
    "segment": f.segment,
    "happened_on": f.day,
    "income": f.rupiah,
    "wage": f.rupiah,
    "months_unable": f.whole(0, MONTHS_MAX),
    "disability": f.choice("none", "partial", "total"),
    "partial_percent": f.percent,
    "transport": f.transport,
    "home_care_cost": f.rupiah,
    "medical_cost": f.rupiah,
    "glasses_cost": f.rupiah,
    "denture_cost": f.rupiah,
    "hearing_aid_cost": f.rupiah,
    "children": f.list_of(f.child),
}
BENEFITS = (
    "medical", "transport_land", "transport_sea", "transport_air", "temporary_incapacity",
    "partial_disability", "total_disability", "periodic_grant", "home_care", "glasses",
    "dentures", "hearing_aids",
)  # fmt: skip
CAPPED = (
    ("home_care", "home_care_cost", "jkk/homecare/cap"),
    ("glasses", "glasses_cost", "jkk/glasses/cap"),
    ("dentures", "denture_cost", "jkk/denture/cap"),
    ("hearing_aids", "hearing_aid_cost", "jkk/hearing_aid/cap"),
)
OUTCOMES = ("payable", "review")


@dataclass(slots=True)
class _Claim:
    case: Case
    review: list[str] = field(default_factory=list)
    scholarship: dict[str, Any] | None = None

    def needs(self, reasons: list[str]) -> None:
        self.review += [reason for reason in reasons if reason not in self.review]


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """Every line that the claimed facts give, in rupiah."""
    claim = _judge(facts, book)
    answer = _answer(claim)
    return Decision(
        question="accident_benefit",
        answer=answer,
        findings=tuple(claim.case.findings),
        lines=tuple(claim.case.lines),
        uncertain=uncertain(claim.case, answer, lambda other: _answer(_judge(facts, other))),
        turned_by=to_give(claim.review),
    )


def _judge(facts: Mapping[str, Any], book: Book) -> _Claim:
    claim = _Claim(Case(facts, book))
    on = claim.case.fact("happened_on")
    claim.case.find("day_of_accident_known", None if on is None else True)
    if on is None:
        claim.needs(["missing:happened_on"])
        return claim
    _care(claim, on)
    _transport(claim, on)
    _incapacity(claim, on)
    _disability(claim, on)
    for benefit, fact, cap in CAPPED:
        _up_to(claim.case, on, benefit, claim.case.fact(fact) or 0, cap)
    _scholarship(claim, on)
    return claim


def _care(claim: _Claim, on: date) -> None:
    cost = claim.case.fact("medical_cost") or 0
    if cost:
        claim.case.law("jkk/medical/ceiling", on)
    claim.case.line("medical", cost)


def _transport(claim: _Claim, on: date) -> None:
    """Land, sea and air, each up to its own cap."""
    for kind in ("land", "sea", "air"):
        costs: f.Transport = claim.case.fact("transport") or f.Transport()
        _up_to(claim.case, on, f"transport_{kind}", getattr(costs, kind), f"jkk/transport/{kind}")


def _up_to(case: Case, on: date, benefit: str, cost: int, cap: str) -> None:
    case.line(benefit, min(cost, case.law(cap, on)) if cost else 0)


def _incapacity(claim: _Claim, on: date) -> None:
    """Temporary incapacity (STMB): full, then part of the monthly basis, until recovered."""
    case = claim.case
    months = case.fact("months_unable") or 0
    if not months:
        case.line("temporary_incapacity", 0)
        return
    basis = _basis(claim, on)
    if basis is None:
        return
    full = min(months, case.law("jkk/stmb/first_months", on))
    second = 0
    paid = Fraction(full)
    if months > full:
        second = min(months - full, case.law("jkk/stmb/second_months", on))
        paid += second * case.law("jkk/stmb/second_rate", on) if second else 0
    if months > full + second:
        paid += (months - full - second) * case.law("jkk/stmb/after_rate", on)
    case.line("temporary_incapacity", share(basis, paid))


def _basis(claim: _Claim, on: date) -> int | None:
    basis, missing = death_amounts.monthly_basis(claim.case, on)
    if basis is None:
        claim.case.find("basis_known", None)
        claim.needs(missing)
    return basis


def _disability(claim: _Claim, on: date) -> None:
    disability = claim.case.fact("disability") or "none"
    if disability == "partial":
        _partial(claim, on)
    elif disability == "total":
        _total(claim, on)
    else:
        claim.case.find("permanently_disabled", False)


def _partial(claim: _Claim, on: date) -> None:
    """Per cent x 80 x the monthly basis."""
    case = claim.case
    percent: Fraction | None = case.fact("partial_percent")
    if percent is None:
        case.find("partial_percent_known", None)
        claim.needs(["missing:partial_percent"])
        return
    basis = _basis(claim, on)
    if basis is not None:
        times = case.law("jkk/partial_disability_multiple", on)
        case.line("partial_disability", share(basis, percent / 100 * times))


def _total(claim: _Claim, on: date) -> None:
    """70 % x 80 = 56 times the monthly basis, and the periodic grant."""
    case = claim.case
    basis = _basis(claim, on)
    if basis is not None:
        case.line("total_disability", basis * case.law("jkk/total_disability_multiple", on))
    case.fact("disability")
    case.line("periodic_grant", case.law("jkk/periodic_lump", on))


def _scholarship(claim: _Claim, on: date) -> None:
    """Children of a worker who is totally disabled, where they are stated."""
    case = claim.case
    if case.facts.get("disability") != "total" or not scholarships.by_level(on, case.book):
        return
    stated = case.fact("children") is not None
    if not case.find("children_stated", stated):
        return
    claim.scholarship, missing = scholarships.plan(case, on)
    claim.needs(missing)


def _answer(claim: _Claim) -> dict[str, Any]:
    order = {benefit: place for place, benefit in enumerate(BENEFITS)}
    claim.case.lines.sort(key=lambda line: order[line.benefit])
    answer: dict[str, Any] = {
        "outcome": "review" if claim.review else "payable",
        "lines": [{"benefit": line.benefit, "amount": line.amount} for line in claim.case.lines],
        "total": sum(line.amount for line in claim.case.lines),
    }
    if claim.review:
        answer["review_because"] = claim.review
    if claim.scholarship is not None:
        answer["scholarship"] = claim.scholarship
    return answer

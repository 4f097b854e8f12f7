"""A death while it is being decided: every rule tried, then every amount counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sertakan.law import death_amounts, death_cover, heirs, scholarships
from sertakan.law.book import Book
from sertakan.law.cover import Cover
from sertakan.law.decisions import Case
from sertakan.vocabulary import Month

OUTCOMES = ("payable", "refused", "pending_arrears", "review")
REFUSALS = ("not_covered", "not_working_when_accepted", "died_before_cover")
REVIEWS = ("arrears_paid_after_death", "short_membership_without_heirs", "will_not_notarial")
PROGRAMME = {"ordinary": "JKM", "work_accident": "JKK"}


@dataclass(slots=True)
class Claim:
    """A death while it is being decided."""

    case: Case
    refused: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    cover: Cover | None = None
    last_paid: Month | None = None
    """The last paid month of a membership that had lapsed."""
    outcome: str = "payable"
    arrears: int = 0
    scholarship: dict[str, Any] | None = field(default_factory=lambda: dict(scholarships.NOBODY))
    heirs: dict[str, Any] | None = None

    @property
    def funeral_only(self) -> bool:
        return self.heirs is not None and bool(self.heirs["funeral_only"])


def judge(facts: Mapping[str, Any], book: Book) -> Claim:
    """Try every rule, then count every amount."""
    claim = Claim(Case(facts, book))
    if facts.get("died_on") is not None:
        book.in_force("jkm/death_grant", facts["died_on"])
    _judge_work(claim)
    death_cover.judge(claim)
    _judge_heirs(claim)
    _judge_cause(claim)
    if not claim.refused:
        _count(claim)
    if claim.refused:
        claim.outcome, claim.review, claim.arrears = "refused", [], 0
    elif claim.review:
        claim.outcome = "review"
    return claim


def working_when_accepted(case: Case) -> bool | None:
    """The person worked when accepted (PP 44/2015 Pasal 5(3) as amended by PP 49/2023)."""
    held: bool | None = case.fact("working_when_accepted")
    died_on = case.fact("died_on")
    if died_on is not None and not case.law("bpu/must_work", died_on):
        return True
    return held


def _judge_work(claim: Claim) -> None:
    held = claim.case.rule(working_when_accepted)
    if held is False:
        claim.refused.append("not_working_when_accepted")
    elif held is None:
        claim.review.append("missing:working_when_accepted")


def _judge_heirs(claim: Claim) -> None:
    """Who the heirs are, where survivors are stated; whether there is any decides the lines."""
    stated = claim.case.fact("survivors") is not None
    if not claim.case.find("survivors_stated", stated):
        return
    claim.heirs = heirs.find(claim.case, claim.case.fact("died_on"))
    claim.review += [
        reason
        for reason in claim.heirs["review_because"]
        if reason != "missing:funeral_arranged_by"
    ]


def _judge_cause(claim: Claim) -> None:
    """By the cause it is JKM or JKK."""
    cause = claim.case.fact("cause")
    claim.case.find("cause_known", None if cause is None else True)
    if cause is None:
        claim.review.append("missing:cause")


def _count(claim: Claim) -> None:
    """The lines and the scholarship, as far as the facts allow."""
    case = claim.case
    died_on: date | None = case.fact("died_on")
    cause = case.fact("cause")
    if died_on is None or cause is None or claim.cover is None:
        case.find("amounts_can_be_counted", None)
        return
    case.find("amounts_can_be_counted", True)
    if PROGRAMME[cause] == "JKM":
        _count_jkm(claim, died_on, claim.cover)
    else:
        claim.review += death_amounts.jkk(case, died_on, funeral_only=claim.funeral_only)
    claim.scholarship, missing = death_amounts.scholarship(
        case, died_on, PROGRAMME[cause], claim.cover, funeral_only=claim.funeral_only
    )
    claim.review += [reason for reason in missing if reason not in claim.review]


def _count_jkm(claim: Claim, died_on: date, cover: Cover) -> None:
    case = claim.case
    short = case.part(lambda case: death_amounts.short_membership(case, died_on, cover))
    death_amounts.cite_cover(case)
    case.find("member_long_enough", None if short is None else not short)
    if short is None:
        claim.review.append("missing:segment")
        return
    death_amounts.jkm(case, died_on, short=short, funeral_only=claim.funeral_only)
    if short and claim.funeral_only:
        claim.review.append("short_membership_without_heirs")


def answer(claim: Claim) -> dict[str, Any]:
    """In the form of contracts."""
    facts = claim.case.facts
    refused = claim.outcome == "refused"
    died_on = facts.get("died_on")
    lump_era = died_on is not None and not scholarships.by_level(died_on, claim.case.book)
    lines = [] if refused else claim.case.lines
    found = {
        "outcome": claim.outcome,
        "programme": PROGRAMME.get(facts.get("cause", "")),
        "lines": [{"benefit": each.benefit, "amount": each.amount} for each in lines],
        "cash_total": sum(each.amount for each in lines),
        "scholarship": None if lump_era else claim.scholarship,
        "refused_because": [reason for reason in REFUSALS if reason in claim.refused],
        "review_because": claim.review,
        "arrears": claim.arrears,
    }
    return found if claim.heirs is None else found | {"heirs": claim.heirs}

"""Until when can a claim be made?

JKK: 2 years from the accident or the diagnosis (PP 44/2015 Pasal 26), from 2 December 2019
5 years (PP 82/2019). For JKM no expiry was seen: none is enforced, and a door may warn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sertakan.law import facts as f
from sertakan.law.book import Book
from sertakan.law.decisions import Case, Decision, to_give, uncertain
from sertakan.vocabulary import add_months

FACTS: Mapping[str, f.Parser] = {
    "programme": f.choice("JKM", "JKK"),
    "happened_on": f.day,
    "claimed_on": f.day,
}


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """`expires_on` (the last day; null for JKM), `expired` and `warn`; null where unknown."""
    case, answer = _decide(facts, book)
    return Decision(
        question="claim_expiry",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        turned_by=to_give(answer["review_because"]),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    programme, happened_on, claimed_on = (case.fact(name) for name in FACTS)
    missing = [f"missing:{name}" for name in FACTS if name not in facts]
    answer: dict[str, Any] = {"expires_on": None, "expired": None, "warn": None}
    if programme is None or happened_on is None:
        case.find("claimed_in_time", None)
        return case, answer | {"review_because": missing}
    last = add_months(happened_on, case.law(f"{programme.lower()}/claim_expiry", happened_on))
    late = None if claimed_on is None else claimed_on > last
    if programme == "JKK":
        answer |= {"expires_on": last.isoformat(), "expired": late, "warn": late}
    else:
        answer |= {"expired": False, "warn": late}
    case.find("claimed_in_time", None if answer["expired"] is None else not answer["expired"])
    return case, answer | {"review_because": missing if answer["warn"] is None else []}

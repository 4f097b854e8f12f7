"""The question `cover`: the status of a member on a day, as known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sertakan.law import cover
from sertakan.law import facts as f
from sertakan.law.book import Book
from sertakan.law.contributions import Segment
from sertakan.law.decisions import Case, Decision, to_give, uncertain

FACTS: Mapping[str, f.Parser] = {
    "segment": f.segment,
    "accepted_on": f.day,
    "payments": f.list_of(f.payment),
    "on": f.day,
    "known_on": f.day,
}
NEEDED = ("accepted_on", "payments", "on")
UNKNOWN: Mapping[str, Any] = {
    "status": "review",
    "member_since": None,
    "continuous_months": 0,
    "paid_months": 0,
    "paid_through": None,
    "arrears_months": [],
}


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """Cover in the form of contracts; `review` where a fact that it hangs on is unknown.

    Without a segment the member is a BPU one.
    """
    case, answer = _decide(facts, book)
    return Decision(
        question="cover",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        turned_by=to_give(answer.get("review_because", ())),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    given = {name: case.fact(name) for name in FACTS}
    segment: Segment = given["segment"] or "BPU"
    if _certainly_not_yet(given):
        case.cite(cover.rules(segment, given["accepted_on"], given["on"], book).provisions)
        case.find("membership_runs", False)
        return case, cover.Cover("not_yet").as_answer()
    missing = [name for name in NEEDED if given[name] is None]
    if missing:
        case.find("membership_runs", None)
        return case, dict(UNKNOWN) | {"review_because": [f"missing:{name}" for name in missing]}
    law = cover.rules(segment, given["accepted_on"], given["on"], book)
    case.cite(law.provisions)
    found = cover.status_under(
        law, given["accepted_on"], given["payments"], on=given["on"], known_on=given["known_on"]
    )
    case.find("membership_runs", found.status in ("covered", "grace"))
    return case, found.as_answer()


def _certainly_not_yet(given: Mapping[str, Any]) -> bool:
    """Nobody is covered before the day of acceptance, whatever else is unknown."""
    on, accepted_on = given["on"], given["accepted_on"]
    return (
        given["payments"] is None
        and on is not None
        and accepted_on is not None
        and bool(on < accepted_on)
    )

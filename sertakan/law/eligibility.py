"""May someone be insured as a BPU worker from a day on?

Only those who work, are citizens and are of age (PP 44/2015 Pasal 5(3) as amended by
PP 49/2023; age as regional programmes and Permenaker 5/2021 have it).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sertakan.law import facts as f
from sertakan.law.book import Book
from sertakan.law.decisions import Case, Change, Decision, to_give, uncertain
from sertakan.vocabulary import age, birthday

FACTS: Mapping[str, f.Parser] = {
    "on": f.day,
    "born_on": f.day,
    "citizen": f.yes_no,
    "working": f.yes_no,
}
REFUSED_WHEN_NOT = {
    "below_the_age_limit": "over_age",
    "old_enough": "under_age",
    "citizen": "not_citizen",
    "working": "not_working",
}


def below_the_age_limit(case: Case) -> bool | None:
    """The person has not reached the age limit (Permenaker 5/2021)."""
    on, born_on = case.fact("on"), case.fact("born_on")
    if on is None or born_on is None:
        return None
    return bool(age(born_on, on) < case.law("bpu/age/max_exclusive", on))


def old_enough(case: Case) -> bool | None:
    """The person has reached the lowest age."""
    on, born_on = case.fact("on"), case.fact("born_on")
    if on is None or born_on is None:
        return None
    return bool(age(born_on, on) >= case.law("bpu/age/min", on))


def citizen(case: Case) -> bool | None:
    """The person is a citizen."""
    return _needed(case, "citizen", "bpu/citizens_only")


def working(case: Case) -> bool | None:
    """The person works or runs an activity (PP 44/2015 Pasal 5(3), PP 49/2023)."""
    return _needed(case, "working", "bpu/must_work")


def _needed(case: Case, fact: str, provision: str) -> bool | None:
    on = case.fact("on")
    held: bool | None = case.fact(fact)
    if on is not None and not case.law(provision, on):
        return True
    return held


RULES = (below_the_age_limit, old_enough, citizen, working)


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """`eligible` true, false or null (unknown); a certain refusal wins over the unknown."""
    case, answer = _decide(facts, book)
    return Decision(
        question="eligibility",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        turned_by=_turned_by(facts, answer, book),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    held = {rule.__name__: case.rule(rule) for rule in RULES}
    refused = [REFUSED_WHEN_NOT[name] for name, holds in held.items() if holds is False]
    unknown = None in held.values() and not refused
    missing = [f"missing:{name}" for name in FACTS if name not in facts] if unknown else []
    answer = {
        "eligible": False if refused else None if unknown else True,
        "refused_because": refused,
        "review_because": missing,
    }
    return case, answer


def _turned_by(
    facts: Mapping[str, Any], answer: Mapping[str, Any], book: Book
) -> tuple[Change, ...]:
    """The facts that would have to be otherwise, and how little, for the person to be let in."""
    known = {
        "over_age": lambda on: Change("born_on", _youngest_birth(on, book)),
        "under_age": lambda on: Change("born_on", _latest_birth(on, book)),
        "not_citizen": lambda on: Change("citizen", True),
        "not_working": lambda on: Change("working", True),
    }
    return to_give(answer["review_because"]) + tuple(
        known[reason](facts.get("on")) for reason in answer["refused_because"]
    )


def _youngest_birth(on: date, book: Book) -> date:
    """The earliest birth date still below the age limit."""
    limit = book.in_force("bpu/age/max_exclusive", on).value
    day = birthday(on, -limit)
    while age(day, on) >= limit:
        day += timedelta(days=1)
    return day


def _latest_birth(on: date, book: Book) -> date:
    """The latest birth date that has reached the lowest age."""
    lowest = book.in_force("bpu/age/min", on).value
    day = birthday(on, -lowest)
    while age(day, on) < lowest:
        day -= timedelta(days=1)
    return day

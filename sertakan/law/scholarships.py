"""Which children are entitled to a scholarship, for which levels, and how much in all?

From 2 December 2019 (PP 82/2019, Permenaker 5/2021): up to two children, a sum a year by
level, from the level that the child is at up to university. Before: one lump, one child.
A child is below 23, unmarried and not working: on the day of death to be entitled, and on
the day of each year's payment to be paid (`year_payable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.law.book import Book, the_law
from sertakan.law.decisions import Case
from sertakan.law.facts import LEVELS, Child
from sertakan.vocabulary import age

PARAMETER_OF_LEVEL: Mapping[str, str] = {
    "preschool": "tk",
    "primary": "sd",
    "junior": "smp",
    "senior": "sma",
    "university": "s1_or_training",
}
NOBODY: Mapping[str, Any] = {"children": 0, "lifetime_max": 0, "per_child": []}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A child not certainly excluded: its place in the list and the facts still missing."""

    place: int
    child: Child
    missing: tuple[str, ...]


def by_level(on: date, book: Book | None = None) -> bool:
    """Whether the schedule by level is in force; before it there was one lump."""
    return (book or the_law()).find("scholarship/sd", on) is not None


def candidates(case: Case, died_on: date) -> tuple[Candidate, ...] | None:
    """The children not certainly too old, married or at work on the day of death;
    None where it is unknown whether there are children."""
    children: Sequence[Child] | None = case.fact("children")
    limit = case.law("scholarship/age_max_exclusive", died_on)
    if children is None:
        case.find("children_entitled", None)
        return None
    found = tuple(
        Candidate(place, child, tuple(unknown))
        for place, child in enumerate(children)
        if (unknown := _unknown(child, died_on, limit)) is not None
    )
    certain = any(not each.missing for each in found)
    case.find("children_entitled", True if certain else None if found else False)
    return found


def _unknown(child: Child, on: date, limit: int) -> list[str] | None:
    """The facts that entitlement hangs on; None where the child is certainly not entitled."""
    if child.married or child.working:
        return None
    if child.born_on is not None and age(child.born_on, on) >= limit:
        return None
    return [name for name in ("born_on", "married", "working") if getattr(child, name) is None]


Levels = Mapping[str, tuple[int, int]]


def levels_of_the_law(case: Case, children: Iterable[Child], on: date) -> Levels:
    """Rupiah a year and years at most by level, from the lowest that a child is at."""
    places = [LEVELS.index(child.level or LEVELS[0]) for child in children]
    return {
        level: (
            case.law(f"scholarship/{PARAMETER_OF_LEVEL[level]}", on),
            case.law(f"scholarship/years/{PARAMETER_OF_LEVEL[level]}", on),
        )
        for level in LEVELS[min(places) :]
    }


def levels_ahead(levels: Levels, child: Child) -> list[dict[str, Any]]:
    """The levels still ahead of a child, each with its years and amount in rupiah.

    Of a child whose level is unknown: every level, the most that it can be.
    """
    at = child.level or LEVELS[0]
    ahead = []
    for level in LEVELS[LEVELS.index(at) :]:
        per_year, years = levels[level]
        if level == child.level and child.years_left_at_level is not None:
            years = min(years, child.years_left_at_level)
        if years:
            ahead.append(
                {"level": level, "per_year": per_year, "years": years, "amount": per_year * years}
            )
    return ahead


def plan(case: Case, died_on: date) -> tuple[dict[str, Any], list[str]]:
    """The scholarship as contracts show it, and the facts that it still needs.

    Of more children than the law pays for, those with the highest sums count (the first
    named where sums are equal); a fact of a child that cannot be among them is not asked for.
    """
    found = candidates(case, died_on)
    if found is None:
        return dict(NOBODY), ["missing:children"]
    if not found:
        return dict(NOBODY), []
    most = case.law("scholarship/max_children", died_on)
    case.fact("children")
    ranked = []
    of_the_law = levels_of_the_law(case, (each.child for each in found), died_on)
    for each in found:
        levels = levels_ahead(of_the_law, each.child)
        if levels:
            ranked.append((each, {"levels": levels, "amount": sum(x["amount"] for x in levels)}))
    ranked.sort(key=lambda pair: (-pair[1]["amount"], pair[0].place))
    missing = _still_needed([each for each, _ in ranked], most)
    case.find("scholarship_known", None if missing else True)
    if missing:
        return dict(NOBODY), missing
    counted = sorted(
        [pair for pair in ranked if not pair[0].missing][:most], key=lambda pair: pair[0].place
    )
    return {
        "children": len(counted),
        "lifetime_max": sum(plan["amount"] for _, plan in counted),
        "per_child": [plan for _, plan in counted],
    }, []


def _still_needed(ranked: Sequence[Candidate], most: int) -> list[str]:
    """The missing facts of children who may be among the `most` highest, highest first."""
    missing, certain = [], 0
    for each in ranked:
        if certain == most:
            break
        level = ("level",) if each.child.level is None else ()
        missing += [f"missing:children[{each.place}].{name}" for name in (*each.missing, *level)]
        certain += not each.missing and each.child.level is not None
    return sorted(missing)


def year_payable(
    *,
    on: date,
    born_on: date,
    level: str,
    years_paid_at_level: int,
    married: bool,
    working: bool,
    book: Book | None = None,
) -> int:
    """What is paid for one year applied for on a day, in rupiah; 0 where nothing is.

    Age, marriage and work count on that day, and a level is paid for its years at most.
    Raises NotInForce before the schedule by level.
    """
    law = book or the_law()
    name = PARAMETER_OF_LEVEL[level]
    too_old = age(born_on, on) >= law.in_force("scholarship/age_max_exclusive", on).value
    used_up = years_paid_at_level >= law.in_force(f"scholarship/years/{name}", on).value
    per_year: int = law.in_force(f"scholarship/{name}", on).value
    return 0 if married or working or too_old or used_up else per_year

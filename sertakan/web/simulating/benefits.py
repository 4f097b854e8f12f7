"""What would be paid on a day: after a death, at work or not, after an accident, for children?

Examples are asked of the law as real claims are, so that no amount stands here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.law import questions
from sertakan.law.book import LAW_BEGAN, Book, the_law
from sertakan.law.decisions import Decision
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month

LONG_MEMBERSHIP = 61  # months: longer than any membership that the law has asked for
CAPS = ("jkk/transport/land", "jkk/transport/sea", "jkk/transport/air", "jkk/homecare/cap")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in rupiah by name of the benefit, and the law that says so."""

    benefit: str
    rupiah: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is paid in one case; `total` in rupiah, at once."""

    amounts: Sequence[Amount]
    total: int
    uncertain: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Scholarships:
    """The most for the children of one worker, in rupiah; months to be paid for before (JKM)."""

    children: int
    most: int
    paid_months: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A number of the law that changed between two days, in rupiah or its own unit."""

    provision: Provision
    before: Any


@dataclass(frozen=True, slots=True)
class Benefits:
    """Examples for a day. `short` is None where a short membership is paid in full."""

    on: date
    death: Benefit
    short: Benefit | None
    short_months: int
    death_at_work: Benefit
    accident: Benefit
    caps: Sequence[Provision]
    scholarships: Scholarships | None
    changed: Sequence[Changed]


def benefits(
    *, on: date, since: date, income: int, sector: str, fund: str, book: Book | None = None
) -> Benefits:
    """For an event on the day `on`; `changed` tells what was otherwise on the day `since`."""
    law = book or the_law()
    person = {"segment": "BPU", "income": income, "sector": sector, "fund": fund}
    death = _death(law, person, on, LONG_MEMBERSHIP, "ordinary")
    short = _death(law, person, on, 1, "ordinary")
    at_work = _death(law, person, on, 1, "work_accident")
    accident = questions.decide(
        "accident_benefit",
        {
            **{name: person[name] for name in ("segment", "income")},
            "happened_on": on.isoformat(),
            "months_unable": 1,
            "disability": "total",
            "children": [],
        },
        law,
    )
    read = {
        line.name: line
        for decision in (death, short, at_work, accident)
        for each in decision.lines
        for line in each.provisions
    }
    return Benefits(
        on=on,
        death=_benefit(death),
        short=_benefit(short) if short.answer["lines"] != death.answer["lines"] else None,
        short_months=law.in_force("jkm/full_benefit/min_membership_months", on).value,
        death_at_work=_benefit(at_work),
        accident=_benefit(accident),
        caps=[cap for name in CAPS if (cap := law.in_force(name, on)).value],
        scholarships=_scholarships(law, at_work, on),
        changed=[*_changed(law, read.values(), since)],
    )


def _death(law: Book, person: Mapping[str, Any], on: date, months: int, cause: str) -> Decision:
    last = Month.of(on)
    first = max(last - (months - 1), Month.of(LAW_BEGAN))
    child = {"born_on": first.first_day.isoformat(), "level": "preschool"}
    return questions.decide(
        "death_benefit",
        {
            **person,
            "died_on": on.isoformat(),
            "cause": cause,
            "accepted_on": first.first_day.isoformat(),
            "payments": [
                {
                    "paid_on": first.first_day.isoformat(),
                    "months": [str(month) for month in first.through(last)],
                }
            ],
            "working_when_accepted": True,
            "children": [child | {"married": False, "working": False}] * 2,
            "survivors": [{"id": "1", "relation": "spouse"}],
        },
        law,
    )


def _benefit(decision: Decision) -> Benefit:
    amounts = [
        Amount(
            line.benefit,
            line.amount,
            tuple(dict.fromkeys(each.source for each in line.provisions)),
        )
        for line in decision.lines
    ]
    return Benefit(amounts, sum(each.rupiah for each in amounts), decision.uncertain)


def _scholarships(law: Book, at_work: Decision, on: date) -> Scholarships | None:
    """By level and child; None for the days when the law had one lump instead."""
    told = at_work.answer.get("scholarship")
    if not told:
        return None
    minimum = law.in_force("jkm/scholarship/min_iuran_months", on)
    yearly = law.in_force("scholarship/s1_or_training", on)
    sources = tuple(dict.fromkeys((yearly.source, minimum.source)))
    return Scholarships(told["children"], told["lifetime_max"], minimum.value, sources)


def _changed(law: Book, provisions: Any, since: date) -> Any:
    for provision in provisions:
        before = law.find(provision.name, since)
        if before is not None and before.value != provision.value:
            yield Changed(provision, before.value)

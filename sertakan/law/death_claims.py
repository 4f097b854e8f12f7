"""May the heirs of a worker who has died be paid, how much, and by which provision?

JKM for an ordinary death, JKK for one by a work accident. Facts in, decision out; who may
press the button and what follows is in `claims`. Membership is judged as on the day of
death from payments received by then, and what happened after never takes it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sertakan.law import death_judgement, death_turning
from sertakan.law import facts as f
from sertakan.law.book import Book, the_law
from sertakan.law.decisions import Decision, uncertain

FACTS: Mapping[str, f.Parser] = {
    "segment": f.segment,
    "died_on": f.day,
    "cause": f.choice("ordinary", "work_accident"),
    "accepted_on": f.day,
    "payments": f.list_of(f.payment),
    "income": f.rupiah,
    "wage": f.rupiah,
    "sector": f.sector,
    "fund": f.fund,
    "risk_class": f.risk_class,
    "working_when_accepted": f.yes_no,
    "known_on": f.day,
    "children": f.list_of(f.child),
    "survivors": f.list_of(f.survivor),
    "will": f.will,
    "funeral_arranged_by": f.text,
}


def decide(facts: Mapping[str, Any], book: Book | None = None) -> Decision:
    """Decide a death by its facts in the form of contracts (`FACTS` lists them).

    Raises FactError for facts that do not fit and NotInForce for a death before July 2015;
    a fact not given is unknown.
    """
    return decide_known(f.read(facts, FACTS), book or the_law())


def decide_known(facts: Mapping[str, Any], book: Book) -> Decision:
    """The same for facts already read."""
    claim = death_judgement.judge(facts, book)
    answer = death_judgement.answer(claim)

    def again(other: Book) -> dict[str, Any]:
        return death_judgement.answer(death_judgement.judge(facts, other))

    return Decision(
        question="death_benefit",
        answer=answer,
        findings=tuple(claim.case.findings),
        lines=tuple(claim.case.lines),
        uncertain=uncertain(claim.case, answer, again),
        turned_by=death_turning.turned_by(claim),
    )

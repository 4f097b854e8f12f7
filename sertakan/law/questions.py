"""The questions of the law by name, asked with facts as JSON holds them.

`answer` is what the command line and other doors show; `decide` gives the decision with its
reasons. A fact that is not given is unknown; one that does not fit is an error with a code,
the name of the fact and a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sertakan.law import (
    accident_claims,
    claim_expiry,
    contribution_question,
    cover_question,
    death_claims,
    eligibility,
    heirs,
    late_payment,
    project_contribution,
)
from sertakan.law import facts as f
from sertakan.law.book import LAW_BEGAN, Book, NotInForce, the_law
from sertakan.law.decisions import Decision
from sertakan.law.facts import FactError

Decide = Callable[[Mapping[str, Any], Book], Decision]

QUESTIONS: Mapping[str, tuple[Mapping[str, f.Parser], Decide]] = {
    "contribution": (contribution_question.FACTS, contribution_question.decide),
    "eligibility": (eligibility.FACTS, eligibility.decide),
    "cover": (cover_question.FACTS, cover_question.decide),
    "death_benefit": (death_claims.FACTS, death_claims.decide_known),
    "heirs": (heirs.FACTS, heirs.decide),
    "project_contribution": (project_contribution.FACTS, project_contribution.decide),
    "accident_benefit": (accident_claims.FACTS, accident_claims.decide),
    "late_payment": (late_payment.FACTS, late_payment.decide),
    "claim_expiry": (claim_expiry.FACTS, claim_expiry.decide),
}
DAYS_ASKED_FOR = ("on", "died_on", "happened_on", "complete_on")


def decide(question: str, facts: Mapping[str, Any], book: Book | None = None) -> Decision:
    """Answer a question with every reason. Raises FactError."""
    if not isinstance(question, str) or question not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        raise FactError("unknown_question", "question", f"The questions are: {known}.")
    table, answerer = QUESTIONS[question]
    known_facts = f.read(facts, table)
    _refuse_days_before_the_law(known_facts)
    try:
        return answerer(known_facts, book or the_law())
    except NotInForce as gap:
        raise _not_in_force(_asked_for(known_facts), gap) from None


def _refuse_days_before_the_law(facts: Mapping[str, Any]) -> None:
    for name in DAYS_ASKED_FOR:
        if name in facts and facts[name] < LAW_BEGAN:
            raise FactError(
                "not_in_force", name, f"{name}: {facts[name]} is before the law of 1 July 2015."
            )


def _asked_for(facts: Mapping[str, Any]) -> str:
    return next((name for name in DAYS_ASKED_FOR if name in facts), "facts")


def _not_in_force(field: str, gap: NotInForce) -> FactError:
    return FactError("not_in_force", field, f"{field}: {gap.name} was not in force on {gap.on}.")


def answer(question: Any, facts: Mapping[str, Any], book: Book | None = None) -> dict[str, Any]:
    """`{"answer", "provisions", "uncertain"}`, or `{"error": {"code", "field", "message"}}`."""
    try:
        decision = decide(question, facts, book)
    except FactError as refusal:
        return {"error": refusal.as_dict()}
    return {
        "answer": dict(decision.answer),
        "provisions": [each.as_dict() for each in decision.provisions],
        "uncertain": list(decision.uncertain),
        **(decision.shown or {}),
    }

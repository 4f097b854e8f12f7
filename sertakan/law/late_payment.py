"""By when must a benefit be paid, and what does each day cost after that?

JKM within 3 and JKK within 7 working days of a complete request, then 1 % a day to the heirs
(PP 44/2015 Pasal 37(2)-(3), 40(3)-(4)).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sertakan.law import facts as f
from sertakan.law import working_days
from sertakan.law.book import Book
from sertakan.law.decisions import Case, Decision, to_give, uncertain
from sertakan.law.facts import FactError
from sertakan.vocabulary import share

FACTS: Mapping[str, f.Parser] = {
    "programme": f.choice("JKM", "JKK"),
    "complete_on": f.day,
    "paid_on": f.day,
    "amount": f.rupiah,
}


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """`due_on`, `days_late` and `penalty` in rupiah; null where a fact is unknown."""
    case, answer = _decide(facts, book)
    return Decision(
        question="late_payment",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        turned_by=to_give(answer.get("review_because", ())),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    due_on = _due_on(case)
    case.find("deadline_known", None if due_on is None else True)
    days_late = _days_late(case, due_on)
    case.find("paid_in_time", None if days_late is None else days_late == 0)
    penalty = _penalty(case, days_late)
    case.find("penalty_known", None if penalty is None else True)
    answer: dict[str, Any] = {
        "due_on": due_on.isoformat() if due_on else None,
        "days_late": days_late,
        "penalty": penalty,
    }
    missing = [f"missing:{name}" for name in FACTS if name not in facts]
    if penalty is None:
        answer["review_because"] = missing
    return case, answer


def _due_on(case: Case) -> date | None:
    programme, complete_on = case.fact("programme"), case.fact("complete_on")
    if programme is None or complete_on is None:
        return None
    days = case.law(f"{programme.lower()}/pay_deadline", complete_on)
    try:
        return working_days.due_after(case, complete_on, days)
    except ValueError as gap:
        raise FactError("invalid_value", "complete_on", f"complete_on: {gap}.") from None


def _days_late(case: Case, due_on: date | None) -> int | None:
    paid_on = case.fact("paid_on")
    if due_on is None or paid_on is None:
        return None
    late: int = (paid_on - due_on).days
    return max(0, late)


def _penalty(case: Case, days_late: int | None) -> int | None:
    """1 % of the amount for each day; half a rupiah rounds up."""
    if days_late == 0:
        return 0
    amount = case.fact("amount")
    if days_late is None or amount is None:
        return None
    programme = case.fact("programme").lower()
    rate = case.law(f"{programme}/pay_late_penalty", case.fact("complete_on"))
    return share(amount, rate * days_late)

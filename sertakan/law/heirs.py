"""Who is paid when a worker has died? (PP 44/2015 Pasal 37(5) and 40(2))

Widow, widower or child; else parents, grandchildren, grandparents; else siblings; else
parents-in-law; else who is named in a will, which must be a notarial deed. The law names
the class and not the shares: everyone of the first class that is not empty is named here.
With nobody, only the funeral is paid, to who arranged it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sertakan.law import facts as f
from sertakan.law.book import LAW_BEGAN, Book
from sertakan.law.decisions import Case, Change, Decision, to_give, uncertain

FACTS: Mapping[str, f.Parser] = {
    "survivors": f.list_of(f.survivor),
    "will": f.will,
    "funeral_arranged_by": f.text,
}
CLASSES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "spouse_child": (("spouse", "child"),),
    "direct_line": (("parent",), ("grandchild",), ("grandparent",)),
    "sibling": (("sibling",),),
    "parent_in_law": (("parent_in_law",),),
}
REVIEW_REASONS = ("will_not_notarial",)


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """Everyone in the first class that is not empty."""
    case, answer = _decide(facts, book)
    return Decision(
        question="heirs",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
        turned_by=_turned_by(facts, answer),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    return case, find(case, on=None)


def _turned_by(facts: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[Change, ...]:
    """What would settle a review of the heirs."""
    if "will_not_notarial" in answer["review_because"]:
        return (Change("will", replace(facts["will"], notarial=True)),)
    return to_give(answer["review_because"])


def find(case: Case, on: date | None) -> dict[str, Any]:
    """The heirs, by the law of a day (the latest where none is asked for)."""
    survivors: tuple[f.Survivor, ...] | None = case.fact("survivors")
    for name in _law(case, "heirs/order", on):
        if name == "will":
            answer = _by_will(case, on)
            if answer is not None:
                return answer
            continue
        answer = _by_class(case, name, survivors)
        if answer is not None:
            return answer
    return _nobody(case)


def _law(case: Case, name: str, on: date | None) -> Any:
    if on is not None:
        return case.law(name, max(on, LAW_BEGAN))
    provision = case.book.latest(name)
    case.cite((provision,))
    return provision.value


def _by_class(
    case: Case, name: str, survivors: tuple[f.Survivor, ...] | None
) -> dict[str, Any] | None:
    """The first group of the class that has anyone; None where the class is empty."""
    case.fact("survivors")
    if survivors is None:
        case.find(f"left_{name}", None)
        return _answer("none", review=["missing:survivors"])
    unknown = [place for place, each in enumerate(survivors) if each.relation is None]
    if unknown:
        case.find(f"left_{name}", None)
        return _answer("none", review=[f"missing:survivors[{place}].relation" for place in unknown])
    for relations in CLASSES[name]:
        named = [each.id for each in survivors if each.relation in relations]
        if named:
            case.find(f"left_{name}", True)
            return _answer(name, named)
    case.find(f"left_{name}", False)
    return None


def _by_will(case: Case, on: date | None) -> dict[str, Any] | None:
    """Those named in a will; a will that is no notarial deed is for an officer to judge."""
    will: f.Will | None = case.fact("will")
    if will is None:
        case.find("left_will", None)
        return _answer("none", review=["missing:will"])
    if not will.names:
        case.find("left_will", False)
        return None
    case.find("left_will", True)
    case.fact("will")
    needed = _law(case, "heirs/will/notarial", on)
    notarial = will.notarial if needed else True
    case.find("will_is_notarial", notarial)
    reason = {True: [], False: ["will_not_notarial"], None: ["missing:will.notarial"]}[notarial]
    return _answer("will", list(will.names), review=reason)


def _nobody(case: Case) -> dict[str, Any]:
    arranged_by = case.fact("funeral_arranged_by")
    case.find("funeral_arranged", None if arranged_by is None else True)
    if arranged_by is None:
        return _answer("none", funeral_only=True, review=["missing:funeral_arranged_by"])
    return _answer("none", [arranged_by], funeral_only=True)


def _answer(
    name: str,
    payable_to: list[str] | None = None,
    *,
    funeral_only: bool = False,
    review: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "payable_to": payable_to or [],
        "class": name,
        "funeral_only": funeral_only,
        "review_because": review or [],
    }

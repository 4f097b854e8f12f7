"""A decision told in short sentences, in Indonesian and in English.

The sentences lie in `sentences/`, found by the name of the rule, reason or benefit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from sertakan.law.book import Book, the_law
from sertakan.law.decisions import Change, Decision, Finding, Line
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month, rupiah

Language = Literal["id", "en"]
LANGUAGES = ("id", "en")
SENTENCES = Path(__file__).parent / "sentences"
_HELD = {True: "yes", False: "no", None: "unknown"}
_NESTED = re.compile(r"(children|survivors)\[(\d+)\]\.(\w+)")


@cache
def rule_sentences() -> Mapping[str, Any]:
    """By rule and language: what it says when it holds, when not, and when unknown."""
    content = yaml.load((SENTENCES / "rules.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return dict(content)


@cache
def words() -> Mapping[str, Any]:
    """Sentences and names by what they are for."""
    content = yaml.load((SENTENCES / "words.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return dict(content)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in sentences, by what they are about, each list in the decision's order."""

    outcome: list[str]
    findings: list[str]
    lines: list[str]
    reasons: list[str]
    changes: list[str]
    uncertain: list[str]


def tell(decision: Decision, language: Language = "id", book: Book | None = None) -> Told:
    """The outcome, every rule tried, every amount with its source, every reason, and what
    would turn it or must still be confirmed; a sentence each."""
    teller = _Teller(language, book or the_law())
    return Told(
        outcome=list(teller.outcome(decision)),
        findings=[teller.finding(each) for each in decision.findings],
        lines=[teller.line(each) for each in decision.lines],
        reasons=[teller.reason(each) for each in _reasons(decision.answer)],
        changes=[teller.change(each) for each in decision.turned_by if each.how != "give"],
        uncertain=[teller.uncertain(each) for each in decision.uncertain],
    )


def explain(decision: Decision, language: Language = "id", book: Book | None = None) -> list[str]:
    """All that `tell` tells, one after another."""
    told = tell(decision, language, book)
    return [
        *told.outcome,
        *told.findings,
        *told.lines,
        *told.reasons,
        *told.changes,
        *told.uncertain,
    ]


def _reasons(answer: Mapping[str, Any]) -> list[str]:
    return [*answer.get("refused_because", ()), *answer.get("review_because", ())]


class _Teller:
    """Speaks one language."""

    def __init__(self, language: Language, book: Book) -> None:
        self.language, self.book = language, book

    def word(self, kind: str, name: str, **filled: Any) -> str:
        text: str = words()[kind][name][self.language]
        return text.format(**filled) if filled else text

    def outcome(self, decision: Decision) -> Iterator[str]:
        for name, filled in _outcomes(decision):
            shown = {key: self.value(value) for key, value in filled.items()}
            yield self.word("outcomes", name, **shown)

    def finding(self, finding: Finding) -> str:
        if finding.rule.startswith("no_"):
            benefit = self.word("benefits", finding.rule.removeprefix("no_"))
            return self.word("frames", "nothing", benefit=benefit)
        sentence: str = rule_sentences()[finding.rule][self.language][_HELD[finding.held]]
        return self.sourced(sentence, finding.provisions)

    def line(self, line: Line) -> str:
        benefit = self.word("benefits", line.benefit)
        amount = rupiah(line.amount)
        sentence = self.word("frames", "line", benefit=benefit.capitalize(), amount=amount)
        return self.sourced(f"{sentence}.", line.provisions)

    def sourced(self, sentence: str, provisions: Iterable[Provision]) -> str:
        sources = list(dict.fromkeys(each.source for each in provisions))
        if not sources:
            return sentence
        by = self.word("frames", "by", sources="; ".join(sources))
        return f"{sentence.removesuffix('.')} ({by})."

    def reason(self, reason: str) -> str:
        if reason.startswith("missing:"):
            fact = self.fact(reason.removeprefix("missing:"))
            return self.word("reasons", "missing", fact=fact)
        return self.word("reasons", reason)

    def change(self, change: Change) -> str:
        frame = "added" if change.how == "add" else "turn"
        return self.word("frames", frame, fact=self.fact(change.fact), to=self.value(change.to))

    def uncertain(self, name: str) -> str:
        return self.word(
            "frames", "uncertain", title=self.book.parameter(name).title[self.language]
        )

    def fact(self, name: str) -> str:
        nested = _NESTED.fullmatch(name)
        if nested is not None:
            whose = {"children": "child", "survivors": "survivor"}[nested[1]]
            fact = self.word("facts", nested[3])
            return self.word("facts", whose, number=int(nested[2]) + 1, fact=fact)
        return self.word("facts", name.rpartition(".")[2])

    def value(self, value: Any) -> str:
        """A value as one would write it: days in words, money with dots."""
        if value is None:
            return self.word("frames", "none")
        if isinstance(value, bool):
            return self.word("frames", "yes" if value else "no")
        if isinstance(value, date):
            month = words()["months_of_the_year"][self.language][value.month - 1]
            return f"{value.day} {month} {value.year}"
        if isinstance(value, Month | str | int):
            return str(value)
        if isinstance(value, list | tuple):
            return ", ".join(self.value(each) for each in value)
        return self.record(value)

    def record(self, value: Any) -> str:
        facts = value if isinstance(value, Mapping) else value.as_facts()
        if "paid_on" in facts:
            paid_on = date.fromisoformat(str(facts["paid_on"]))
            months = self.value(facts["months"])
            return self.word("frames", "paid", paid_on=self.value(paid_on), months=months)
        return ", ".join(
            f"{self.fact(name)} {self.value(each)}"
            for name, each in facts.items()
            if name != "names"
        )


def _outcomes(decision: Decision) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The names of the sentences that tell the answer, with what fills them."""
    answer = decision.answer
    tell = {
        "eligibility": _eligibility,
        "cover": _status,
        "contribution": _price,
        "project_contribution": _price,
        "heirs": _heirs,
        "late_payment": _late,
        "claim_expiry": _expiry,
    }.get(decision.question, _benefit)
    yield from tell(answer)


_Told = Iterator[tuple[str, Mapping[str, Any]]]


def _eligibility(answer: Mapping[str, Any]) -> _Told:
    names = {True: "eligible", False: "not_eligible", None: "eligibility_unknown"}
    yield names[answer["eligible"]], {}


def _status(answer: Mapping[str, Any]) -> _Told:
    yield answer["status"], {}


def _price(answer: Mapping[str, Any]) -> _Told:
    yield "price", {"total": rupiah(answer["total"])}


def _heirs(answer: Mapping[str, Any]) -> _Told:
    if answer["funeral_only"]:
        yield "funeral_only", {}
    if answer["payable_to"]:
        yield "heirs", {"payable_to": answer["payable_to"]}
    else:
        yield "no_heirs", {}


def _late(answer: Mapping[str, Any]) -> _Told:
    if answer["due_on"] is None:
        yield "review", {}
        return
    yield "due", {"due_on": date.fromisoformat(answer["due_on"])}
    if answer["penalty"] is not None:
        yield "penalty", {"penalty": rupiah(answer["penalty"])}


def _expiry(answer: Mapping[str, Any]) -> _Told:
    names = {True: "expired", False: "not_expired", None: "review"}
    yield names[answer["expired"]], {}


def _benefit(answer: Mapping[str, Any]) -> _Told:
    yield answer["outcome"], {"arrears": rupiah(answer.get("arrears", 0))}
    scholarship = answer.get("scholarship")
    if scholarship and scholarship["children"]:
        yield (
            "scholarship",
            {
                "children": scholarship["children"],
                "lifetime_max": rupiah(scholarship["lifetime_max"]),
            },
        )
    if answer.get("heirs") and answer["outcome"] != "refused":
        yield from _heirs(answer["heirs"])

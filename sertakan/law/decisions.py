"""A decision is a value that carries its reasons.

A `Case` is one question while it is being answered: the facts as given, the law as it stands
in one book, and a note of everything that was looked at. What a rule or an amount has read
goes into its finding; nothing is read that no finding names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeVar

from sertakan.law.book import Book
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A rule that was tried: whether it held (None: a fact is unknown), on what it rests."""

    rule: str
    held: bool | None
    facts: Mapping[str, Any]
    provisions: tuple[Provision, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "held": self.held,
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "provisions": [each.name for each in self.provisions],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An amount in rupiah with the facts and the provisions that it comes from."""

    benefit: str
    amount: int
    facts: Mapping[str, Any]
    provisions: tuple[Provision, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "benefit": self.benefit,
            "amount": self.amount,
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "provisions": [each.name for each in self.provisions],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that, were it so, would turn a decision.

    `set` it to `to`, `add` `to` to the list that it is, or only `give` it: it is unknown.
    """

    fact: str
    to: Any = None
    how: Literal["set", "add", "give"] = "set"

    def as_dict(self) -> dict[str, Any]:
        return {"fact": self.fact, self.how: True if self.how == "give" else plain(self.to)}

    def applied_to(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """`facts` with the change made. Raises ValueError where the fact has only to be given."""
        if self.how == "give":
            raise ValueError(f"{self.fact} has to be given")
        before = (*(facts.get(self.fact) or ()),) if self.how == "add" else ()
        return dict(facts) | {self.fact: (*before, self.to) if self.how == "add" else self.to}


def to_give(review_because: Iterable[str]) -> tuple[Change, ...]:
    """The changes that reasons of the form `missing:<fact>` ask for."""
    return tuple(
        Change(reason.removeprefix("missing:"), how="give")
        for reason in review_because
        if reason.startswith("missing:")
    )


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """An answer with every rule tried, every amount's provision, and what would turn it.

    `answer` has the form of contracts; `shown` is what is told beside it and decides nothing.
    """

    question: str
    answer: Mapping[str, Any]
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...] = ()
    uncertain: tuple[str, ...] = ()
    turned_by: tuple[Change, ...] = ()
    shown: Mapping[str, Any] | None = None

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Every provision read, in the order of reading, each once."""
        return _distinct(self.findings, self.lines)

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON can hold it, to be kept as it was."""
        return {
            "question": self.question,
            "answer": self.answer,
            "findings": [each.as_dict() for each in self.findings],
            "lines": [each.as_dict() for each in self.lines],
            "provisions": [
                each.as_dict() | {"value": plain(each.value), "confidence": each.confidence}
                for each in self.provisions
            ],
            "uncertain": list(self.uncertain),
            "turned_by": [each.as_dict() for each in self.turned_by],
            **(self.shown or {}),
        }


T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the work of a case: what to do again, what came out, what it read."""

    work: Callable[[Case], Any]
    result: Any
    provisions: frozenset[Provision]


class Case:
    """One question being answered. Facts that are absent or None are unknown."""

    __slots__ = (
        "_facts_read",
        "_in_part",
        "_low_outside_parts",
        "_provisions_read",
        "book",
        "facts",
        "findings",
        "lines",
        "parts",
    )

    def __init__(self, facts: Mapping[str, Any], book: Book) -> None:
        self.facts = facts
        self.book = book
        self.findings: list[Finding] = []
        self.lines: list[Line] = []
        self.parts: list[Part] = []
        self._facts_read: dict[str, Any] = {}
        self._provisions_read: list[Provision] = []
        self._low_outside_parts: set[Provision] = set()
        self._in_part = False

    def fact(self, name: str) -> Any:
        """The fact, or None where it is unknown."""
        value = self._facts_read[name] = self.facts.get(name)
        return value

    def law(self, name: str, on: date) -> Any:
        """The value in force on a day. Raises NotInForce."""
        provision = self.book.in_force(name, on)
        self._provisions_read.append(provision)
        if provision.confidence == "low" and not self._in_part:
            self._low_outside_parts.add(provision)
        return provision.value

    def cite(self, provisions: Iterable[Provision]) -> None:
        """Note provisions that were read on this case's behalf."""
        for provision in provisions:
            self._provisions_read.append(provision)
            if provision.confidence == "low" and not self._in_part:
                self._low_outside_parts.add(provision)

    def part(self, work: Callable[[Case], T]) -> T:
        """Do a part of the work whose result follows from the facts and the book alone.

        Should a provision that only this part has read be otherwise, doing the part again
        tells whether anything would change (see `uncertain`).
        """
        before = len(self._provisions_read)
        self._in_part = True
        result = work(self)
        self._in_part = False
        self.parts.append(Part(work, result, frozenset(self._provisions_read[before:])))
        return result

    def same_in_every_part(self, provision: Provision, other: Book) -> bool:
        """Whether only parts have read a low provision, and under another book come out the
        same."""
        return provision not in self._low_outside_parts and all(
            part.work(Case(self.facts, other)) == part.result
            for part in self.parts
            if provision in part.provisions
        )

    def find(self, rule: str, held: bool | None) -> bool | None:
        """Record a rule with everything read since the last one."""
        self.findings.append(Finding(rule, held, *self._read()))
        return held

    def rule(self, tried: Callable[[Case], bool | None]) -> bool | None:
        """Try a rule and record it under its name."""
        return self.find(tried.__name__, tried(self))

    def line(self, benefit: str, amount: int) -> None:
        """Record an amount with everything read for it; a line of zero says nothing."""
        facts, provisions = self._read()
        if amount:
            self.lines.append(Line(benefit, amount, facts, provisions))
        elif facts or provisions:
            self.findings.append(Finding(f"no_{benefit}", True, facts, provisions))

    def _read(self) -> tuple[dict[str, Any], tuple[Provision, ...]]:
        read = self._facts_read, tuple(dict.fromkeys(self._provisions_read))
        self._facts_read, self._provisions_read = {}, []
        return read

    @property
    def leftover(self) -> bool:
        """Whether something was read that no finding names: a fault in the rule that did it."""
        return bool(self._facts_read or self._provisions_read)

    def low(self) -> tuple[Provision, ...]:
        """The provisions of low confidence that were read."""
        read = _distinct(self.findings, self.lines)
        return tuple(provision for provision in read if provision.confidence == "low")


def _distinct(findings: Iterable[Finding], lines: Iterable[Line] = ()) -> tuple[Provision, ...]:
    once = {id(each): each for finding in findings for each in finding.provisions}
    once |= {id(each): each for line in lines for each in line.provisions}
    return tuple(once.values())


def uncertain(case: Case, answer: Any, again: Callable[[Book], Any]) -> tuple[str, ...]:
    """The provisions of low confidence that `answer` hangs on.

    Each is read the other way that the sources allow and the case decided `again`; where
    another answer comes out, or where no other reading is known, it is named.
    """
    return tuple(
        provision.name
        for provision in case.low()
        if not provision.alternatives
        or any(
            not case.same_in_every_part(provision, book) and again(book) != answer
            for book in case.book.alternatives(provision)
        )
    )


def plain(value: Any) -> Any:
    """A fact or a value of the law as JSON can hold it."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Month | Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return plain(value.as_facts())

"""A decision as it was kept, told: every rule with its facts and articles, every amount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sertakan.claims.models import Decision
from sertakan.documents.papers import title
from sertakan.law import decisions as law_decisions
from sertakan.law.explanations import Language, tell
from sertakan.law.explanations import words as law_words
from sertakan.law.parameter_files import Provision
from sertakan.law.restoring import restored
from sertakan.web import words
from sertakan.web.numbers import rupiah

PARTS = ("answer", "findings", "lines", "provisions", "uncertain", "turned_by")
MONEY = frozenset({"income", "wage", "amount", "contract_value"})
CODES = {"cause": "cause", "fund": "fund", "segment": "segment", "sector": "sector"}


@dataclass(frozen=True, slots=True)
class ProvisionTold:
    """What a provision settles, who says so, since when, and how sure that is."""

    title: str
    source: str
    since: date
    confidence: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule: held, not held, or not known (None); its sentence, facts and provisions.

    `nothing_paid` marks a benefit of which nothing is paid: a reckoning more than a rule.
    """

    held: bool | None
    sentence: str
    facts: Sequence[tuple[str, str]]
    provisions: Sequence[ProvisionTold]
    nothing_paid: bool = False


@dataclass(frozen=True, slots=True)
class AmountTold:
    """One benefit in rupiah, and the provisions that it follows from."""

    benefit: str
    rupiah: int
    provisions: Sequence[Provision]


@dataclass(frozen=True, slots=True)
class DecisionTold:
    """Everything of a decision, in the reader's language."""

    outcome: Sequence[str]
    rules: Sequence[RuleTold]
    amounts: Sequence[AmountTold]
    reasons: Sequence[str]
    changes: Sequence[str]
    uncertain: Sequence[str]
    heirs: Mapping[str, Any] | None
    total: int


def language() -> Language:
    """The reader's language, as the law speaks it."""
    return "en" if get_language() == "en" else "id"


def decision_told(kept: Decision) -> DecisionTold:
    """A claim's decision, from what was kept of it."""
    return law_told(restored("death_benefit", {part: getattr(kept, part) for part in PARTS}))


def law_told(decision: law_decisions.Decision) -> DecisionTold:
    """Any decision of the law."""
    told = tell(decision, language())
    return DecisionTold(
        outcome=told.outcome,
        rules=[
            RuleTold(
                held=None if finding.rule.startswith("no_") else finding.held,
                sentence=without_sources(sentence, finding.provisions),
                facts=facts_told(finding.facts),
                provisions=provisions_told(finding.provisions),
                nothing_paid=finding.rule.startswith("no_"),
            )
            for finding, sentence in zip(decision.findings, told.findings, strict=True)
        ],
        amounts=[
            AmountTold(benefit_told(line.benefit), line.amount, line.provisions)
            for line in decision.lines
        ],
        reasons=told.reasons,
        changes=told.changes,
        uncertain=told.uncertain,
        heirs=decision.answer.get("heirs"),
        total=sum(line.amount for line in decision.lines),
    )


def without_sources(sentence: str, provisions: Sequence[Provision]) -> str:
    """The sentence alone: its articles stand beside it in a list."""
    sources = "; ".join(dict.fromkeys(each.source for each in provisions))
    by = law_words()["frames"]["by"][language()].format(sources=sources)
    return sentence.replace(f" ({by})", "") if sources else sentence


def provisions_told(provisions: Sequence[Provision]) -> list[ProvisionTold]:
    """Provisions in words."""
    return [
        ProvisionTold(title(each.name, language()), each.source, each.since, each.confidence)
        for each in provisions
    ]


def benefit_told(name: str) -> str:
    """What a benefit is called."""
    called: str = law_words()["benefits"][name][language()]
    return called[:1].upper() + called[1:]


def matter_told(name: str) -> str:
    """A thing left to an officer, as a sentence."""
    reasons = law_words()["reasons"]
    return str(reasons[name][language()]) if name in reasons else name


def facts_told(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a rule has read: each fact by name and value, in words."""
    return [(fact_name(name), _value(name, value)) for name, value in facts.items()]


def fact_name(name: str) -> str:
    """What a fact is called."""
    known = law_words()["facts"].get(name)
    return str(known[language()]) if known else name


def _value(name: str, value: Any) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return rupiah(value) if name in MONEY else str(value)
    if isinstance(value, list):
        return _list(name, value)
    if isinstance(value, Mapping):
        return ", ".join(map(str, value.get("names", []))) or _("yes")
    return _text(name, str(value))


def _list(name: str, values: list[Any]) -> str:
    if not values:
        return _("none")
    if name == "payments":
        months = sum(len(each["months"]) for each in values)
        return _("%(payments)s payments for %(months)s months") % {
            "payments": len(values),
            "months": months,
        }
    if name == "survivors":
        return ", ".join(
            f"{each['id']} ({_text('relation', each.get('relation') or '')})" for each in values
        )
    return str(len(values))


def _text(name: str, value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), "j F Y")
    except ValueError:
        table = CODES.get(name) or ("relation" if name == "relation" else "")
        return str(words.TABLES[table].get(value, value)) if table else value

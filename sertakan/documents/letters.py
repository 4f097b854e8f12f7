"""The letter that tells a family what was decided on its claim, by which rules, and why.

It is written from the decision as it was kept, so that the same letter can be written again in
ten years. The sentences are the law's own (`sertakan.law.explanations`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sertakan.documents.papers import Cited, Issuer, provision_rows
from sertakan.documents.typesetting import pdf
from sertakan.documents.wording import Language, named, words
from sertakan.documents.writing import capital, day, masked
from sertakan.law.decisions import Decision, Line
from sertakan.law.explanations import tell
from sertakan.law.explanations import words as law_words
from sertakan.law.restoring import restored
from sertakan.vocabulary import rupiah

QUESTION = "death_benefit"


@dataclass(frozen=True, slots=True)
class Heir:
    """Who is paid: relation as in the records (`spouse`) or in words; `nik` masked or none."""

    name: str
    relation: str
    nik: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An officer's word on a thing that the law leaves to an officer (`matter`)."""

    matter: str
    note: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Letter:
    """A decision on a claim and what surrounds it.

    `outcome` is what holds (`payable`, `refused`, `pending_arrears`, `review`), the law's own or
    what an officer's word made of it. `kept` has `answer`, `findings`, `lines`, `provisions`,
    `uncertain` and `turned_by`, as in `claims.models.Decision`. Not `approved_by` anybody: a draft.
    """

    number: str
    claim: str
    addressee: str
    addressee_relation: str
    deceased: str
    deceased_nik: str
    died_on: date
    cause: str
    outcome: str
    kept: Mapping[str, Any]
    decided_on: date
    decided_by: str
    issuer: Issuer
    approved_by: str | None = None
    approved_on: date | None = None
    heirs: tuple[Heir, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    question: str = QUESTION


def decision_letter(paper: Letter, *, language: Language = "id") -> bytes:
    """The letter on A4. Raises ValueError for a NIK that is not masked."""
    told = words("letter", language)
    decision = restored(paper.question, paper.kept)
    sentences = tell(decision, language)
    return pdf(
        "letter",
        {
            "issuer": paper.issuer.as_content(),
            "number": paper.number,
            "to": told["to"].format(name=paper.addressee),
            "as": _relation(paper.addressee_relation, language),
            "outcome": told["outcomes"][paper.outcome],
            "approved": paper.approved_by is not None,
            "payable": paper.outcome == "payable",
            "sum": rupiah(sum(each.amount for each in decision.lines)),
            "refused": paper.outcome == "refused",
            "told": _told(paper, decision, sentences.outcome),
            "facts": _facts(paper, language),
            "amounts": _amounts(decision.lines, language),
            "reasons": sentences.reasons,
            "heirs": _heirs(paper, language),
            "rules": _rules(decision, sentences.findings, language),
            "confirmed": [_confirmed(each, language) for each in paper.confirmed],
            "turned": sentences.changes,
            "uncertain": sentences.uncertain,
            "provisions": provision_rows(map(Cited.of, paper.kept["provisions"]), language),
            "reached": told["reached"].format(
                office=", ".join([paper.issuer.name, *paper.issuer.lines])
            ),
            "signatures": _signatures(paper, language),
        },
        title=told["title"].format(number=paper.claim),
        language=language,
        on=paper.decided_on,
    )


def _told(paper: Letter, decision: Decision, outcome: list[str]) -> list[str]:
    """What the law says beside the outcome in the heading; nothing where an officer had the
    last word."""
    if paper.outcome != decision.answer["outcome"]:
        return []
    return outcome if paper.outcome == "pending_arrears" else outcome[1:]


def _relation(relation: str, language: Language) -> str:
    word = named("relations", relation, language)
    return capital(words("letter", language)["as"].format(relation=word))


def _facts(paper: Letter, language: Language) -> list[list[str]]:
    told = words("letter", language)
    return [
        [told["claim"], paper.claim],
        [told["decided_on"], day(paper.decided_on, language)],
        [told["deceased"], paper.deceased],
        [told["nik"], masked(paper.deceased_nik)],
        [told["died_on"], day(paper.died_on, language)],
        [told["cause"], capital(named("causes", paper.cause, language))],
    ]


def _amounts(lines: Sequence[Line], language: Language) -> list[list[str]]:
    benefits = law_words()["benefits"]
    return [
        [
            capital(benefits[line.benefit][language]),
            "; ".join(dict.fromkeys(each.source for each in line.provisions)),
            rupiah(line.amount),
        ]
        for line in lines
    ]


def _heirs(paper: Letter, language: Language) -> list[str]:
    """Those given by name and relation, else those whom the decision names."""
    if paper.heirs:
        return [
            f"{each.name} ({named('relations', each.relation, language)})" for each in paper.heirs
        ]
    return list((paper.kept["answer"].get("heirs") or {}).get("payable_to", ()))


def _rules(decision: Decision, sentences: list[str], language: Language) -> list[list[str]]:
    told = words("letter", language)
    held = {True: told["held"], False: told["not_held"], None: told["not_known"]}
    return [
        [held[finding.held], sentence]
        for finding, sentence in zip(decision.findings, sentences, strict=True)
    ]


def _confirmed(confirmed: Confirmed, language: Language) -> str:
    reasons = law_words()["reasons"]
    what = reasons[confirmed.matter][language] if confirmed.matter in reasons else confirmed.matter
    told = words("letter", language)["confirmed"]
    on = day(confirmed.on, language)
    return str(told.format(what=what, note=confirmed.note, by=confirmed.by, on=on))


def _signatures(paper: Letter, language: Language) -> list[dict[str, Any]]:
    told = words("letter", language)
    decided = {
        "as": told["decided_by"],
        "name": paper.decided_by,
        "lines": [day(paper.decided_on, language)],
    }
    if paper.approved_by is None:
        return [decided]
    on = [day(paper.approved_on, language)] if paper.approved_on else []
    return [decided, {"as": told["approved_by"], "name": paper.approved_by, "lines": on}]

"""The reference of the law as Markdown, made from its files: numbers, rules, worked cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sertakan.law import showing
from sertakan.law.book import Book, published
from sertakan.law.decisions import plain
from sertakan.law.explanations import rule_sentences
from sertakan.law.parameter_files import Parameter
from sertakan.law.questions import QUESTIONS
from sertakan.law.rule_order import RULES
from sertakan.law.worked_cases import WorkedCase, worked_cases

HEADINGS = {
    "bpu": "BPU: workers without an employer",
    "pu": "PU: wage earners",
    "jakon": "Construction",
    "jkm": "JKM: death",
    "jkk": "JKK: work accidents",
    "scholarship": "Scholarships",
    "heirs": "Heirs",
    "cover": "Cover",
    "calendar": "Calendar",
}
INTRODUCTION = """# The law, as SERTAKAN applies it

Made from `sertakan/law/parameters/` and the worked cases by `sertakan law reference`; a test
sees that it is current. Every number has the days it holds for, its source, and how sure it
is: `high`, `medium` or `low`. What a decision hangs on at low confidence it names in
`uncertain`; *other readings* are those that the sources also allow, and an operator settles
one with a file of `name: {value, source}` named by `SERTAKAN_LAW_SETTINGS`.

The law begins on 1 July 2015. A rule that is first dated later and has nothing before it
holds back to that day.
"""


def text(cases: Path, book: Book | None = None) -> str:
    """The whole reference; `cases` is the folder of worked cases."""
    law = book or published()
    parts = [INTRODUCTION, *_numbers(law), *_open(law), *_rules(), *_cases(cases)]
    return "\n".join(parts).rstrip() + "\n"


def _numbers(law: Book) -> Iterator[str]:
    yield "## Every number\n"
    for group, parameters in groupby(law, key=lambda each: each.name.partition("/")[0]):
        yield f"### {HEADINGS[group]}\n"
        for parameter in parameters:
            yield from _number(parameter)


def _number(parameter: Parameter) -> Iterator[str]:
    held_back = " Holds back to 2015-07-01." if parameter.holds_back else ""
    yield f"#### `{parameter.name}`\n"
    yield f"{parameter.title['en']} / *{parameter.title['id']}*.{held_back}\n"
    yield "| from | to | value | source | found | confidence |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in parameter.provisions:
        value = showing.value(parameter.unit, each.value)
        cells = (each.since, each.until or "", value, each.source, each.found, each.confidence)
        yield "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"
    yield ""
    for each in parameter.provisions:
        rows = showing.rows(parameter.unit, each.value)
        if rows:
            yield "\n".join(["```", *rows, "```", ""])
        if each.note:
            yield f"From {each.since}: {each.note}\n"


def _open(law: Book) -> Iterator[str]:
    yield "## What is not certain\n"
    yield "| provision | from | taken as | other readings | why |"
    yield "| --- | --- | --- | --- | --- |"
    for parameter in law:
        for each in parameter.provisions:
            if each.confidence == "low":
                others = "; ".join(showing.value(parameter.unit, a) for a in each.alternatives)
                taken = showing.value(parameter.unit, each.value)
                yield f"| `{each.name}` | {each.since} | {taken} | {others} | {each.note} |"
    yield ""


def _rules() -> Iterator[str]:
    yield "## The rules, in the order in which they are tried\n"
    for question in QUESTIONS:
        yield f"### {question}\n"
        for number, rule in enumerate(RULES[question], 1):
            said = rule_sentences()[rule]["en"]
            yield f"{number}. `{rule}`: {said['yes']} / {said['no']}"
        yield ""


def _cases(folder: Path) -> Iterator[str]:
    yield "## Worked cases\n"
    for file, cases in groupby(worked_cases(folder), key=lambda each: each.file):
        yield f"### {file.removesuffix('.yaml')}\n"
        yield "| case | comes out |"
        yield "| --- | --- |"
        for case in cases:
            yield f"| {case.name} | {_outcome(case)} |"
        yield ""


def _outcome(case: WorkedCase) -> str:
    if "error" in case.expected:
        return f"error `{case.expected['error']['code']}` of `{case.expected['error']['field']}`"
    told = [f"{name} {_short(value)}" for name, value in case.expected["answer"].items()]
    return "; ".join(told).replace("|", "/")


def _short(value: Any) -> str:
    return f"`{json.dumps(plain(value), ensure_ascii=False)}`"

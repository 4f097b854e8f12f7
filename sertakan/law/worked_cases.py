"""Worked cases from YAML, in words that an insurance officer can check.

A file names its `question`; `given` holds the facts that all its cases share; a case changes
them by `facts` and leaves some out by `without`. `2026-01 to 2026-03` are the months from one
to the other. What an expected `answer` does not mention is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from sertakan.vocabulary import Month

_MONTHS = re.compile(r"(\d{4}-\d{2}) to (\d{4}-\d{2})")
EXPECTED = ("answer", "error", "provisions", "uncertain", "shown")


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case: its file and name, what is asked, and what must come out (see EXPECTED)."""

    file: str
    name: str
    question: str
    facts: Mapping[str, Any]
    expected: Mapping[str, Any]


def worked_cases(folder: Path) -> Iterator[WorkedCase]:
    """The cases in a folder and those below it, by file name."""
    for path in sorted(folder.rglob("*.yaml")):
        content = _read(yaml.safe_load(path.read_text(encoding="utf-8")))
        for each in content["cases"]:
            given = content.get("given", {}) | each.get("facts", {})
            left_out = each.get("without", [])
            yield WorkedCase(
                file=path.relative_to(folder).as_posix(),
                name=each["name"],
                question=content["question"],
                facts={name: value for name, value in given.items() if name not in left_out},
                expected={name: each[name] for name in EXPECTED if name in each},
            )


def _read(value: Any) -> Any:
    """YAML's values as JSON would bring them: `on` is a name, a number with a point exact."""
    if isinstance(value, dict):
        return {"on" if key is True else key: _read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_read(each) for each in value]
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, str) and (run := _MONTHS.fullmatch(value)):
        return [str(month) for month in Month.parse(run[1]).through(Month.parse(run[2]))]
    return value

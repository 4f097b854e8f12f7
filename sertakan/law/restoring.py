"""A decision that was kept (`Decision.as_dict`), back as a value that can be told in sentences.

What was read of the law is as it was kept, and not looked up anew: a letter of last year cites
what was in force for it. Days and months come back as such; records stay mappings of facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from sertakan.law.decisions import Change, Decision, Finding, Line
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def restored(question: str, kept: Mapping[str, Any]) -> Decision:
    """The decision of `answer`, `findings`, `lines`, `provisions`, `uncertain`, `turned_by`.

    Raises KeyError where one of them is missing or names a provision that was not kept.
    """
    provisions = {each["name"]: _provision(each) for each in kept["provisions"]}

    def read(names: list[str]) -> tuple[Provision, ...]:
        return tuple(provisions[name] for name in names)

    return Decision(
        question=question,
        answer=kept["answer"],
        findings=tuple(
            Finding(each["rule"], each["held"], each["facts"], read(each["provisions"]))
            for each in kept["findings"]
        ),
        lines=tuple(
            Line(each["benefit"], each["amount"], each["facts"], read(each["provisions"]))
            for each in kept["lines"]
        ),
        uncertain=tuple(kept["uncertain"]),
        turned_by=tuple(_change(each) for each in kept["turned_by"]),
    )


def _provision(kept: Mapping[str, Any]) -> Provision:
    return Provision(
        name=kept["name"],
        since=date.fromisoformat(kept["since"]),
        until=None,
        value=kept["value"],
        source=kept["source"],
        found="",
        confidence=kept["confidence"],
    )


def _change(kept: Mapping[str, Any]) -> Change:
    ways: tuple[Literal["set", "add", "give"], ...] = ("set", "add", "give")
    how = next(way for way in ways if way in kept)
    return Change(kept["fact"], None if how == "give" else _value(kept[how]), how)


def _value(kept: Any) -> Any:
    if isinstance(kept, str) and _DAY.fullmatch(kept):
        return date.fromisoformat(kept)
    if isinstance(kept, str) and _MONTH.fullmatch(kept):
        return Month.parse(kept)
    if isinstance(kept, Mapping):
        return {name: _value(each) for name, each in kept.items()}
    if isinstance(kept, list):
        return [_value(each) for each in kept]
    return kept

"""Reading the dated YAML files of the law, and refusing what does not fit, by file and key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Confidence = Literal["high", "medium", "low", "operator"]
Unit = Literal[
    "rupiah", "fraction", "months", "years", "days", "working_days", "hours", "day_of_month",
    "children", "jobs", "times_basis", "yes_no", "choice", "order", "bands", "tiers",
]  # fmt: skip
_KEYS = {"name", "unit", "holds_back", "choices", "values"}
_VALUE_KEYS = {
    "from", "until", "value", "source", "found", "confidence", "alternatives", "note",
}  # fmt: skip
_ROW_KEYS = {
    "bands": {"income_from", "basis"},
    "tiers": {"above", "jkk", "jkm"},
}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawFileError(ValueError):
    """A file of the law, of a draft or of settings that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True, eq=False)
class Provision:
    """One value of the law: what it is, from which day to which (both counted), who says so.

    `alternatives` are the other readings that sources allow for a value of low confidence.
    """

    name: str
    since: date
    until: date | None
    value: Any
    source: str
    found: str
    confidence: Confidence
    alternatives: tuple[Any, ...] = ()
    note: str = ""

    def as_dict(self) -> dict[str, str]:
        """As contracts show it."""
        return {"name": self.name, "since": self.since.isoformat(), "source": self.source}


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One number of the law with every value that it has had, oldest first."""

    name: str
    title: Mapping[str, str]
    unit: Unit
    provisions: tuple[Provision, ...]
    holds_back: bool = False
    choices: tuple[str, ...] = ()


def files(folder: Path) -> list[Path]:
    """The YAML files in a folder and those below it, by name. Raises LawFileError."""
    if not folder.is_dir():
        raise LawFileError(f"{folder}: there is no such folder")
    return sorted(folder.rglob("*.yaml"))


def read_all(folder: Path) -> Iterator[Parameter]:
    """Every parameter in a folder."""
    for path in files(folder):
        yield read(path, path.relative_to(folder).with_suffix("").as_posix())


def read(path: Path, name: str) -> Parameter:
    """The parameter in one file. Raises LawFileError."""
    content = _content(path)
    _refuse_unknown(path, content, _KEYS)
    title, unit = content.get("name"), content.get("unit", "")
    if not isinstance(title, dict) or set(title) != {"id", "en"}:
        raise LawFileError(f"{path}: name needs an Indonesian (id) and an English (en) text")
    if unit not in get_args(Unit):
        raise LawFileError(f"{path}: unit {unit!r} is not one of {', '.join(get_args(Unit))}")
    parameter = Parameter(
        name=name,
        title=title,
        unit=unit,
        provisions=(),
        holds_back=content.get("holds_back", False) is True,
        choices=tuple(content.get("choices", ())),
    )
    return replace(parameter, provisions=_values(path, parameter, content))


def amend(parameter: Parameter, path: Path) -> Parameter:
    """`parameter` with the values of a draft file laid over its own. Raises LawFileError."""
    content = _content(path)
    _refuse_unknown(path, content, _KEYS)
    if content.get("unit", parameter.unit) != parameter.unit:
        raise LawFileError(f"{path}: the unit of {parameter.name} is {parameter.unit}")
    changed = {each.since: each for each in _values(path, parameter, content)}
    kept = {each.since: each for each in parameter.provisions}
    together = kept | changed
    return replace(parameter, provisions=tuple(together[since] for since in sorted(together)))


def settled(parameters: Mapping[str, Parameter], path: Path) -> Iterator[Parameter]:
    """The parameters that an operator's file settles, with its values. Raises LawFileError."""
    for name, setting in _content(path).items():
        if name not in parameters:
            raise LawFileError(f"{path}: the law has no provision named {name}")
        if not isinstance(setting, dict) or set(setting) != {"value", "source"}:
            raise LawFileError(f"{path}: {name} needs a value and a source, nothing else")
        parameter = parameters[name]
        if not any(each.confidence == "low" for each in parameter.provisions):
            raise LawFileError(f"{path}: {name} is certain; change it by a draft, not by settings")
        value = _value(path, parameter, setting["value"])
        source = str(setting["source"])
        yield replace(
            parameter,
            provisions=tuple(
                replace(each, value=value, source=source, confidence="operator", alternatives=())
                if each.confidence == "low"
                else each
                for each in parameter.provisions
            ),
        )


def _content(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        reason = " ".join(str(fault).split())
        raise LawFileError(f"{path}: cannot be read: {reason}") from None
    if not isinstance(content, dict):
        raise LawFileError(f"{path}: is not a list of names and values")
    return content


def _refuse_unknown(path: Path, content: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(str(key) for key in content if key not in known)
    if unknown:
        raise LawFileError(f"{path}: unknown key {unknown[0]}")


def _values(path: Path, parameter: Parameter, content: Mapping[str, Any]) -> tuple[Provision, ...]:
    rows = content.get("values")
    if not isinstance(rows, list) or not rows:
        raise LawFileError(f"{path}: values are missing")
    values = tuple(_provision(path, parameter, row) for row in rows)
    sinces = [each.since for each in values]
    if sinces != sorted(set(sinces)):
        raise LawFileError(f"{path}: values stand oldest first, one for each first day")
    return values


def _provision(path: Path, parameter: Parameter, row: Any) -> Provision:
    if not isinstance(row, dict):
        raise LawFileError(f"{path}: each value has from, value, source and confidence")
    _refuse_unknown(path, row, _VALUE_KEYS)
    since, until = row.get("from"), row.get("until")
    if type(since) is not date or not (until is None or type(until) is date):
        raise LawFileError(f"{path}: from and until are days written YYYY-MM-DD")
    if "value" not in row or not row.get("source"):
        raise LawFileError(f"{path}: the value from {since} needs a value and a source")
    confidence = row.get("confidence", "high")
    if confidence not in ("high", "medium", "low"):
        raise LawFileError(f"{path}: confidence is high, medium or low")
    return Provision(
        name=parameter.name,
        since=since,
        until=until,
        value=_value(path, parameter, row["value"]),
        source=str(row["source"]),
        found=str(row.get("found", "")),
        confidence=confidence,
        alternatives=tuple(_value(path, parameter, each) for each in row.get("alternatives", ())),
        note=" ".join(str(row.get("note", "")).split()),
    )


def _value(path: Path, parameter: Parameter, value: Any) -> Any:
    """A value of the parameter's unit: never a float."""
    unit = parameter.unit
    if unit in _ROW_KEYS:
        return _table(path, unit, value)
    if unit == "fraction":
        return _fraction(path, value)
    if unit == "order":
        return _order(path, parameter, value)
    if unit == "yes_no":
        wanted, fits = "true or false", isinstance(value, bool)
    elif unit == "choice":
        wanted, fits = " or ".join(parameter.choices), value in parameter.choices
    else:
        wanted = "a whole number, not below zero"
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not fits:
        raise LawFileError(f"{path}: {value!r} is not {wanted}")
    return value


def _fraction(path: Path, value: Any) -> Fraction:
    try:
        if not isinstance(value, str):
            raise ValueError
        number, _, parts = value.partition("/")
        return Fraction(int(number), int(parts or "1"))
    except (ValueError, ZeroDivisionError):
        raise LawFileError(f"{path}: {value!r} is not a fraction written '24/10000'") from None


def _order(path: Path, parameter: Parameter, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or sorted(map(str, value)) != sorted(parameter.choices):
        raise LawFileError(f"{path}: an order names each of {', '.join(parameter.choices)} once")
    return tuple(value)


def _table(path: Path, unit: str, rows: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(rows, list) or not rows:
        raise LawFileError(f"{path}: {unit} are rows")
    return tuple(_row(path, unit, row) for row in rows)


def _row(path: Path, unit: str, row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict) or set(row) != _ROW_KEYS[unit]:
        raise LawFileError(f"{path}: each row has {', '.join(sorted(_ROW_KEYS[unit]))}")
    fractions = {"jkk", "jkm"}
    return {
        key: _fraction(path, value) if key in fractions else _whole(path, value)
        for key, value in row.items()
    }


def _whole(path: Path, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise LawFileError(f"{path}: {value!r} is not a whole number")
    return value

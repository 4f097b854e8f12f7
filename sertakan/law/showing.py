"""A number of the law as a person reads it: every value, its dates, source and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from sertakan.law.book import Book
from sertakan.law.parameter_files import Parameter, Provision, Unit
from sertakan.vocabulary import rupiah

UNITS: Mapping[Unit, str] = {
    "months": "months",
    "years": "years",
    "days": "days",
    "working_days": "working days",
    "hours": "hours",
    "children": "children",
    "jobs": "jobs",
    "times_basis": "x monthly basis",
}


def value(unit: Unit, found: Any) -> str:
    """A value with its unit: `20000000 (Rp20.000.000)`, `24/10000 (0.24 %)`, `3 months`."""
    if unit == "rupiah":
        return f"{found} ({rupiah(found)})"
    if unit == "fraction":
        return f"{_ratio(found)} ({_percent(found)})"
    if unit == "yes_no":
        return "yes" if found else "no"
    if unit == "order":
        return ", then ".join(found)
    if unit in ("bands", "tiers"):
        return f"table of {len(found)} rows"
    return f"{found} {UNITS[unit]}" if unit in UNITS else str(found)


def rows(unit: Unit, found: Any) -> list[str]:
    """The rows of a table, one line each; none for a single value."""
    if unit == "bands":
        return [
            f"{place:>2}: from {rupiah(row['income_from'])}, basis {rupiah(row['basis'])}"
            for place, row in enumerate(found, 1)
        ]
    if unit == "tiers":
        return [
            f"above {rupiah(row['above'])}: JKK {_percent(row['jkk'])}, JKM {_percent(row['jkm'])}"
            for row in found
        ]
    return []


def _ratio(found: Fraction) -> str:
    return str(found) if found.denominator > 1 else f"{found.numerator}"


def _percent(found: Fraction) -> str:
    """Exactly, in per cent: the law's fractions end."""
    hundredths = found * 10_000
    if hundredths.denominator != 1:
        return f"{found * 100} %"
    whole, part = divmod(int(hundredths), 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + " %"


def parameter(shown: Parameter, on: date | None = None) -> Iterator[str]:
    """The lines of `law show`; with `on`, the value in force that day is marked."""
    yield f"{shown.name}: {shown.title['en']}"
    yield f"    {shown.title['id']}"
    marked = _in_force(shown, on) if on else None
    for provision in shown.provisions:
        yield from _provision(shown, provision, provision is marked)
    if on and marked is None:
        yield f"Nothing was in force on {on}."
    if shown.holds_back:
        yield "With nothing before it: applied from 2015-07-01."


def _in_force(shown: Parameter, on: date) -> Provision | None:
    return Book([shown]).find(shown.name, on)


def _provision(shown: Parameter, provision: Provision, marked: bool) -> Iterator[str]:
    until = f" to {provision.until}" if provision.until else ""
    mark = "*" if marked else " "
    yield f"{mark} from {provision.since}{until}: {value(shown.unit, provision.value)}"
    for row in rows(shown.unit, provision.value):
        yield f"      {row}"
    yield f"    source: {provision.source}"
    if provision.found:
        yield f"    found: {provision.found}"
    yield f"    confidence: {provision.confidence}"
    if provision.alternatives:
        others = "; ".join(value(shown.unit, each) for each in provision.alternatives)
        yield f"    other readings: {others}"
    if provision.note:
        yield f"    note: {provision.note}"


def as_dict(shown: Parameter) -> dict[str, Any]:
    """The same for programs."""
    from sertakan.law.decisions import plain

    return {
        "name": shown.name,
        "title": dict(shown.title),
        "unit": shown.unit,
        "values": [
            {
                "from": each.since.isoformat(),
                "until": each.until.isoformat() if each.until else None,
                "value": plain(each.value),
                "source": each.source,
                "found": each.found,
                "confidence": each.confidence,
                "alternatives": plain(each.alternatives),
                "note": each.note,
            }
            for each in shown.provisions
        ],
    }


def close_names(book: Book, name: str) -> list[str]:
    """Names that someone who wrote `name` may have meant."""
    names = [each.name for each in book]
    return get_close_matches(name, names, n=3) or [each for each in names if name in each][:3]

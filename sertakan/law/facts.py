"""Facts as they are asked in: read strictly, by name, never guessed, never rounded.

Every question has a table of the facts that it knows and how each is read. JSON's numbers
must come as int, or Decimal where written with a point; dates and months may come as `date`
and `Month`. None and absence both mean unknown, except a `will` of null: there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sertakan.law.contributions import FUNDS, RISK_CLASSES, SECTORS, SEGMENTS
from sertakan.law.cover import Payment
from sertakan.vocabulary import Month

Parser = Callable[[Any, str], Any]
MONEY_MAX = 10**15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MONTHS_MAX = 1_200

RELATIONS = (
    "spouse", "child", "parent", "grandparent", "grandchild", "sibling", "parent_in_law",
)  # fmt: skip
LEVELS = ("preschool", "primary", "junior", "senior", "university")


class FactError(ValueError):
    """A question that cannot be asked so: a code, the fact's name and a sentence."""

    def __init__(self, code: str, field: str, message: str) -> None:
        super().__init__(message)
        self.code, self.field, self.message = code, field, message

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "field": self.field, "message": self.message}


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the deceased; what is None is unknown. No `years_left_at_level` means that
    the whole level is still ahead."""

    born_on: date | None = None
    level: str | None = None
    years_left_at_level: int | None = None
    married: bool | None = None
    working: bool | None = None

    def as_facts(self) -> dict[str, Any]:
        return {
            "born_on": self.born_on.isoformat() if self.born_on else None,
            "level": self.level,
            "years_left_at_level": self.years_left_at_level,
            "married": self.married,
            "working": self.working,
        }


@dataclass(frozen=True, slots=True)
class Survivor:
    """Someone who outlived the worker; a relation of None is unknown."""

    id: str
    relation: str | None = None

    def as_facts(self) -> dict[str, Any]:
        return {"id": self.id, "relation": self.relation}


@dataclass(frozen=True, slots=True)
class Will:
    """Whom a will names. Without names there is no will; `notarial` None is unknown."""

    names: tuple[str, ...] = ()
    notarial: bool | None = None

    def as_facts(self) -> dict[str, Any] | None:
        return {"names": list(self.names), "notarial": self.notarial} if self.names else None


@dataclass(frozen=True, slots=True)
class Transport:
    """What carrying the injured person cost, in rupiah, by kind."""

    land: int = 0
    sea: int = 0
    air: int = 0

    def as_facts(self) -> dict[str, int]:
        return {"land": self.land, "sea": self.sea, "air": self.air}


def day(value: Any, field: str) -> date:
    """A day written YYYY-MM-DD, of the years 1900 to 2200."""
    if type(value) is date:
        found: date | None = value
    elif not isinstance(value, str):
        raise FactError("wrong_type", field, f"{field} must be a day written YYYY-MM-DD.")
    else:
        found = _day_written(value)
    if found is None:
        raise FactError(
            "invalid_date", field, f"{field}: {value!r} is not a day written YYYY-MM-DD."
        )
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise FactError("invalid_date", field, f"{field}: {found} is not a day of our time.")
    return found


@lru_cache(maxsize=50_000)
def _day_written(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def month(value: Any, field: str) -> Month:
    """A month written YYYY-MM."""
    if isinstance(value, Month):
        found: Month | None = value
    elif not isinstance(value, str):
        raise FactError("wrong_type", field, f"{field} must be a month written YYYY-MM.")
    else:
        found = _month_written(value)
    if found is None:
        raise FactError(
            "invalid_month", field, f"{field}: {value!r} is not a month written YYYY-MM."
        )
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise FactError("invalid_month", field, f"{field}: {found} is not a month of our time.")
    return found


@lru_cache(maxsize=50_000)
def _month_written(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def whole(low: int, high: int) -> Parser:
    """A whole number between two others."""

    def parse(value: Any, field: str) -> int:
        if isinstance(value, Decimal | float):
            raise _not_whole(value, field)
        if isinstance(value, bool) or not isinstance(value, int):
            raise FactError("wrong_type", field, f"{field} must be a whole number.")
        if value < 0:
            raise FactError("negative", field, f"{field} cannot be below zero.")
        if value > high and high == MONEY_MAX:
            raise FactError("too_large", field, f"{field} is more than any sum this law knows.")
        if not low <= value <= high:
            raise FactError("invalid_value", field, f"{field} must lie between {low} and {high}.")
        return value

    return parse


def _not_whole(value: Decimal | float, field: str) -> FactError:
    if value != value or value in (Decimal("Infinity"), Decimal("-Infinity")):
        return FactError("wrong_type", field, f"{field} must be a number.")
    if value < 0:
        return FactError("negative", field, f"{field} cannot be below zero.")
    return FactError(
        "fractional", field, f"{field} must be a whole number, written without a decimal point."
    )


rupiah = whole(0, MONEY_MAX)


def percent(value: Any, field: str) -> Fraction:
    """A percentage above 0 up to 100, kept exactly as written."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise FactError("wrong_type", field, f"{field} must be a number of per cent.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise FactError("wrong_type", field, f"{field} must be a number of per cent.")
    if value < 0:
        raise FactError("negative", field, f"{field} cannot be below zero.")
    if not 0 < value <= 100:
        raise FactError("invalid_value", field, f"{field} must lie above 0, up to 100.")
    return Fraction(value)


def yes_no(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise FactError("wrong_type", field, f"{field} must be true or false.")
    return value


def text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise FactError("wrong_type", field, f"{field} must be a text.")
    if not value.strip():
        raise FactError("invalid_value", field, f"{field} is empty.")
    return value


def choice(*allowed: str) -> Parser:
    """One of some words."""

    def parse(value: Any, field: str) -> str:
        if not isinstance(value, str):
            raise FactError("wrong_type", field, f"{field} must be one of {', '.join(allowed)}.")
        if value not in allowed:
            raise FactError(
                "invalid_value", field, f"{field}: {value!r} is not one of {', '.join(allowed)}."
            )
        return value

    return parse


def list_of(parse: Parser) -> Parser:
    def parse_all(value: Any, field: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise FactError("wrong_type", field, f"{field} must be a list.")
        try:
            return tuple([parse(each, field) for each in value])
        except FactError:  # again, for the place of the one that does not fit
            return tuple(parse(each, f"{field}[{place}]") for place, each in enumerate(value))

    return parse_all


def record(make: Callable[..., Any], needed: tuple[str, ...] = (), **fields: Parser) -> Parser:
    """An object with those keys; `needed` ones cannot be unknown."""

    def parse(value: Any, field: str) -> Any:
        if isinstance(make, type) and isinstance(value, make):
            return value
        known = read(value, fields, field)
        for name in needed:
            if name not in known:
                raise FactError("missing", f"{field}.{name}", f"{field}.{name} is missing.")
        return make(**known)

    return parse


def read(value: Any, fields: Mapping[str, Parser], within: str = "") -> dict[str, Any]:
    """The facts that are given, each read by its parser. Raises FactError."""
    prefix = f"{within}." if within else ""
    if not isinstance(value, Mapping):
        raise FactError("wrong_type", within or "facts", f"{within or 'facts'} must be an object.")
    for name in value:
        if name not in fields:
            raise FactError("unknown_fact", f"{prefix}{name}", f"There is no fact {prefix}{name}.")
    return {
        name: fields[name](each, f"{prefix}{name}")
        for name, each in value.items()
        if each is not None or fields[name] is will
    }


_payment = record(Payment, ("paid_on", "months"), paid_on=day, months=list_of(month))


def payment(value: Any, field: str) -> Payment:
    """A payment. There are many of them: the usual form is read without detours."""
    if type(value) is dict and value.keys() == _PAYMENT and type(value["months"]) is list:
        try:
            return Payment(
                day(value["paid_on"], field),
                tuple([month(each, field) for each in value["months"]]),
            )
        except FactError:  # again, for the name of what does not fit
            pass
    found: Payment = _payment(value, field)
    return found


_PAYMENT = {"paid_on", "months"}
child = record(
    Child,
    born_on=day,
    level=choice(*LEVELS),
    years_left_at_level=whole(0, 20),
    married=yes_no,
    working=yes_no,
)
survivor = record(Survivor, ("id",), id=text, relation=choice(*RELATIONS))
transport = record(Transport, land=rupiah, sea=rupiah, air=rupiah)
_written_will = record(Will, ("names",), names=list_of(text), notarial=yes_no)


def will(value: Any, field: str) -> Will:
    """A will, or null where it is known that there is none."""
    return Will() if value is None else _written_will(value, field)


def months(value: Any, field: str) -> tuple[Month, ...]:
    """Contribution months: a list, or `{"from", "count"}`. None named twice."""
    if isinstance(value, Mapping):
        found = _run_of_months(value, field)
    elif isinstance(value, list | tuple):
        found = tuple(month(each, field) for each in value)
    else:
        raise FactError("wrong_type", field, f"{field} must be a list, or from and count.")
    if not found:
        raise FactError("missing", field, f"{field} names no month.")
    if len(found) > _MONTHS_MAX:
        raise FactError("invalid_value", field, f"{field}: at most {_MONTHS_MAX} months.")
    seen: set[Month] = set()
    for each in found:
        if each in seen:
            raise FactError("duplicate_month", field, f"{field}: {each} is named twice.")
        seen.add(each)
    return found


def _run_of_months(value: Mapping[str, Any], field: str) -> tuple[Month, ...]:
    known = read(value, {"from": month, "count": whole(1, _MONTHS_MAX)}, field)
    for name in ("from", "count"):
        if name not in known:
            raise FactError("missing", f"{field}.{name}", f"{field}.{name} is missing.")
    return tuple(known["from"].count(known["count"]))


def programmes(value: Any, field: str) -> frozenset[str]:
    """JKK and JKM, only together, and JHT."""
    named = list_of(choice("JKK", "JKM", "JHT"))(value, field)
    if len(set(named)) != len(named):
        raise FactError("invalid_value", field, f"{field}: a programme is named twice.")
    if not {"JKK", "JKM"} <= set(named):
        raise FactError("invalid_value", field, f"{field}: JKK and JKM go only together.")
    return frozenset(named)


segment = choice(*SEGMENTS)
sector = choice(*SECTORS)
fund = choice(*FUNDS)
risk_class = whole(RISK_CLASSES[0], RISK_CLASSES[-1])

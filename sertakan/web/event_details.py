"""What an event tells besides who, what and when: its names and values as the pages say them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import pgettext_lazy

from sertakan.access.roles import Role
from sertakan.web import numbers, words
from sertakan.web.city.row_words import REASONS
from sertakan.web.claim_words import CAUSES, OUTCOMES, PAPERS

NAMES: Mapping[str, str | Promise] = {
    "address": pgettext_lazy("detail", "address"),
    "after": pgettext_lazy("detail", "after"),
    "agreement": pgettext_lazy("detail", "agreement"),
    "allocated": pgettext_lazy("detail", "used for bills"),
    "approver": pgettext_lazy("detail", "approval given by user"),
    "at_own": pgettext_lazy("detail", "by the person, with a code"),
    "before": pgettext_lazy("detail", "before"),
    "bill": pgettext_lazy("detail", "bill"),
    "bills": pgettext_lazy("detail", "bills"),
    "branch": pgettext_lazy("detail", "branch"),
    "budget_rupiah": pgettext_lazy("detail", "budget"),
    "cause": pgettext_lazy("detail", "cause"),
    "code": pgettext_lazy("detail", "code"),
    "decision": pgettext_lazy("detail", "decision"),
    "died_on": pgettext_lazy("detail", "died on"),
    "drafts": pgettext_lazy("detail", "drafts"),
    "email": pgettext_lazy("detail", "e-mail address"),
    "ended": pgettext_lazy("detail", "enrolments ended"),
    "enrolled": pgettext_lazy("detail", "enrolled"),
    "facts": pgettext_lazy("detail", "stated"),
    "fields": pgettext_lazy("detail", "fields"),
    "files": pgettext_lazy("detail", "files"),
    "findings": pgettext_lazy("detail", "findings"),
    "found": pgettext_lazy("detail", "found"),
    "job": pgettext_lazy("detail", "background work"),
    "kind": pgettext_lazy("detail", "kind"),
    "left": pgettext_lazy("detail", "still waiting"),
    "left_out": pgettext_lazy("detail", "left out"),
    "lines": pgettext_lazy("detail", "months of people"),
    "matter": pgettext_lazy("detail", "matter"),
    "merged": pgettext_lazy("detail", "the other person"),
    "message": pgettext_lazy("detail", "message"),
    "months": pgettext_lazy("detail", "months"),
    "most_places": pgettext_lazy("detail", "places at most"),
    "name": pgettext_lazy("detail", "name"),
    "number": pgettext_lazy("detail", "number"),
    "on": pgettext_lazy("detail", "for the day"),
    "outcome": pgettext_lazy("detail", "outcome"),
    "over": pgettext_lazy("detail", "for"),
    "payments": pgettext_lazy("detail", "payments"),
    "people": pgettext_lazy("detail", "people"),
    "phone": pgettext_lazy("detail", "telephone"),
    "places": pgettext_lazy("detail", "places"),
    "purpose": pgettext_lazy("detail", "purpose"),
    "reason": pgettext_lazy("detail", "reason"),
    "reasons": pgettext_lazy("detail", "reasons"),
    "refunded": pgettext_lazy("detail", "given back"),
    "region": pgettext_lazy("detail", "place"),
    "regions": pgettext_lazy("detail", "places drawn"),
    "reminded": pgettext_lazy("detail", "reminded"),
    "repeated": pgettext_lazy("detail", "known before"),
    "role": pgettext_lazy("detail", "role"),
    "rows": pgettext_lazy("detail", "rows"),
    "rupiah": pgettext_lazy("detail", "amount"),
    "sha256": pgettext_lazy("detail", "SHA-256 of the file"),
    "source": pgettext_lazy("detail", "source"),
    "sponsor": pgettext_lazy("detail", "sponsor"),
    "standing_approval": pgettext_lazy("detail", "standing approval"),
    "starts_on": pgettext_lazy("detail", "first day"),
    "turns": pgettext_lazy("detail", "turns in the waiting list"),
    "unmatched": pgettext_lazy("detail", "of an unknown sender"),
    "waiting": pgettext_lazy("detail", "waiting for a place"),
    "what": pgettext_lazy("detail", "what"),
    "working_population": pgettext_lazy("detail", "people who work"),
}

MOST = 10  # of what is listed


def told(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, value) of each detail that tells something, in the reader's language."""
    return [(_name(name), _value(name, value)) for name, value in details.items() if value != ""]


def _name(name: str) -> str:
    for table in (NAMES, words.END_REASONS, REASONS):
        if name in table:
            return str(table[name])
    return name.replace("_", " ")


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(name, each) for each in value[:MOST]) + " …" * (len(value) > MOST)
    if isinstance(value, dict):
        parts = list(value.items())[:MOST]
        return ", ".join(f"{_name(part)} {_value(part, each)}" for part, each in parts)
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    said = SAID.get(name)
    return said(value) if said else str(value)


def _day(written: str) -> str:
    return date_format(date.fromisoformat(written), "j F Y")


def _one_of(known: Mapping[str, str | Promise]) -> Callable[[str], str]:
    return lambda value: str(known.get(value, value))


SAID: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("allocated", "budget_rupiah", "refunded", "rupiah"), numbers.rupiah),
    **dict.fromkeys(("died_on", "on", "starts_on"), _day),
    **dict.fromkeys(
        ("enrolled", "lines", "most_places", "people", "places", "waiting", "working_population"),
        numbers.whole,
    ),
    "cause": _one_of(CAUSES),
    "outcome": _one_of(OUTCOMES),
    "kind": _one_of({**PAPERS, **words.JOB_KINDS, **words.MESSAGE_KINDS}),
    "role": _one_of(dict(Role.choices)),
}

"""What did the law say on a day, since when, who says so, and how sure is that?

One YAML file for one number under `parameters/`; its path is its name. A draft can be laid
over the book, and an operator may settle what the sources leave open. Nothing here decides.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sertakan.law import parameter_files
from sertakan.law.parameter_files import LawFileError, Parameter, Provision

LAW_BEGAN = date(2015, 7, 1)
PARAMETERS = Path(__file__).parent / "parameters"
SETTINGS_VARIABLE = "SERTAKAN_LAW_SETTINGS"


class NotInForce(LookupError):
    """The law asked for did not hold on that day."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(f"{name} was not in force on {on}")
        self.name, self.on = name, on


class UnknownProvision(LookupError):
    """The book has no provision of that name."""


@dataclass(frozen=True, slots=True, eq=False)
class _Shelf:
    """The values of one parameter, ready to be looked up by day."""

    sinces: tuple[date, ...]
    provisions: tuple[Provision, ...]
    holds_back: bool

    def on(self, day: date) -> Provision | None:
        place = bisect_right(self.sinces, day) - 1
        if place < 0:
            return self.provisions[0] if self.holds_back and day >= LAW_BEGAN else None
        provision = self.provisions[place]
        return None if provision.until is not None and provision.until < day else provision


class Book:
    """Every provision of the law by name and day. Never changed: a draft is another book."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._parameters = {parameter.name: parameter for parameter in parameters}
        self._shelves = {name: _shelf(each) for name, each in self._parameters.items()}
        self._alternatives: dict[tuple[str, date, int], Book] = {}
        self._found: dict[tuple[str, date], Provision] = {}

    def __iter__(self) -> Iterator[Parameter]:
        """Every parameter, by name."""
        return iter(sorted(self._parameters.values(), key=lambda parameter: parameter.name))

    def __contains__(self, name: str) -> bool:
        return name in self._parameters

    def parameter(self, name: str) -> Parameter:
        """All the values that `name` has had. Raises UnknownProvision."""
        try:
            return self._parameters[name]
        except KeyError:
            raise UnknownProvision(f"the law has no provision named {name}") from None

    def find(self, name: str, on: date) -> Provision | None:
        """The provision in force on that day, or None. Raises UnknownProvision."""
        try:
            return self._shelves[name].on(on)
        except KeyError:
            raise UnknownProvision(f"the law has no provision named {name}") from None

    def in_force(self, name: str, on: date) -> Provision:
        """The provision in force on that day. Raises NotInForce, UnknownProvision."""
        found = self._found.get((name, on))
        if found is not None:
            return found
        provision = self.find(name, on)
        if provision is None:
            raise NotInForce(name, on)
        self._found[name, on] = provision
        return provision

    def latest(self, name: str) -> Provision:
        """The provision with the latest first day, whether or not that has come."""
        return self.parameter(name).provisions[-1]

    def with_draft(self, folder: Path) -> Book:
        """This law with a draft laid over it: a folder of files in the layout of `parameters/`.

        A value with the first day of an existing one takes its place; others are added.
        Raises LawFileError for a file that cannot be read or that names no known provision.
        """
        changed = {}
        for path in parameter_files.files(folder):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if name not in self:
                raise LawFileError(f"{path}: the law has no provision named {name}")
            changed[name] = parameter_files.amend(self._parameters[name], path)
        if not changed:
            raise LawFileError(f"{folder}: no provision is changed here (no .yaml file)")
        return Book((self._parameters | changed).values())

    def with_settings(self, path: Path) -> Book:
        """This law as an operator has settled its open points (confidence `low`), by a YAML
        file of `name: {value, source}`. Raises LawFileError for any other provision."""
        settled = {
            parameter.name: parameter
            for parameter in parameter_files.settled(self._parameters, path)
        }
        return Book((self._parameters | settled).values())

    def alternatives(self, provision: Provision) -> Iterator[Book]:
        """This law under each other reading that the sources allow for one provision."""
        for place, value in enumerate(provision.alternatives):
            key = (provision.name, provision.since, place)
            if key not in self._alternatives:
                self._alternatives[key] = self._reading(provision, value)
            yield self._alternatives[key]

    def _reading(self, provision: Provision, value: Any) -> Book:
        parameter = self._parameters[provision.name]
        other = replace(provision, value=value, confidence="high", alternatives=())
        values = tuple(other if each is provision else each for each in parameter.provisions)
        changed = {provision.name: replace(parameter, provisions=values)}
        return Book((self._parameters | changed).values())


def _shelf(parameter: Parameter) -> _Shelf:
    return _Shelf(
        sinces=tuple(provision.since for provision in parameter.provisions),
        provisions=parameter.provisions,
        holds_back=parameter.holds_back,
    )


@cache
def published() -> Book:
    """The law as it lies in the repository."""
    return Book(parameter_files.read_all(PARAMETERS))


@cache
def the_law() -> Book:
    """The published law, with the operator's settings where the environment names their file."""
    path = os.environ.get(SETTINGS_VARIABLE)
    return published().with_settings(Path(path)) if path else published()

"""What several papers bear: the office they come from, and the provisions they rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sertakan.documents.wording import Language
from sertakan.documents.writing import day
from sertakan.law.book import the_law


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office whose paper it is, and the lines below its name: address, telephone."""

    name: str
    lines: tuple[str, ...] = ()

    def as_content(self) -> dict[str, Any]:
        return {"name": self.name, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision of the law: its name in the book, since when it is in force, and its source."""

    name: str
    since: date
    source: str

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As decisions keep it: `{"name", "since", "source", …}`."""
        return cls(kept["name"], date.fromisoformat(kept["since"]), kept["source"])


def provision_rows(cited: Iterable[Cited], language: Language) -> list[list[str]]:
    """What it settles, its source, since when: a row each, in words."""
    return [[title(each.name, language), each.source, day(each.since, language)] for each in cited]


def title(provision: str, language: Language) -> str:
    """The name of a provision in words. Of one that left the book since: its name there."""
    book = the_law()
    return str(book.parameter(provision).title[language]) if provision in book else provision

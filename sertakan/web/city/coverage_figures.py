"""The tables and the map of a page of coverage: each line with the address of its people."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sertakan.analytics.models import MonthlyTotal
from sertakan.analytics.queries import COUNTS, coverage, series
from sertakan.regions.models import Level, Region
from sertakan.vocabulary import Month
from sertakan.web import numbers
from sertakan.web.city.coverage_scope import EXACTLY, GROUP_OF, MONTH, NOWHERE, PLACE
from sertakan.web.maps.drawing import Map
from sertakan.web.maps.reading import map_of
from sertakan.web.place_names import place_name
from sertakan.web.words import CATEGORIES

MOST_MONTHS = 24
# Letters of the code of a place, and of the place that it is shown under.
OWN_LETTERS = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13}
LETTERS = {Level.PROVINCE: 0, Level.REGENCY: 2, Level.DISTRICT: 5, Level.VILLAGE: 8}


@dataclass(frozen=True, slots=True)
class Line:
    """People and rupiah of one group in one month. `query` asks for exactly these people.

    The numbers are None in a month for which nothing was counted.
    """

    key: Any
    name: str
    query: str
    enrolled: int | None
    covered: int | None
    grace: int | None
    billed: int | None
    paid: int | None

    @property
    def uncovered(self) -> int | None:
        """Enrolled, and neither covered nor in grace."""
        if self.enrolled is None or self.covered is None or self.grace is None:
            return None
        return self.enrolled - self.covered - self.grace


@dataclass(frozen=True, slots=True)
class Part:
    """The places that lie in one place, and that place itself. Its code is empty for those that
    lie in none.
    """

    whole: Line
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class View:
    """What a page is about: the totals that may be seen, a month, a place (empty: all of them)."""

    totals: QuerySet[MonthlyTotal]
    month: Month
    place: str = ""

    def line(self, row: dict[str, Any], name: str, **which: Any) -> Line:
        """A row of `analytics.queries.coverage` with its address."""
        asked = {MONTH: self.month, **({PLACE: self.place} if self.place else {}), **which}
        return Line(
            key=row["key"],
            name=name,
            query=urlencode(asked),
            enrolled=row["enrolled"],
            covered=row["covered"],
            grace=row["grace"],
            billed=row["billed_rupiah"],
            paid=row["paid_rupiah"],
        )

    def rows(self, by: str) -> list[dict[str, Any]]:
        """Coverage by something."""
        return coverage(by=by, month=self.month, region=self.place, among=self.totals)


def whole(view: View, lines: list[Line], key: str = "", name: str = "", **which: Any) -> Line:
    """All lines together."""
    sums = {
        count: sum(getattr(line, count.removesuffix("_rupiah")) or 0 for line in lines)
        for count in COUNTS
    }
    return view.line({"key": key, **sums}, name, **which)


def by_place(view: View, level: Level) -> list[Part]:
    """Places of a level, in the place that each lies in; those without a place last."""
    rows = sorted(
        view.rows(GROUP_OF[level]), key=lambda row: (row["key"] is None, row["key"] or "")
    )
    lines = [
        view.line(row, place_name(row["name"] or ""), **_where(row["key"], OWN_LETTERS[level]))
        for row in rows
    ]
    letters = LETTERS[level]
    parts = [
        (code, list(found))
        for code, found in groupby(lines, lambda line: (line.key or "")[:letters])
    ]
    names = dict(
        Region.objects.filter(code__in=[code for code, _ in parts]).values_list("code", "name")
    )
    return [
        Part(
            whole(view, found, code, place_name(names.get(code, "")), **_where(code, letters)),
            found,
        )
        for code, found in parts
    ]


def _where(code: str | None, letters: int) -> dict[str, str]:
    """How an address asks for a place: all in it, or who is recorded there and no nearer."""
    if not code:
        return {PLACE: NOWHERE}
    return {PLACE: code} if len(code) >= letters else {PLACE: code, EXACTLY: "1"}


def by_category(view: View) -> list[Line]:
    """Kinds of work, the most people first."""
    rows = sorted(view.rows("category"), key=lambda row: (-row["enrolled"], row["key"]))
    return [
        view.line(row, str(CATEGORIES.get(row["key"], row["key"])), kategori=row["key"])
        for row in rows
    ]


def by_sponsor(view: View) -> list[Line]:
    """Who pays, the most people first."""
    rows = sorted(view.rows("sponsor"), key=lambda row: (-row["enrolled"], row["key"]))
    return [view.line(row, place_name(row["name"]), sponsor=row["key"]) for row in rows]


def by_month(view: View, first: Month, last: Month) -> list[tuple[Month, Line]]:
    """Month by month up to `last`, two years at most, the earliest first."""
    first = max(first, last - (MOST_MONTHS - 1))
    rows = series(by="month", first=first, last=last, region=view.place, among=view.totals)
    return [
        (row["month"], View(view.totals, row["month"], view.place).line(row, str(row["month"])))
        for row in rows
    ]


def map_by_place(view: View, place: str, level: Level, parts: list[Part], what: str) -> Map:
    """The places of the table, by share covered or (`what` is "terdaftar") by people enrolled."""
    found = {line.key: line for part in parts for line in part.lines}
    counted = what == "terdaftar"

    def said(code: str) -> str:
        line = found.get(code)
        if line is None or not line.enrolled:
            return "0" if counted else "–"
        if counted:
            return numbers.whole(line.enrolled)
        return numbers.percent(line.covered or 0, line.enrolled)

    values: dict[str, float | None] = {
        code: (line.enrolled if counted else 100 * (line.covered or 0) / line.enrolled)
        for code, line in found.items()
        if line.enrolled
    }
    return map_of(
        place,
        values,
        title=_("People enrolled") if counted else _("Covered, of those enrolled"),
        write=_whole if counted else _percent,
        said=said,
        url=lambda code: f"{reverse('city-region', args=[code])}?{MONTH}={view.month}",
        level=level,
    )


def _whole(value: Any) -> str:
    return numbers.whole(round(value))


def _percent(value: Any) -> str:
    written = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return f"{number_format(written, use_l10n=True)}%"

"""How many are enrolled and covered, by place and by category, with small groups joined."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from sertakan.analytics.models import MonthlyTotal
from sertakan.analytics.queries import coverage
from sertakan.regions.models import Region
from sertakan.vocabulary.months import Month
from sertakan.web.figures.small_cells import Group, publishable
from sertakan.web.place_names import place_name

MOST_ROWS = 60
CODE_LENGTHS = {"village": 13, "district": 8, "regency": 5, "province": 2}


@dataclass(frozen=True)
class CoverageRow:
    """People of one or several places (or categories): enrolled in the month, and covered.

    `members` are codes, `names` the names of places; an empty code is a place not recorded.
    `within` names what they lie in, empty where that differs.
    """

    members: tuple[str, ...]
    names: tuple[str, ...]
    within: str
    enrolled: int
    covered: int


@dataclass(frozen=True)
class Coverage:
    """The rows for a month, and their totals. `rows` is None where too few are enrolled.

    `level` says what a row is: village, district, regency or province.
    """

    rows: list[CoverageRow] | None
    enrolled: int
    covered: int
    level: str = ""


NOTHING = Coverage(rows=[], enrolled=0, covered=0)


def by_place(month: date | None) -> Coverage:
    """By kelurahan or desa; by the next wider kind of place where those are too many to read."""
    if month is None:
        return NOTHING
    totals = MonthlyTotal.objects.filter(month=month, enrolled__gt=0).values_list("region_id")
    counted = list(totals.annotate(Sum("enrolled"), Sum("covered")).order_by())
    level = _finest_readable_level(code or "" for code, *_ in counted)
    people: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code, enrolled, covered in counted:
        group = people[(code or "")[: CODE_LENGTHS[level]]]
        group[0] += enrolled
        group[1] += covered
    groups = [
        Group(members=(code,), people=(enrolled, covered), path=tuple(code.split(".")))
        for code, (enrolled, covered) in people.items()
    ]
    return _coverage(groups, level)


def by_category(month: date | None) -> Coverage:
    """By category of work, the largest first."""
    if month is None:
        return NOTHING
    groups = [
        Group(members=(row["key"],), people=(row["enrolled"], row["covered"]))
        for row in coverage(by="category", month=Month.of(month))
        if row["enrolled"]
    ]
    shown = _coverage(groups)
    if shown.rows:
        shown.rows.sort(key=lambda row: (-row.enrolled, row.members))
    return shown


def _finest_readable_level(codes: Iterable[str]) -> str:
    shortened = set(codes)
    for level, length in CODE_LENGTHS.items():
        shortened = {code[:length] for code in shortened}
        if len(shortened) <= MOST_ROWS:
            return level
    return "province"


def _coverage(groups: list[Group], level: str = "") -> Coverage:
    shown = publishable(groups)
    return Coverage(
        rows=None if shown is None else _rows(shown),
        enrolled=sum(group.people[0] for group in groups),
        covered=sum(group.people[1] for group in groups),
        level=level,
    )


def _rows(groups: list[Group]) -> list[CoverageRow]:
    names = _region_names(groups)
    return [
        CoverageRow(
            members=group.members,
            names=tuple(names.get(code, "") for code in group.members),
            within=names.get(_within(group), ""),
            enrolled=group.people[0],
            covered=group.people[1],
        )
        for group in sorted(groups, key=_order)
    ]


def _order(group: Group) -> tuple[bool, str, bool, tuple[str, ...]]:
    """As the codes run; joined places after those that stand alone, unknown places last."""
    within = _within(group)
    return not within, within, len(group.members) > 1, group.members


def _within(group: Group) -> str:
    """The code of the place in which all of the group lies; empty where there is none."""
    return ".".join(group.path[:-1] if len(group.members) == 1 else group.path)


def _region_names(groups: list[Group]) -> dict[str, str]:
    codes = {code for group in groups for code in group.members} | set(map(_within, groups))
    named = Region.objects.filter(code__in=codes).values_list("code", "name")
    return {code: place_name(name) for code, name in named}

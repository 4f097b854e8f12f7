"""How many are enrolled and covered, by place and by category, with small groups joined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from sertakan.analytics.models import MonthlyTotal
from sertakan.regions.models import Region
from sertakan.web.figures.months import Counts, of_month, same_in_every_month
from sertakan.web.figures.small_cells import Group
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


def by_place(month: date | None, months: Sequence[date] | None = None) -> Coverage:
    """By kelurahan or desa; by the next wider kind of place where those are too many to read.

    Places are joined so that none is small in any of the `months` (this one alone, if not given).
    """
    if month is None:
        return NOTHING
    window = months or (month,)
    counted = _counted("region_id", window)
    level = _finest_readable_level(code for code, _month in counted)
    people: defaultdict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for (code, in_month), (enrolled, covered) in counted.items():
        group = people[code[: CODE_LENGTHS[level]], in_month]
        group[0] += enrolled
        group[1] += covered
    members = {code: tuple(code.split(".")) for code, _month in people}
    return _coverage(members, people, window, month, level)


def by_category(month: date | None, months: Sequence[date] | None = None) -> Coverage:
    """By category of work, the largest first; joined as places are."""
    if month is None:
        return NOTHING
    window = months or (month,)
    counted = _counted("category", window)
    members: dict[str, tuple[str, ...]] = {code: () for code, _month in counted}
    shown = _coverage(members, counted, window, month)
    if shown.rows:
        shown.rows.sort(key=lambda row: (-row.enrolled, row.members))
    return shown


def _counted(field: str, months: Sequence[date]) -> dict[tuple[str, date], Sequence[int]]:
    """By code and month: how many are enrolled, and covered."""
    totals = MonthlyTotal.objects.filter(month__in=months, enrolled__gt=0)
    counted = totals.values_list(field, "month").annotate(Sum("enrolled"), Sum("covered"))
    return {
        (code or "", month): (enrolled, covered)
        for code, month, enrolled, covered in counted.order_by(field, "month")
    }


def _finest_readable_level(codes: Iterable[str]) -> str:
    shortened = set(codes)
    for level, length in CODE_LENGTHS.items():
        shortened = {code[:length] for code in shortened}
        if len(shortened) <= MOST_ROWS:
            return level
    return "province"


def _coverage(
    members: Mapping[str, tuple[str, ...]],
    counts: Counts,
    months: Sequence[date],
    month: date,
    level: str = "",
) -> Coverage:
    shown = same_in_every_month(sorted(members.items()), months, counts)
    this = [count for (_code, in_month), count in counts.items() if in_month == month]
    return Coverage(
        rows=None if shown is None else _rows(shown, months, month),
        enrolled=sum(enrolled for enrolled, _covered in this),
        covered=sum(covered for _enrolled, covered in this),
        level=level,
    )


def _rows(groups: list[Group], months: Sequence[date], month: date) -> list[CoverageRow]:
    names = _region_names(groups)
    told = [(group, of_month(group, months, month)) for group in sorted(groups, key=_order)]
    return [
        CoverageRow(
            members=group.members,
            names=tuple(names.get(code, "") for code in group.members),
            within=names.get(_within(group), ""),
            enrolled=enrolled,
            covered=covered,
        )
        for group, (enrolled, covered) in told
        if enrolled
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

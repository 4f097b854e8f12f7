"""What a mayor asks: who is covered, where; what was spent; whose cover ends. Down to the rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl
from django.db.models import (
    Count,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Left

from sertakan.analytics.models import CoverEnd, CoverStatus, MonthlyTotal, PersonMonth, Workforce
from sertakan.contributions.cover import ends_within
from sertakan.people.models import Person
from sertakan.regions.models import Region
from sertakan.regions.queries import lying_within
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month

GROUPS = {
    "region": ("region_id", "region__name"),
    "village": ("region_id", "region__name"),
    "district": ("district",),
    "regency": ("regency",),
    "province": ("province",),
    "category": ("category",),
    "sponsor": ("agreement__sponsor_id", "agreement__sponsor__name"),
    "agreement": ("agreement_id", "agreement__number"),
    "month": ("month",),
}
AGREEMENT = (
    "id", "number", "sponsor_name", "fund", "segment", "places", "enrolled",
    "budget_rupiah", "billed_rupiah", "starts_on", "ends_on",
)  # fmt: skip
CODE_LETTERS = {"district": 8, "regency": 5, "province": 2}  # 35.77.01, 35.77, 35
ENDING_DAYS = (30, 60, 90)
COUNTS = ("enrolled", "covered", "grace", "billed_rupiah", "paid_rupiah")


def coverage(
    *,
    by: str,
    month: Month | None = None,
    region: str | None = None,
    among: QuerySet[MonthlyTotal] | None = None,
    **which: object,
) -> list[dict[str, Any]]:
    """People and rupiah by one of GROUPS, such as `village`, `category`, `sponsor` or `month`.

    `month` and `region` (a code: all within it) narrow the totals, as do `agreement`,
    `agreement__sponsor` and `category`; `among` are those that may be seen, if not all. Each row
    has the group's `key` and `name`, and COUNTS. Over several months people are not added up: ask
    with a `month`, or by `month`. (`region` is the region as recorded: a village, or whatever
    wider place a roster named.)
    """
    totals = _totals(region, which, among)
    if month is not None:
        totals = totals.filter(month=month.first_day)
    return _named(by, [dict(row) for row in _grouped(totals, by).order_by("key")])


def series(
    *,
    by: str,
    first: Month,
    last: Month,
    region: str | None = None,
    among: QuerySet[MonthlyTotal] | None = None,
    **which: object,
) -> list[dict[str, Any]]:
    """As `coverage`, for each month from `first` to `last`: rows with their `month` (a Month).

    By `month` there is a row for every month, its counts None where no totals were made; else
    only for the months in which a group has any. In the order of months, then keys.
    """
    totals = _totals(region, which, among).filter(month__range=(first.first_day, last.first_day))
    grouped = _grouped(totals, by, "month").order_by("month", "key")
    rows = [{**row, "month": Month.of(row["month"])} for row in grouped]
    if by != "month":
        return _named(by, rows)
    made = {row["month"]: row for row in rows}
    nothing = dict.fromkeys(COUNTS)
    return [
        made.get(
            month, {"key": month.first_day, "name": month.first_day, "month": month, **nothing}
        )
        for month in first.through(last)
    ]


def _totals(
    region: str | None, which: dict[str, Any], among: QuerySet[MonthlyTotal] | None
) -> QuerySet[MonthlyTotal]:
    totals = MonthlyTotal.objects.all() if among is None else among
    return totals.filter(lying_within("region__code", region or ""), **which)


def _grouped(totals: QuerySet[MonthlyTotal], by: str, *also: str) -> QuerySet[Any, Any]:
    key, *name = GROUPS[by]
    told = Left("region_id", CODE_LETTERS[by]) if by in CODE_LETTERS else F(key)
    grouped: QuerySet[Any, Any] = (
        totals.annotate(key=told, name=F(name[0]) if name else told)
        .values("key", "name", *also)
        .annotate(**{count: Sum(count) for count in COUNTS})
    )
    return grouped


def _named(by: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the names of wider places, which the totals themselves do not know."""
    if by not in CODE_LETTERS:
        return rows
    codes = {row["key"] for row in rows}
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return [{**row, "name": names.get(row["key"])} for row in rows]


def latest_month() -> Month | None:
    """The last month for which there are totals."""
    last = MonthlyTotal.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(last) if last else None


def made_months() -> tuple[Month, Month] | None:
    """The first and the last month for which there are totals."""
    ends = MonthlyTotal.objects.aggregate(first=Min("month"), last=Max("month"))
    return (Month.of(ends["first"]), Month.of(ends["last"])) if ends["first"] else None


def people_behind(
    *,
    month: Month,
    region: str | None = "",
    status: str = "",
    among: QuerySet[PersonMonth] | None = None,
    **which: object,
) -> QuerySet[PersonMonth]:
    """The people that a number of `coverage` counts, as they were when it was made; to be paged.

    `region` is a code (all within it), empty for everywhere, None for those without a place.
    `status` is `covered`, `grace`, `uncovered`, or empty for all enrolled; `which` narrows by
    `agreement`, `agreement__sponsor`, `category`, and `among` are those that may be seen. Each has
    the `name` of its person, None where the person was undone since.
    """
    people = PersonMonth.objects.all() if among is None else among
    found = people.filter(_where(region), month=month.first_day, **which)
    if status:
        found = found.filter(status=CoverStatus(status))
    person = Person.objects.filter(pk=OuterRef("person_id"))
    named = found.annotate(name=Subquery(person.values("name")))
    return named.select_related("agreement__sponsor", "region").order_by("person_id")


def _where(region: str | None) -> Q:
    return Q(region=None) if region is None else lying_within("region__code", region)


def counted_behind(
    *,
    month: Month,
    region: str | None = "",
    status: str = "",
    among: QuerySet[MonthlyTotal] | None = None,
    **which: object,
) -> int:
    """How many rows `people_behind` has, from the totals: at a million people nobody waits."""
    numbers = {
        "": F("enrolled"),
        CoverStatus.COVERED: F("covered"),
        CoverStatus.GRACE: F("grace"),
        CoverStatus.UNCOVERED: F("enrolled") - F("covered") - F("grace"),
    }
    seen = MonthlyTotal.objects.all() if among is None else among
    totals = seen.filter(_where(region), month=month.first_day, **which)
    return (
        totals.aggregate(people=Sum(numbers[CoverStatus(status) if status else ""]))["people"] or 0
    )


def ending_soon(
    *, month: Month, on: date, region: str = "", among: QuerySet[CoverEnd] | None = None
) -> list[dict[str, Any]]:
    """By agreement, how many covered people's cover ends within 30, 60, 90 days of `on`.

    If nothing more is paid, and as known when the totals of the month were made. Each row has
    `agreement_id`, `number`, `sponsor_name`, and `within_30`, `within_60`, `within_90`; those
    within 60 days count within 90 as well. Only agreements with somebody, by number.
    """
    counted = {
        f"within_{days}": Coalesce(
            Sum("people", filter=Q(covered_through__lt=on + timedelta(days))), Value(0)
        )
        for days in ENDING_DAYS
    }
    grouped = (
        _ends(month, on, max(ENDING_DAYS), region, among)
        .values("agreement_id", number=F("agreement__number"))
        .annotate(sponsor_name=F("agreement__sponsor__name"), **counted)
        .order_by("number")
    )
    return [dict(row) for row in grouped]


def counted_ending(
    *,
    month: Month,
    on: date,
    days: int,
    region: str | None = "",
    among: QuerySet[CoverEnd] | None = None,
    **which: Any,
) -> int:
    """How many rows `people_whose_cover_ends` has."""
    ends = _ends(month, on, days, region, among).filter(**which)
    return ends.aggregate(people=Sum("people"))["people"] or 0


def _ends(
    month: Month, on: date, days: int, region: str | None, among: QuerySet[CoverEnd] | None
) -> QuerySet[CoverEnd]:
    ends = CoverEnd.objects.all() if among is None else among
    return ends.filter(
        _where(region),
        month=month.first_day,
        covered_through__range=(on, on + timedelta(days - 1)),
    )


def people_whose_cover_ends(
    *, month: Month, on: date, days: int, region: str | None = "", **which: Any
) -> QuerySet[PersonMonth]:
    """The people behind a number of `ending_soon`; to be paged."""
    return people_behind(
        month=month, region=region, status=CoverStatus.COVERED,
        covered_through__range=(on, on + timedelta(days - 1)), **which,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ucj:
    """A published coverage: active members of all segments ÷ working population, said apart."""

    region: str
    on: date
    numerator: int | None
    denominator: int
    source: str
    published_percent: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The quotient of what is kept, to two places; the published one stays apart."""
        if self.numerator is None:
            return None
        quotient = Decimal(self.numerator) * 100 / self.denominator
        return quotient.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ucj(*, region: str, on: date) -> Ucj | None:
    """The last published coverage of a region on or before a day."""
    kept = Workforce.objects.filter(region=region, on__lte=on).order_by("-on").first()
    return None if kept is None else _ucj(kept)


def ucj_history(*, region: str) -> list[Ucj]:
    """Every published coverage of a region, the earliest first, each as it was published."""
    return list(map(_ucj, Workforce.objects.filter(region=region).order_by("on")))


def _ucj(kept: Workforce) -> Ucj:
    return Ucj(
        region=kept.region_id,
        on=kept.on,
        numerator=kept.active_members,
        denominator=kept.working_population,
        source=kept.source,
        published_percent=kept.published_percent,
    )


def budget_used(*, on: date, region: str = "") -> list[dict[str, Any]]:
    """Agreements that run on a day (in a region): places, enrolled, budget, billed, in rupiah."""
    running = (
        Agreement.objects.filter(
            lying_within("region__code", region), starts_on__lte=on, ends_on__gt=on
        )
        .exclude(state="draft")
        .annotate(
            sponsor_name=F("sponsor__name"),
            enrolled=Count(
                "enrolments", filter=Q(enrolments__starts_on__lte=on, enrolments__ends_on__gt=on)
            ),
            billed_rupiah=Coalesce(F("spending__billed_rupiah"), Value(0)),
        )
        .order_by("number")
    )
    return [dict(row) for row in running.values(*AGREEMENT)]


def cover_ends_within(*, on: date) -> dict[int, pl.DataFrame]:
    """Whose cover ends within 30, 60 and 90 days if nothing more is paid: the rows themselves."""
    ending = ends_within(on=on, days=90)
    return {
        days: ending.filter((pl.col("covered_through") - pl.lit(on)).dt.total_days() < days)
        for days in (30, 60, 90)
    }

"""What a mayor asks: who is covered, where; what was spent; whose cover ends. Down to the rows."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from sertakan.analytics.models import MonthlyTotal, Workforce
from sertakan.contributions.cover import ends_within
from sertakan.enrolment.models import Enrolment
from sertakan.enrolment.queries import promised_in
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month

GROUPS = {
    "region": ("region_id", "region__name"),
    "category": ("category",),
    "sponsor": ("agreement__sponsor_id", "agreement__sponsor__name"),
    "agreement": ("agreement_id", "agreement__number"),
    "month": ("month",),
}
AGREEMENT = (
    "id", "number", "sponsor_name", "fund", "segment", "places", "enrolled",
    "budget_rupiah", "billed_rupiah", "starts_on", "ends_on",
)  # fmt: skip
COUNTS = ("enrolled", "covered", "grace", "billed_rupiah", "paid_rupiah")


def coverage(
    *, by: str, month: Month | None = None, region: str | None = None, **which: object
) -> list[dict[str, Any]]:
    """People and rupiah by `region`, `category`, `sponsor`, `agreement` or `month`.

    `month` and `region` (a code: all within it) narrow the totals, as do `agreement`,
    `agreement__sponsor` and `category`. Each row has the group's `key` and `name`, and COUNTS.
    Over several months people are not added up: ask with a `month`, or by `month`.
    """
    totals = MonthlyTotal.objects.filter(**which)
    if month is not None:
        totals = totals.filter(month=month.first_day)
    if region is not None:
        totals = totals.filter(Q(region=region) | Q(region__code__startswith=f"{region}."))
    key, *name = GROUPS[by]
    grouped = (
        totals.values(key=F(key), name=F(name[0] if name else key))
        .annotate(**{count: Sum(count) for count in COUNTS})
        .order_by("key")
    )
    return [dict(row) for row in grouped]


def latest_month() -> Month | None:
    """The last month for which there are totals."""
    last = MonthlyTotal.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(last) if last else None


def people_behind(*, month: Month, **which: object) -> QuerySet[Enrolment]:
    """The enrolments that a number of `coverage` counts: those that owe the month."""
    return promised_in(month, **which).select_related("person", "agreement").order_by("pk")


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
    if kept is None:
        return None
    return Ucj(
        region=kept.region_id,
        on=kept.on,
        numerator=kept.active_members,
        denominator=kept.working_population,
        source=kept.source,
        published_percent=kept.published_percent,
    )


def budget_used(*, on: date) -> list[dict[str, Any]]:
    """Agreements that run on a day: places, enrolled, budget, billed and paid, in rupiah."""
    running = (
        Agreement.objects.filter(starts_on__lte=on, ends_on__gt=on)
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

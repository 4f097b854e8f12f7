"""Everything on the start page, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from sertakan.analytics.models import MonthlyTotal, Workforce
from sertakan.vocabulary.months import Month
from sertakan.web.figures.agreements import SponsorRow, sponsor_rows
from sertakan.web.figures.coverage import Coverage, by_category, by_place
from sertakan.web.figures.money import DeathBenefit, Money, death_benefit, money
from sertakan.web.figures.months import published_months


@dataclass(frozen=True)
class Figures:
    """Everything on the start page, as known on `as_of`.

    `month` is the latest month with totals that has begun; None where there is none. `day` is
    the day in it that the agreements are shown for.
    """

    as_of: date
    month: date | None
    day: date
    places: Coverage
    categories: Coverage
    sponsors: int
    agreements: list[SponsorRow] | None
    workforce: list[Workforce]
    money: Money
    death_benefit: DeathBenefit


def public_figures(today: date) -> Figures:
    """The figures of this deployment, as `today` sees them."""
    month = latest_month(today)
    months = months_with(month, today)
    day = min(today, Month.of(month).last_day) if month else today
    sponsors, agreements = sponsor_rows(day)
    return Figures(
        as_of=today,
        month=month,
        day=day,
        places=by_place(month, months),
        categories=by_category(month, months),
        sponsors=sponsors,
        agreements=agreements,
        workforce=latest_workforce(today),
        money=money(),
        death_benefit=death_benefit(today),
    )


def months_with(month: date | None, today: date) -> list[date]:
    """The published months, by which groups are made; the month alone where it is none of them."""
    months = published_months(today)
    if month is None or month in months:
        return months
    return [month]


def latest_month(today: date) -> date | None:
    """The first day of the latest month with totals that has begun."""
    begun = MonthlyTotal.objects.filter(month__lte=today, enrolled__gt=0)
    return begun.order_by("-month").values_list("month", flat=True).first()


def latest_workforce(today: date) -> list[Workforce]:
    """The latest published denominator of each of the three widest regions that have one."""
    known = Workforce.objects.filter(on__lte=today).select_related("region")
    return list(known.order_by("region_id", "-on").distinct("region_id")[:3])

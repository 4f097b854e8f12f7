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

    `month` is the month of the coverage, the latest with totals that has begun if no other was
    asked for; None where there is none. `months` are all that are published, oldest first. `day`
    is the day in the latest that the agreements are shown for.
    """

    as_of: date
    month: date | None
    months: list[date]
    day: date
    places: Coverage
    categories: Coverage
    sponsors: int
    agreements: list[SponsorRow] | None
    workforce: list[Workforce]
    money: Money
    death_benefit: DeathBenefit


def public_figures(today: date, asked: date | None = None) -> Figures:
    """The figures of this deployment, as `today` sees them; coverage of the month `asked` for
    where it is published, else of the latest.
    """
    published = published_months(today)
    latest = latest_month(today)
    month = asked if asked in published else latest
    months = published if month in published or month is None else [month]
    day = min(today, Month.of(latest).last_day) if latest else today
    sponsors, agreements = sponsor_rows(day)
    return Figures(
        as_of=today,
        month=month,
        months=published,
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

"""What an approver should see of a draft: what it costs by law, and what is unusual in it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sertakan.law.book import NotInForce
from sertakan.law.contributions import BASIC, MonthPrice, price
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.vocabulary import Month
from sertakan.web.numbers import rupiah, whole

LONG_MONTHS = 12
FAR_MORE = 2  # times what is needed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months in a row at one price for one place."""

    first: date
    last: date
    months: int
    price: MonthPrice


@dataclass(frozen=True, slots=True)
class Cost:
    """What an agreement costs if every place is taken all the time, in rupiah."""

    stretches: list[Stretch]
    a_place: int
    needed: int
    budget: int

    @property
    def left(self) -> int:
        """What would be left of the budget; below zero where it does not suffice."""
        return self.budget - self.needed

    @property
    def places_paid(self) -> int:
        """How many places the budget pays for, for all the months."""
        return self.budget // self.a_place if self.a_place else 0


def cost_of(agreement: Agreement) -> Cost | None:
    """What the law says every place costs for every month; None before the law began.

    Work in transport may cost otherwise; the price is that of other work.
    """
    try:
        prices = [(month, _price(agreement, month)) for month in months_of(agreement)]
    except NotInForce:
        return None
    stretches: list[Stretch] = []
    for month, each in prices:
        if stretches and stretches[-1].price == each:
            before = stretches[-1]
            stretches[-1] = Stretch(before.first, month.first_day, before.months + 1, each)
        else:
            stretches.append(Stretch(month.first_day, month.first_day, 1, each))
    a_place = sum(each.total for _month, each in prices)
    return Cost(stretches, a_place, a_place * agreement.places, agreement.budget_rupiah)


def months_of(agreement: Agreement) -> list[Month]:
    """The months on whose first day the agreement runs, or its first month, if there is none."""
    first, end = Month.of(agreement.starts_on), Month.of(agreement.ends_on)
    months, month = [first], first + 1
    while month < end or (month == end and agreement.ends_on.day > 1):
        months.append(month)
        month += 1
    return months


def _price(agreement: Agreement, month: Month) -> MonthPrice:
    programmes = frozenset(agreement.programmes) if "JHT" in agreement.programmes else BASIC
    if agreement.segment == "PU":
        return price(
            segment="PU", month=month, wage=agreement.wage, risk_class=agreement.risk_class
        )
    return price(
        segment="BPU",
        month=month,
        income=agreement.assumed_income,
        fund=agreement.fund,
        programmes=programmes,
    )


def marks_of(agreement: Agreement, cost: Cost | None, *, today: date) -> list[str]:
    """What is unusual, a sentence each; none for an ordinary draft."""
    return [
        *_money(agreement, cost),
        *_days(agreement, today),
        *_places(agreement),
        *_others(agreement),
    ]


def _money(agreement: Agreement, cost: Cost | None) -> list[str]:
    if cost is None:
        return [_("The law of some of these months is not known.")]
    if cost.left < 0:
        return [
            _("The budget is %(missing)s short: it pays for %(people)s of %(places)s places.")
            % {
                "missing": rupiah(-cost.left),
                "people": whole(cost.places_paid),
                "places": whole(agreement.places),
            }
        ]
    if cost.needed and agreement.budget_rupiah > FAR_MORE * cost.needed:
        return [_("The budget is more than twice what every place costs.")]
    return []


def _days(agreement: Agreement, today: date) -> list[str]:
    found = []
    if agreement.state == AgreementState.DRAFT and agreement.starts_on < today:
        found.append(_("It starts in the past: people could be enrolled for days gone by."))
    months = len(months_of(agreement))
    if months > LONG_MONTHS:
        found.append(
            ngettext("It runs for %s month.", "It runs for %s months.", months) % whole(months)
        )
    return found


def _places(agreement: Agreement) -> list[str]:
    home = agreement.sponsor.region_id
    if agreement.region_id is None:
        return [_("It names no region: people of any place can be enrolled.")]
    if home and not agreement.region_id.startswith(home[:5]):
        return [_("The sponsor is of another region than the workers.")]
    return []


def _others(agreement: Agreement) -> list[str]:
    others = Agreement.objects.filter(
        sponsor=agreement.sponsor_id,
        state=AgreementState.APPROVED,
        starts_on__lt=agreement.ends_on,
        ends_on__gt=agreement.starts_on,
    ).exclude(pk=agreement.pk)
    numbers = sorted(others.values_list("number", flat=True)[:5])
    if not numbers:
        return []
    return [_("The sponsor has other agreements for some of these days: %s.") % ", ".join(numbers)]

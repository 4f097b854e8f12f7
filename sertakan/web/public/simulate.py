"""The simulator: what a sponsor pays and what a family receives, at an address to pass on."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sertakan.law.book import LAW_BEGAN, the_law
from sertakan.law.explanations import words as law_words
from sertakan.vocabulary import Month
from sertakan.web import clock, words
from sertakan.web.forms import Form, MonthField, RupiahField
from sertakan.web.simulating.benefits import Changed, benefits
from sertakan.web.simulating.prices import Asked, prices

MOST_PEOPLE, MOST_MONTHS, MOST_INCOME = 1_000_000, 60, 1_000_000_000
LAST_YEAR = 2099


class SimulationForm(Form):
    """The question; sent by GET, so that its address can be passed on."""

    people = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "min_value": _("At least one person."),
            "max_value": _("At most a million people at once."),
        },
    )
    income = RupiahField(
        label=_("What does each of them earn in a month?"),
        help_text=_(
            "In rupiah. The law puts incomes into bands; who earns little is in the first."
        ),
        min_value=1,
        max_value=MOST_INCOME,
        error_messages={
            "invalid": _("Write the income in whole rupiah, for example 1.000.000."),
            "min_value": _("An income is more than nothing."),
            "max_value": _("At most Rp1.000.000.000 a month."),
        },
    )
    sector = forms.ChoiceField(
        label=_("What kind of work?"),
        help_text=_("Drivers and couriers are in transport; the relief of the law differs."),
        choices=words.SECTORS.items(),
        widget=forms.RadioSelect,
    )
    first = MonthField(label=_("From which month?"))
    count = forms.IntegerField(
        label=_("For how many months?"),
        min_value=1,
        max_value=MOST_MONTHS,
        error_messages={
            "min_value": _("At least one month."),
            "max_value": _("At most 60 months at once."),
        },
    )
    fund = forms.ChoiceField(
        label=_("Whose money is it?"),
        help_text=_("The relief of PP 50/2025 does not reach the money of the state’s budgets."),
        choices=words.FUNDS.items(),
    )
    jht = forms.BooleanField(label=_("With old-age savings (JHT)"), required=False)

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first < LAW_BEGAN:
            raise forms.ValidationError(
                _("The law of today began in July 2015; choose a later month.")
            )
        if first.year > LAST_YEAR - MOST_MONTHS // 12:
            raise forms.ValidationError(
                _("Nobody knows the law of that time; choose an earlier month.")
            )
        return first

    def asked(self) -> Asked:
        """The question, once the form is valid."""
        told = self.cleaned_data
        return Asked(
            people=told["people"],
            income=told["income"],
            sector=told["sector"],
            fund=told["fund"],
            first=Month.of(told["first"]),
            count=told["count"],
            with_jht=told["jht"],
        )


@require_safe
def simulate(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to it; at first that to a small example."""
    form = SimulationForm(request.GET or example(clock.today()))
    shown: dict[str, Any] = {"form": form, "example": not request.GET}
    if form.is_valid():
        shown |= answer(form.asked())
    return render(
        request, "web/public/simulate.html", shown, status=200 if form.is_valid() else 422
    )


def example(today: date) -> QueryDict:
    """One worker of low income, from this month on, paid by a neighbour."""
    told = QueryDict(mutable=True)
    told.update(
        {
            "people": "1",
            "income": "1.000.000",
            "sector": "other",
            "first": f"{today:%Y-%m}",
            "count": "12",
            "fund": "own",
        }
    )
    return told


def answer(asked: Asked) -> dict[str, Any]:
    """What the template shows."""
    found = prices(asked)
    family = benefits(
        on=asked.last.last_day,
        since=asked.first.first_day,
        income=asked.income,
        sector=asked.sector,
        fund=asked.fund,
    )
    unsure = [*found.uncertain, *(family.short.uncertain if family.short else ())]
    unsure += [*family.death_at_work.uncertain, *family.accident.uncertain]
    return {
        "asked": asked,
        "prices": found,
        "benefits": family,
        "sources": list(dict.fromkeys(each.source for each in found.provisions)),
        "uncertain": [title(name) for name in dict.fromkeys(unsure)],
        "caps": [(title(cap.name), cap.value, cap.source) for cap in family.caps],
        "changes": [change(each) for each in family.changed],
        "beyond": asked.last.first_day >= found.announced,
    }


def title(name: str) -> str:
    """The title of a provision in the reader's language."""
    return the_law().parameter(name).title[_language()]


def change(changed: Changed) -> dict[str, Any]:
    """A number of the law that became another within the months asked for."""
    now = changed.provision
    return {
        "title": title(now.name),
        "before": changed.before,
        "after": now.value,
        "since": now.since,
        "source": now.source,
        "rupiah": the_law().parameter(now.name).unit == "rupiah",
    }


def benefit(name: str) -> str:
    """The name of a benefit in the reader's language."""
    told: str = law_words()["benefits"][name][_language()]
    return told[0].upper() + told[1:]


def _language() -> str:
    return "en" if get_language() == "en" else "id"

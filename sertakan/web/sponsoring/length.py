"""Step two: how long, and which programmes, with what each choice costs."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sertakan.audit.errors import Refused
from sertakan.contributions.covering import order_from, price_of
from sertakan.contributions.quoting import LONGEST_MONTHS, Quote
from sertakan.law.book import the_law
from sertakan.sponsors.drafts import Content
from sertakan.sponsors.models import Sponsor
from sertakan.vocabulary import Month
from sertakan.web import clock, numbers
from sertakan.web.figures.money import death_benefit
from sertakan.web.forms import Form, MonthField, sent
from sertakan.web.sponsoring.drafting import change, chosen_so_far, sponsor_of

LENGTHS = (1, 3, 6, 12)
OTHER = "other"


class LengthForm(Form):
    """Until which month, and whether old-age savings are added."""

    length = forms.ChoiceField(label=gettext_lazy("How many months?"), widget=forms.RadioSelect)
    last = MonthField(
        label=gettext_lazy("If another month: which is the last?"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the month like 2027-06.")},
    )
    jht = forms.BooleanField(
        label=gettext_lazy("Add old-age savings (JHT)"),
        help_text=gettext_lazy(
            "Accident (JKK) and death (JKM) are always insured together. Savings are the worker’s "
            "own money and cost more."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = Month.of(clock.today())
        if cleaned.get("length") == OTHER and not self.errors.get("last"):
            if not cleaned.get("last"):
                self.add_error("last", _("Say which month is the last."))
            else:
                ahead = Month.of(cleaned["last"]).since(first)
                if ahead < 0:
                    self.add_error("last", _("This month is over."))
                elif ahead >= LONGEST_MONTHS:
                    told = _("Prices so far ahead are not known. Choose at most %s months.")
                    self.add_error("last", told % LONGEST_MONTHS)
        return cleaned


def length(request: HttpRequest) -> HttpResponse:
    """Choose the last month."""
    content = chosen_so_far(request)
    sponsor = sponsor_of(request)
    if not content.get("workers") and not content.get("chosen"):
        return redirect("sponsor-people")
    first = Month.of(clock.today())
    form = LengthForm(**sent(request), initial=_initial(content, first))
    prices = {count: _price(first + (count - 1), content, sponsor) for count in LENGTHS}
    form.fields["length"].choices = [  # type: ignore[attr-defined]
        *((str(count), _told(count, first, price)) for count, price in prices.items()),
        (OTHER, _("Until another month")),
    ]
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        last = (
            Month.of(cleaned["last"])
            if cleaned["length"] == OTHER
            else first + (int(cleaned["length"]) - 1)
        )
        change(request, lambda draft: draft.update(last=str(last), jht=cleaned["jht"]))
        return redirect("sponsor-check")
    told = {
        "form": form,
        "first": first.first_day,
        "relief_ends": next(
            (price.relief_ends for price in prices.values() if price and price.relief_ends), None
        ),
        "short": the_law().in_force("jkm/short_membership_amount", clock.today()).value,
        "full": death_benefit(clock.today()).rupiah,
    }
    return render(request, "web/sponsoring/length.html", told, status=422 if form.errors else 200)


def _initial(content: Content, first: Month) -> dict[str, Any]:
    if not content.get("last"):
        return {"length": "3"}
    last = Month.parse(content["last"])
    count = last.since(first) + 1
    chosen = str(count) if count in LENGTHS else OTHER
    return {"length": chosen, "last": last.first_day, "jht": content.get("jht")}


def _price(last: Month, content: Content, sponsor: Sponsor) -> Quote | None:
    """What it costs to that month; None while a worker of an uploaded list is not complete."""
    try:
        order = order_from({**content, "last": str(last)}, starts_on=clock.today())
        return price_of(order, sponsor)
    except (Refused, KeyError, TypeError):
        return None


def _told(count: int, first: Month, price: Quote | None) -> str:
    """`3 months, to 31 January 2027: Rp67.200`."""
    last = first + (count - 1)
    until = ngettext("%(count)s month, to %(day)s", "%(count)s months, to %(day)s", count) % {
        "count": count,
        "day": date_format(last.last_day, "j F Y"),
    }
    return f"{until}: {numbers.rupiah(price.rupiah)}" if price else until

"""Choosing from those who wait in a kelurahan: counts are shown, nobody is."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sertakan.enrolment.choosing import waiting_in
from sertakan.enrolment.newcomers import age_limits
from sertakan.regions.models import Region
from sertakan.regions.naming import plain, without_its_kind
from sertakan.sponsors.drafts import Content
from sertakan.web import words
from sertakan.web.figures.small_cells import LEAST
from sertakan.web.forms import Form, sent
from sertakan.web.sponsoring.drafting import (
    change,
    chosen_so_far,
    days_of,
    names_of,
    sponsor_of,
)
from sertakan.web.sponsoring.places import places_named

MOST = 500


class ChoiceForm(Form):
    """How many, of which work."""

    category = forms.ChoiceField(
        label=gettext_lazy("What work do they do?"), required=False, widget=forms.RadioSelect
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many do you want to cover?"),
        help_text=gettext_lazy("Those who have waited longest come first."),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def choose(request: HttpRequest) -> HttpResponse:
    """A place is named; then how many of which work wait there; then a number."""
    content = chosen_so_far(request)
    starts_on, ends_on = days_of(content)
    home = sponsor_of(request).region_id or ""
    within = ".".join(home.split(".")[:2])
    waiting = waiting_in(
        within or "35", starts_on=starts_on, ends_on=ends_on, limits=age_limits(starts_on)
    )
    written = request.GET.get("q", "")[:120]
    region = Region.objects.filter(pk=request.GET.get("region", "")[:13], level=4).first()
    if region is not None:
        here = {
            category: count for (place, category), count in waiting.items() if place == region.pk
        }
        return _how_many(request, region, here)
    wanted = plain(without_its_kind(written.partition(",")[0]))
    places = sorted({place for place, _category in waiting if place})
    names = names_of(set(places))
    found = [
        (code, name, shown_together(sum(n for (at, _c), n in waiting.items() if at == code)))
        for code, name in sorted(names.items(), key=lambda each: each[1])
        if wanted in plain(name)
    ]
    elsewhere = places_named(written, near=within) if written and not found else []
    told = {"found": found, "q": written, "elsewhere": elsewhere}
    return render(request, "web/sponsoring/choose.html", told)


def shown(count: int) -> str:
    """How many wait, as far as it may be told."""
    if count < LEAST:
        return _("fewer than %s") % LEAST
    return str(count)


def shown_together(count: int) -> str:
    """A total over all work, in steps of five: beside the counts of each kind of work it must not
    tell by subtraction how many are of a small one."""
    if count < LEAST:
        return shown(count)
    return _("at least %s") % (count // LEAST * LEAST)


def _how_many(request: HttpRequest, region: Region, here: dict[str, int]) -> HttpResponse:
    form = ChoiceForm(**sent(request))
    any_work = [("", _("Any work: %s") % shown_together(sum(here.values())))]
    form.fields["category"].choices = any_work + [  # type: ignore[attr-defined]
        (code, f"{words.CATEGORIES[code]}: {shown(count)}") for code, count in here.items()
    ]
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        waits = here.get(wanted["category"], 0) if wanted["category"] else sum(here.values())
        if wanted["count"] > max(waits, LEAST - 1):
            form.add_error("count", _("So many do not wait there. Choose a smaller number."))
        else:
            choice = {"region": region.pk, **wanted}
            change(request, lambda draft: _add(draft, choice))
            messages.success(request, _("Chosen from those who wait in %s.") % region.name)
            return redirect("sponsor-people")
    told = {"form": form, "region": region, "here": here}
    status = 422 if form.errors else 200
    return render(request, "web/sponsoring/choose_number.html", told, status=status)


def _add(content: Content, choice: dict[str, object]) -> None:
    """A second choice of the same place and work takes the place of the first."""
    key = (choice["region"], choice["category"])
    others = [
        each for each in content.get("chosen", []) if (each["region"], each["category"]) != key
    ]
    content["chosen"] = [*others, choice]


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take a choice back."""

    def without(content: Content) -> None:
        content["chosen"] = [
            each for place, each in enumerate(content.get("chosen", [])) if place != number
        ]

    change(request, without)
    return redirect("sponsor-people")

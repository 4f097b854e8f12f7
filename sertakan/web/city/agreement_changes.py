"""Agreements drafted, changed, renewed and closed by the city officer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.audit.errors import Refused
from sertakan.enrolment.admission import carry_over
from sertakan.regions.models import Branch
from sertakan.sponsors.models import Agreement, Segment, Sponsor
from sertakan.sponsors.operations import change_places_and_budget, close, make_agreement, renew
from sertakan.web import as_seen, clock, words
from sertakan.web.agreement_figures import held, size_of
from sertakan.web.city.agreements import with_names
from sertakan.web.forms import DayField, Form, RupiahField, sent
from sertakan.web.guard import acting, found, seen, user_of

A_DAY = timedelta(days=1)


class Terms(Form):
    """What an agreement promises."""

    number = forms.CharField(
        label=gettext_lazy("Number of the agreement (PKS)"),
        max_length=80,
        help_text=gettext_lazy("As it stands on the paper, for example PKS/12/2026."),
    )
    sponsor = forms.ModelChoiceField(
        Sponsor.objects.none(),
        label=gettext_lazy("Who pays"),
        empty_label=gettext_lazy("Choose"),
    )
    fund = forms.ChoiceField(
        label=gettext_lazy("Whose money"),
        choices=list(words.FUNDS.items()),
        help_text=gettext_lazy("Reliefs of the law depend on it."),
    )
    segment = forms.ChoiceField(
        label=gettext_lazy("Kind of workers"),
        choices=list(words.SEGMENTS.items()),
        widget=forms.RadioSelect,
        initial=Segment.BPU,
    )
    wage = RupiahField(
        label=gettext_lazy("Wage a month, for wage earners"), required=False, min_value=1
    )
    risk_class = forms.TypedChoiceField(
        label=gettext_lazy("Risk class of the work, for wage earners"),
        choices=[("", "–"), *((str(n), str(n)) for n in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    with_jht = forms.BooleanField(
        label=gettext_lazy("With old-age savings (JHT), besides JKK and JKM"), required=False
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories of work"),
        choices=list(words.CATEGORIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None chosen: every category."),
    )
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1)
    budget_rupiah = RupiahField(label=gettext_lazy("Budget"), min_value=1)
    starts_on = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))
    branch = forms.ModelChoiceField(
        Branch.objects.none(),
        label=gettext_lazy("Branch that approves it"),
        empty_label=gettext_lazy("Choose"),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["sponsor"].queryset = seen(request, Sponsor.objects.order_by("name"))  # type: ignore[attr-defined]
        self.fields["branch"].queryset = Branch.objects.order_by("name")  # type: ignore[attr-defined]

    def terms(self) -> dict[str, Any]:
        """As `make_agreement` takes them."""
        told = dict(self.cleaned_data)
        told["programmes"] = ["JKK", "JKM", *(["JHT"] if told.pop("with_jht") else [])]
        told["ends_on"] = told.pop("last_day") + A_DAY
        if told["segment"] == Segment.BPU:
            told["wage"] = told["risk_class"] = None
        return told


def draft(request: HttpRequest) -> HttpResponse:
    """A new agreement, which the branch then approves."""
    year = clock.today().year
    usual = {"starts_on": date(year, 1, 1), "last_day": date(year, 12, 31)}
    form = Terms(request, initial=usual, **sent(request))
    if form.is_valid():
        try:
            made = make_agreement(
                **form.terms(), region=_region(request), by=user_of(request), now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The draft is with the branch, which approves it."))
            return redirect("city-agreement", pk=made.pk)
    return _form(request, form, _("New agreement"))


class Size(Form):
    """How many places, how much money."""

    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1)
    budget_rupiah = RupiahField(label=gettext_lazy("Budget"), min_value=1)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """More or fewer places, more or less money."""
    one = found(request, with_names(), pk=pk)
    now = {"places": one.places, "budget_rupiah": one.budget_rupiah}
    form = Size(initial=now, **sent(request))
    if form.is_valid():
        as_seen.check(request, *size_of(held(one)))
        try:
            change_places_and_budget(
                agreement=one, **form.cleaned_data, by=user_of(request), now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Places and budget are changed."))
            return redirect("city-agreement", pk=pk)
    return _form(request, form, _("Change places and budget"), one)


class Renewal(Size):
    """The agreement that goes on where another ends."""

    field_order = ("number", "starts_on", "last_day", "places", "budget_rupiah")
    number = forms.CharField(label=gettext_lazy("Number of the new agreement"), max_length=80)
    starts_on = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))


def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft on the same terms for the time after; who stayed comes along once approved."""
    one = found(request, with_names(), pk=pk)
    length = one.ends_on - one.starts_on
    usual = {
        "starts_on": one.ends_on,
        "last_day": one.ends_on + length - A_DAY,
        "places": one.places,
        "budget_rupiah": one.budget_rupiah,
    }
    form = Renewal(initial=usual, **sent(request))
    if form.is_valid():
        told = dict(form.cleaned_data)
        told["ends_on"] = told.pop("last_day") + A_DAY
        try:
            made = renew(agreement=one, **told, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The renewal is drafted; the branch approves it."))
            return redirect("city-agreement", pk=made.pk)
    return _form(request, form, _("Renew the agreement"), one)


def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody else is enrolled; those who are stay as promised."""
    one = found(request, with_names(), pk=pk)
    form = Form(**sent(request))
    if form.is_valid():
        try:
            close(agreement=one, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The agreement is closed."))
            return redirect("city-agreement", pk=pk)
    told = _("Nobody else can be enrolled under it. Who is enrolled stays so to the last day.")
    return _form(request, form, _("Close the agreement"), one, told=told)


def carrying_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stayed to the last day of the agreement before is enrolled under this one."""
    one = found(request, with_names(), pk=pk)
    form = Form(**sent(request))
    if form.is_valid():
        try:
            came = carry_over(agreement=one, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            told = {"enrolled": came.enrolled, "waiting": came.waiting}
            messages.success(
                request, _("%(enrolled)s people are enrolled, %(waiting)s wait for a place.") % told
            )
            return redirect("city-agreement", pk=pk)
    told_first = _("Everyone who is enrolled to the last day of the agreement before comes along.")
    return _form(request, form, _("Take everyone over"), one, told=told_first)


def _region(request: HttpRequest) -> Any:
    appointment = acting(request)
    return appointment.region if appointment else None


def _form(
    request: HttpRequest,
    form: Form,
    title: str,
    one: Agreement | None = None,
    told: str = "",
) -> HttpResponse:
    return render(
        request,
        "web/city/agreement_form.html",
        {
            "form": form,
            "title": title,
            "agreement": one,
            "told": told,
            "as_seen": as_seen.mark(*size_of(one)) if one else "",
        },
        status=422 if form.is_bound else 200,
    )

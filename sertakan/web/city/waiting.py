"""Who waits for a place, and giving free places to those whose turn it is."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.audit.errors import Refused
from sertakan.enrolment.models import Waiting
from sertakan.enrolment.queries import line
from sertakan.enrolment.waiting import fill_places, leave
from sertakan.sponsors.models import Agreement
from sertakan.web import clock, words
from sertakan.web.agreement_figures import standings
from sertakan.web.city.agreements import with_names
from sertakan.web.forms import DayField, Form, sent
from sertakan.web.guard import found, user_of
from sertakan.web.lists import paged


class Filling(Form):
    """From which day those who come are enrolled."""

    starts_on = DayField(label=gettext_lazy("Enrolled from"))


def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """The line of an agreement, first come first; the free places are given from here."""
    one = found(request, with_names(), pk=pk)
    form = Filling(initial={"starts_on": max(clock.today(), one.starts_on)}, **sent(request))
    if form.is_valid():
        try:
            filled = fill_places(
                agreement=one,
                starts_on=form.cleaned_data["starts_on"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                _("%(enrolled)s people got a place, %(left)s left the line, %(waiting)s wait.")
                % {
                    "enrolled": filled.enrolled,
                    "left": filled.left,
                    "waiting": filled.waiting,
                },
            )
            return redirect("city-waiting", pk=pk)
    return _line(request, one, form)


def _line(request: HttpRequest, one: Agreement, form: Form) -> HttpResponse:
    [standing] = standings([one], on=clock.today())
    page = paged(line(one).select_related("person", "region"), request, newest_first=False)
    return render(
        request,
        "web/city/waiting.html",
        {"agreement": one, "standing": standing, "page": page, "form": form},
        status=422 if form.is_bound else 200,
    )


class Leaving(Form):
    """Why somebody leaves the line."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=list(words.END_REASONS.items()), widget=forms.RadioSelect
    )


def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves the line."""
    turn = found(request, Waiting.objects.select_related("person", "agreement"), pk=pk)
    form = Leaving(**sent(request))
    if form.is_valid():
        try:
            leave(
                waiting=[turn.pk],
                reason=form.cleaned_data["reason"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%s has left the line.") % turn.person.name)
            return redirect("city-waiting", pk=turn.agreement_id)
    return render(
        request,
        "web/city/waiting_leave.html",
        {"turn": turn, "form": form},
        status=422 if form.is_bound else 200,
    )

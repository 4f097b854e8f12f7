"""A worker's page: months, cover, card; stopping, and another worker in their place."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.going_on import replace, stop
from sertakan.contributions.of_sponsors import chosen_from_the_line
from sertakan.contributions.queries import credit
from sertakan.enrolment.consents import CURRENT, WORDINGS
from sertakan.enrolment.models import EndReason, Enrolment
from sertakan.people.encryption import decrypt
from sertakan.vocabulary import Month
from sertakan.web import clock, numbers, words
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, user_of
from sertakan.web.masking import masked
from sertakan.web.sponsoring.checks import TOO_MANY, may_check
from sertakan.web.sponsoring.drafting import sponsor_of
from sertakan.web.sponsoring.home import rows_of
from sertakan.web.sponsoring.places import places_named
from sertakan.web.sponsoring.workers import JobForm, WhoForm

REASONS = (EndReason.ASKED, EndReason.MOVED, EndReason.OTHER_INSURANCE)


class StopForm(Form):
    """From which month on nothing more is paid, and why."""

    month = forms.ChoiceField(
        label=gettext_lazy("From which month on should it stop?"), widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(reason, words.END_REASONS[reason]) for reason in REASONS],
        widget=forms.RadioSelect,
    )


class ReplaceForm(StopForm, WhoForm, JobForm):
    """Who comes instead, in one page: one worker, and everything about them."""

    place = forms.CharField(
        label=gettext_lazy("In which kelurahan or village do they live?"), max_length=120
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I declare this."),
        error_messages={
            "required": gettext_lazy("Without the worker’s consent they cannot be covered.")
        },
    )


def _own(request: HttpRequest, pk: int) -> Enrolment:
    records = Enrolment.objects.select_related(
        "person", "agreement__sponsor", "region__parent__parent"
    )
    record: Enrolment = found(request, chosen_from_the_line(records), pk=pk)
    return record


@require_safe
def enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """The worker: months, masked NIK, until when; nothing of benefits, health or heirs."""
    record = _own(request, pk)
    told = {
        "row": rows_of([record], clock.today())[0],
        "nik": masked(decrypt(bytes(record.person.nik_encrypted), "nik")),
        "today": clock.today(),
        "can_stop": bool(_months(record)),
    }
    return render(request, "web/sponsoring/enrolment.html", told)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop paying for a worker from a month on."""
    record = _own(request, pk)
    months = _months(record)
    if not months:
        raise Http404
    form = StopForm(**sent(request), initial={"month": months[0][0]})
    form.fields["month"].choices = months  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        before = credit(sponsor_of(request))
        try:
            stop(enrolment=record, **_when(form), **_who(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            back = credit(sponsor_of(request)) - before
            messages.success(request, _stopped(back))
            return redirect("sponsor-enrolment", pk=pk)
    told = {"form": form, "enrolment": record}
    return render(request, "web/sponsoring/stop.html", told, status=422 if form.errors else 200)


def instead(request: HttpRequest, pk: int) -> HttpResponse:
    """Another worker takes the place for the months that are left."""
    record = _own(request, pk)
    months = [pair for pair in _months(record) if pair[0] < str(record.ends_on)[:7]]
    if not months:
        raise Http404
    form = ReplaceForm(**sent(request), initial={"month": months[0][0], "reason": "asked"})
    form.fields["month"].choices = months  # type: ignore[attr-defined]
    form.order_fields(["month", "reason", "name", "nik", "birth_date", "phone"])
    if request.method == "POST" and form.is_valid():
        places = places_named(form.cleaned_data["place"], near=sponsor_of(request).region_id or "")
        if len(places) != 1:
            form.add_error("place", _place_problem(len(places)))
        elif not may_check(request):
            form.add_error(None, TOO_MANY)
        else:
            try:
                bill = replace(
                    enrolment=record,
                    worker=_newcomer(form, places[0].pk, request),
                    **_when(form),
                    **_who(request),
                )
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("The place has passed to another worker."))
                return redirect("sponsor-bill", pk=bill.pk)
    told = {"form": form, "enrolment": record, "wording": WORDINGS[CURRENT]}
    return render(request, "web/sponsoring/replace.html", told, status=422 if form.errors else 200)


def _place_problem(count: int) -> str:
    if not count:
        return _("There is no place of this name. Write only its name.")
    return _("Several places have this name. Add the city or regency: Klegen, Madiun.")


def _newcomer(form: ReplaceForm, region: str, request: HttpRequest) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        **{name: told[name] for name in ("nik", "phone", "category", "sector", "income", "sure")},
        "name": " ".join(told["name"].split()),
        "birth_date": told["birth_date"].isoformat(),
        "region": region,
        "consent": {
            "wording": CURRENT,
            "at": clock.now().isoformat(),
            "by": user_of(request).pk,
        },
    }


def _when(form: Form) -> dict[str, Any]:
    return {
        "first_month": Month.parse(form.cleaned_data["month"]),
        "reason": form.cleaned_data["reason"],
    }


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"on": clock.today(), "by": user_of(request), "now": clock.now()}


def _months(record: Enrolment) -> list[tuple[str, str]]:
    """From which months on it can stop: the next one to the first after its end (no renewal)."""
    if record.void or record.ends_on is None or record.end_reason:
        return []
    first, last = Month.of(clock.today()) + 1, Month.of(record.ends_on - timedelta(days=1)) + 1
    return [(str(month), date_format(month.first_day, "F Y")) for month in first.through(last)]


def _stopped(back: int) -> str:
    if not back:
        return _("It stops then. What was paid until then stays.")
    return _("It stops then. %s is your credit again, and pays your next bill.") % numbers.rupiah(
        back
    )

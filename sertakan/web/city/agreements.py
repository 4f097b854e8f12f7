"""Agreements (PKS) of the city: how full, how much of the budget, who waits."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.contributions.models import Bill
from sertakan.enrolment.models import Enrolment
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.agreement_figures import standings
from sertakan.web.guard import found, seen
from sertakan.web.lists import paged


def with_names() -> QuerySet[Agreement]:
    """Agreements with what their pages name."""
    return Agreement.objects.select_related("sponsor", "region", "branch", "renews")


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """All of them, the latest first, with places and budget as bars."""
    page = paged(seen(request, with_names()), request, size=25)
    today = clock.today()
    return render(
        request,
        "web/city/agreements.html",
        {"page": page, "standings": standings(page.rows, on=today), "today": today},
    )


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, with its terms, its bills, and what can be done next."""
    one = found(request, with_names(), pk=pk)
    return render(request, "web/city/agreement.html", described(one))


def described(one: Agreement) -> dict[str, Any]:
    """What an agreement's page tells."""
    today = clock.today()
    [standing] = standings([one], on=today)
    return {
        "agreement": one,
        "standing": standing,
        "bills": list(Bill.objects.filter(agreement=one).order_by("-pk")[:12]),
        "renewal": Agreement.objects.filter(renews=one).first(),
        "today": today,
    }


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is or was enrolled under it."""
    one = found(request, with_names(), pk=pk)
    enrolments = Enrolment.objects.filter(agreement=one).select_related("person", "region")
    shown = request.GET.get("only", "")
    if shown == "ended":
        enrolments = enrolments.exclude(end_reason="")
    elif shown == "now":
        today = clock.today()
        enrolments = enrolments.filter(starts_on__lte=today, ends_on__gt=today)
    return render(
        request,
        "web/city/agreement_people.html",
        {
            "agreement": one,
            "page": paged(enrolments, request),
            "only": shown,
            "today": clock.today(),
        },
    )

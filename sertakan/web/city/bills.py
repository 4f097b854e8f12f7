"""Bills and payments of the city's agreements, opened down to months, people and money."""

import contextlib
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.billing import would_bill
from sertakan.contributions.models import Bill, BillLine, Payment
from sertakan.contributions.operations import issue_bill
from sertakan.contributions.queries import outstanding
from sertakan.law.book import NotInForce
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month
from sertakan.web import clock
from sertakan.web.bill_figures import entry_of, months_of, owed_of
from sertakan.web.city.agreements import with_names
from sertakan.web.forms import Form, MonthField, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.numbers import asked_for


def with_agreement() -> QuerySet[Bill]:
    """Bills with what their pages name."""
    return Bill.objects.select_related("agreement__sponsor", "corrects")


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """All bills, or those of a month, a sponsor, an agreement; and what is still owed of each."""
    narrowed, told = _narrowed(request, seen(request, with_agreement()))
    page = paged(narrowed, request)
    owed = owed_of(page.rows)
    rows = [(bill, owed[bill.pk]) for bill in page.rows]
    told |= {"page": page, "rows": rows, "today": clock.today()}
    return render(request, "web/city/bills.html", told)


def _narrowed(request: HttpRequest, found: QuerySet[Bill]) -> tuple[QuerySet[Bill], dict[str, Any]]:
    """The bills that the address asks for, and what the page says of it; what is unknown is not."""
    told: dict[str, Any] = {}
    with contextlib.suppress(ValueError):
        told["month"] = Month.parse(request.GET.get("bulan", "")).first_day
        found = found.filter(first_month__lte=told["month"], last_month__gte=told["month"])
    for word, path in (("sponsor", "agreement__sponsor"), ("perjanjian", "agreement")):
        if (number := asked_for(request.GET.get(word, ""))) is not None:
            found = found.filter(**{path: number})
            told["narrowed"] = True
    return found, told


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """One bill: its months by programme, its corrections, and the money set against it."""
    one = found(request, with_agreement(), pk=pk)
    return render(
        request,
        "web/city/bill.html",
        {
            "bill": one,
            "owed": outstanding(one),
            "months": months_of(one),
            "entry": entry_of(request, one),
            "corrections": list(one.corrections.order_by("pk")),
            "allocations": list(one.allocations.select_related("payment").order_by("pk")),
            "today": clock.today(),
        },
    )


@require_safe
def bill_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a bill charges for: people, their months, and rupiah."""
    one = found(request, with_agreement(), pk=pk)
    first = asked_for(request.GET.get("after", "")) or 0
    rows = list(
        BillLine.objects.filter(bill=one, person_id__gt=first)
        .values("person_id", name=F("person__name"))
        .annotate(months=Count("month"), total=Sum("rupiah"))
        .order_by("person_id")[:51]
    )
    more = rows[49]["person_id"] if len(rows) > 50 else None
    return render(
        request, "web/city/bill_people.html", {"bill": one, "rows": rows[:50], "more": more}
    )


class Months(Form):
    """Which months are billed."""

    first_month = MonthField(label=gettext_lazy("First month"))
    last_month = MonthField(label=gettext_lazy("Last month"))


def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose months, see what the law says they cost, then issue the bill."""
    one = found(request, with_names(), pk=pk)
    asked = "first_month" in request.GET
    if request.method == "POST":
        form = Months(**sent(request))
    else:
        form = Months(data=request.GET) if asked else Months(initial=_usual(one))
    months = _priced(form, one) if form.is_bound and form.is_valid() else None
    if request.method == "POST" and months is not None:
        try:
            issued = issue_bill(
                agreement=one,
                first_month=_month(form, "first_month"),
                last_month=_month(form, "last_month"),
                on=clock.today(),
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Bill %s is issued.") % issued.number)
            return redirect("city-bill", pk=issued.pk)
    return render(
        request,
        "web/city/bill_issue.html",
        {
            "agreement": one,
            "form": form,
            "months": months,
            "total": sum(month.rupiah for month in months or []),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _priced(form: Months, one: Agreement) -> list[Any] | None:
    """What each month costs; None where nothing can be billed, which the form then says."""
    try:
        return would_bill(
            agreement=one,
            first_month=_month(form, "first_month"),
            last_month=_month(form, "last_month"),
        )
    except Refused as refusal:
        form.refuse(refusal)
    except NotInForce:
        form.add_error("first_month", _("The law of these months is not known."))
    return None


def _month(form: Months, name: str) -> Month:
    return Month.of(form.cleaned_data[name])


def _usual(one: Agreement) -> dict[str, date]:
    """The month after the last that was billed, within the agreement; else its first."""
    last = Bill.objects.filter(agreement=one, corrects=None).order_by("-last_month").first()
    month = Month.of(last.last_month) + 1 if last else Month.of(one.starts_on)
    month = min(month, Month.of(one.ends_on - timedelta(1)))
    return {"first_month": month.first_day, "last_month": month.first_day}


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Money that arrived from the sponsors of this scope."""
    arrived = Payment.objects.select_related("sponsor", "bill", "matching__sponsor")
    return render(
        request, "web/city/payments.html", {"page": paged(seen(request, arrived), request)}
    )

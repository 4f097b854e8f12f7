"""Bills: one code to pay by, and whether the money has come."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sertakan.contributions.models import Bill, Payment
from sertakan.contributions.of_sponsors import from_the_line
from sertakan.contributions.operations import receive
from sertakan.contributions.queries import credit, outstanding
from sertakan.documents import qr
from sertakan.web import clock
from sertakan.web.bill_figures import owed_of
from sertakan.web.guard import found, seen
from sertakan.web.lists import paged
from sertakan.web.sponsoring.drafting import sponsor_of

SIMULATED_BANK = "Bank Simulasi"


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """Every bill and correction, the newest first, and every payment."""
    page = paged(seen(request, Bill.objects.select_related("agreement", "corrects")), request)
    owed = owed_of(page.rows)
    payments = seen(request, Payment.objects.select_related("bill")).order_by("-pk")[:50]
    told = {
        "rows": [(bill, owed[bill.pk]) for bill in page.rows],
        "page": page,
        "payments": payments,
        "credit": credit(sponsor_of(request)),
    }
    return render(request, "web/sponsoring/bills.html", told)


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """The code and how to pay; once paid, what to do next."""
    record = found(request, Bill.objects.select_related("agreement", "corrects"), pk=pk)
    return render(request, "web/sponsoring/bill.html", _told(record))


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Only whether it is paid, for a page that looks again every few seconds."""
    record = found(request, Bill.objects.select_related("agreement", "corrects"), pk=pk)
    response = render(request, "web/sponsoring/_bill_live.html", _told(record))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _told(record: Bill) -> dict[str, Any]:
    return {
        "bill": record,
        "owed": outstanding(record),
        "qr": mark_safe(qr.svg(record.payment_code)) if record.payment_code else "",  # ours
        "corrections": list(record.corrections.order_by("pk")),
        "payments": list(
            Payment.objects.filter(allocations__bill=record).distinct().order_by("pk")[:20]
        ),
        "has_cards": record.agreement.enrolments.filter(void=False)
        .exclude(from_the_line())
        .exists(),
        "demo": settings.DEMO_DAY is not None,
    }


@require_POST
def simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """In a demonstration: let the bank's payment arrive. There is no such page otherwise."""
    if settings.DEMO_DAY is None:
        raise Http404
    record = found(request, Bill.objects.all(), pk=pk)
    owed = outstanding(record)
    if owed:
        payment = {
            "bank": SIMULATED_BANK,
            "bank_reference": f"SIM-{record.number}-{record.payments.count() + 1}",
            "received_on": clock.today(),
            "rupiah": owed,
            "payment_code": record.payment_code,
        }
        receive(payments=[payment], by=None, now=clock.now())
        messages.success(request, _("The simulated payment has arrived."))
    return redirect("sponsor-bill", pk=pk)

"""Bills at the branch: open, overdue, paid, corrected."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sertakan.contributions.models import Bill
from sertakan.contributions.queries import outstanding
from sertakan.contributions.suggesting import with_owed
from sertakan.web import clock
from sertakan.web.bill_figures import entry_of, months_of
from sertakan.web.guard import found, seen
from sertakan.web.lists import paged

KINDS: dict[str, Promise] = {
    "open": _("To be paid"),
    "overdue": _("Overdue"),
    "paid": _("Paid"),
    "corrections": _("Corrections"),
}


def with_agreement() -> QuerySet[Bill]:
    """Bills with what their pages name."""
    return Bill.objects.select_related("agreement__sponsor", "corrects")


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """Bills of this branch, the latest first, and what is still owed of each."""
    kind, today = request.GET.get("only", ""), clock.today()
    records = with_owed(seen(request, with_agreement()))
    conditions = {
        "open": Q(corrects=None, owed__gt=0),
        "overdue": Q(corrects=None, owed__gt=0, due_on__lt=today),
        "paid": Q(corrects=None, owed=0),
        "corrections": Q(corrects__isnull=False),
    }
    if kind in conditions:
        records = records.filter(conditions[kind])
    return render(
        request,
        "web/branch/bills.html",
        {"page": paged(records, request), "only": kind, "kinds": KINDS.items(), "today": today},
    )


@require_safe
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """One bill: months, corrections, and the money set against it."""
    one = found(request, with_agreement(), pk=pk)
    return render(
        request,
        "web/branch/bill.html",
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

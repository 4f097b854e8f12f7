"""Going on: the same people, as many months again; and what the branch has approved by now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sertakan.audit.errors import Refused
from sertakan.contributions.covering import enrol_and_bill, order_from
from sertakan.contributions.going_on import (
    carry_over_and_bill,
    next_months,
    price_of_renewal,
    renew_cover,
)
from sertakan.contributions.models import Bill
from sertakan.law.book import NotInForce
from sertakan.sponsors.drafts import take_draft
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.forms import Form
from sertakan.web.guard import found, user_of


def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """What it costs to go on; the button renews and bills."""
    agreement = found(request, Agreement.objects.select_related("sponsor", "branch"), pk=pk)
    form = Form(request.POST or None)
    form.is_valid()
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        try:
            done = renew_cover(
                agreement=agreement,
                shown_rupiah=int(shown) if shown.isdecimal() and len(shown) < 16 else -1,
                on=clock.today(),
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        except NotInForce:
            form.add_error(None, _("The law of one of these months is not known."))
        else:
            if done.bill is None:
                messages.success(request, _("Your renewal is with the branch."))
                return redirect("sponsor-home")
            messages.success(request, _("Renewed. What is left is to pay."))
            return redirect("sponsor-bill", pk=done.bill.pk)
    months = next_months(agreement, clock.today())
    told = {
        "agreement": agreement,
        "form": form,
        "price": price_of_renewal(agreement, months),
        "first": months[0].first_day,
        "last": months[-1].last_day,
        "renewed": getattr(agreement, "renewed_by", None),
    }
    return render(request, "web/sponsoring/renew.html", told, status=422 if form.errors else 200)


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The branch has approved it: enrol the people that waited with it, and bill them."""
    agreement = found(request, Agreement.objects.select_related("sponsor", "renews"), pk=pk)
    try:
        bill = _billed(request, agreement)
    except Refused as refusal:
        form = Form(request.POST)
        form.is_valid()
        form.refuse(refusal)
        told = {"form": form, "agreement": agreement}
        return render(request, "web/sponsoring/go_on.html", told, status=422)
    messages.success(request, _("Done. What is left is to pay."))
    return redirect("sponsor-bill", pk=bill.pk)


def _billed(request: HttpRequest, agreement: Agreement) -> Bill:
    today, now = clock.today(), clock.now()
    if agreement.renews is not None:
        return carry_over_and_bill(agreement=agreement, on=today, by=user_of(request), now=now)
    content = take_draft(sponsor=agreement.sponsor, agreement=agreement)
    order = order_from(content, starts_on=max(today, agreement.starts_on))
    return enrol_and_bill(agreement=agreement, order=order, by=user_of(request), now=now)

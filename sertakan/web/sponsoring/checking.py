"""Step three: check everything, then one deed makes agreement, enrolment and bill."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sertakan.audit.errors import Refused
from sertakan.contributions.covering import Covered, Order, cover, order_from, price_of
from sertakan.contributions.quoting import FUND_OF
from sertakan.law.book import NotInForce
from sertakan.sponsors.drafts import Content, let_wait, take_draft
from sertakan.sponsors.models import Sponsor, StandingApproval
from sertakan.sponsors.queries import branch_for, standing_approval_of
from sertakan.sponsors.standing import places_approved, reaches
from sertakan.web import clock
from sertakan.web.forms import Form
from sertakan.web.guard import user_of
from sertakan.web.sponsoring.drafting import Line, chosen_so_far, lines_of, names_of, sponsor_of


def check(request: HttpRequest) -> HttpResponse:
    """Check your answers; the button orders."""
    content = chosen_so_far(request)
    if not content.get("last"):
        messages.info(request, _("Say first whom you want to cover, and for how long."))
        return redirect("sponsor-people" if not content.get("workers") else "sponsor-length")
    form = Form(request.POST or None)
    form.is_valid()
    lines = lines_of(content, sponsor_of(request), others=request.method == "POST")
    for line in lines:
        for fault, _mended_on in line.faults:
            form.add_error(None, f"{line.worker['name']}: {fault}") if form.is_bound else None
    if request.method == "POST" and not form.errors:
        try:
            return _ordered(request, content)
        except Refused as refusal:
            form.refuse(refusal)
        except NotInForce:
            form.add_error(None, _("The law of one of these months is not known."))
    return _shown(request, form, content, lines)


def _ordered(request: HttpRequest, content: Content) -> HttpResponse:
    sponsor = sponsor_of(request)
    order = order_from(content, starts_on=clock.today())
    shown = request.POST.get("shown", "")
    by, now = user_of(request), clock.now()
    done: Covered = cover(
        sponsor=sponsor,
        order=order,
        shown_rupiah=int(shown) if shown.isdecimal() and len(shown) < 16 else -1,
        by=by,
        now=now,
    )
    if done.bill is None:
        let_wait(sponsor=sponsor, agreement=done.agreement, by=by, now=now)
        messages.success(
            request,
            _("Your request is with the branch. You can pay as soon as it is approved."),
        )
        return redirect("sponsor-home")
    take_draft(sponsor=sponsor)
    messages.success(request, _("Done. What is left is to pay."))
    return redirect("sponsor-bill", pk=done.bill.pk)


def _shown(request: HttpRequest, form: Form, content: Content, lines: list[Line]) -> HttpResponse:
    sponsor = sponsor_of(request)
    order: Order | None = None
    price = None
    try:
        order = order_from(content, starts_on=clock.today())
        price = price_of(order, sponsor)
    except Refused as refusal:
        form.refuse(refusal) if form.is_bound else messages.warning(request, str(refusal))
    except (KeyError, TypeError):  # a worker is not complete; the list says what is missing
        price = None
    branch = branch_for(sponsor.region)
    approval = standing_approval_of(branch)
    names = names_of({each["region"] for each in content.get("chosen", [])})
    told = {
        "form": form,
        "lines": lines,
        "left": sum(bool(line.faults) for line in lines),
        "choices": [(each, names[each["region"]]) for each in content.get("chosen", [])],
        "order": order,
        "price": price,
        "jht": content.get("jht"),
        "branch": branch,
        "at_once": order is not None and _at_once(order, sponsor, approval),
    }
    return render(request, "web/sponsoring/check.html", told, status=422 if form.errors else 200)


def _at_once(order: Order, sponsor: Sponsor, approval: StandingApproval | None) -> bool:
    """Whether the branch's standing approval reaches so far that it can be paid at once."""
    before = places_approved(sponsor.pk, starts_on=order.starts_on, ends_on=order.ends_on)
    return reaches(approval, fund=FUND_OF[sponsor.kind], places=before + order.people)

"""Agreements at the branch: what they promise, what they cost by law, approve or send back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.models import Bill
from sertakan.enrolment.models import Enrolment
from sertakan.people.queries import masked_nik
from sertakan.sponsors.models import Agreement, AgreementState, StandingApproval
from sertakan.sponsors.operations import approve_agreement, change_places_and_budget
from sertakan.sponsors.returning import return_agreement
from sertakan.sponsors.standing import end_standing_approval, give_standing_approval
from sertakan.web import as_seen, clock
from sertakan.web.agreement_figures import held, size_of, standings
from sertakan.web.branch.agreement_marks import cost_of, marks_of
from sertakan.web.branch.claim_acts import NoteForm
from sertakan.web.forms import Form, RupiahField, sent
from sertakan.web.guard import acting, found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.words import AGREEMENT_STATES


def with_names() -> QuerySet[Agreement]:
    """Agreements with what their pages name."""
    return Agreement.objects.select_related(
        "sponsor", "region", "branch", "renews", "approved_by", "standing_approval"
    )


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """All of the branch, the latest first, by state."""
    state = request.GET.get("state", "")
    records = seen(request, with_names())
    if state in AgreementState.values:
        records = records.filter(state=state)
    page = paged(records, request, size=25)
    return render(
        request,
        "web/branch/agreements.html",
        {
            "page": page,
            "standings": standings(page.rows, on=clock.today()),
            "state": state,
            "states": AGREEMENT_STATES.items(),
        },
    )


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its terms, what it costs by law, what is unusual."""
    one = found(request, with_names(), pk=pk)
    return render(request, "web/branch/agreement.html", described(one))


def described(one: Agreement) -> dict[str, Any]:
    """What an agreement's page tells."""
    today, cost = clock.today(), cost_of(one)
    [standing] = standings([one], on=today)
    return {
        "agreement": one,
        "standing": standing,
        "cost": cost,
        "marks": marks_of(one, cost, today=today),
        "returns": list(one.returns.select_related("returned_by").order_by("-pk")),
        "bills": list(Bill.objects.filter(agreement=one).order_by("-pk")[:12]),
        "today": today,
    }


@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is or was enrolled under it, the NIK masked."""
    one = found(request, with_names(), pk=pk)
    enrolments = Enrolment.objects.filter(agreement=one).select_related("person", "region")
    page = paged(enrolments, request)
    rows = [(each, masked_nik(each.person)) for each in page.rows]
    return render(
        request,
        "web/branch/agreement_people.html",
        {"agreement": one, "page": page, "rows": rows},
    )


class TermsForm(Form):
    """Places and budget, the two that may change after approval."""

    places = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, widget=forms.TextInput({"inputmode": "numeric"})
    )
    budget_rupiah = RupiahField(label=gettext_lazy("Budget"), min_value=1)


def _answer(
    request: HttpRequest,
    one: Agreement,
    form: Form,
    act: Callable[[], object],
    *,
    done: str,
    title: str,
    lead: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        as_seen.check(request, *size_of(held(one)))
        try:
            act()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect("branch-agreement", pk=one.pk)
    return render(
        request,
        "web/branch/agreement_act.html",
        {
            **described(one),
            "form": form,
            "title": title,
            "lead": lead,
            "as_seen": as_seen.mark(*size_of(one)),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """From then on people can be enrolled."""
    one = found(request, with_names(), pk=pk)
    return _answer(
        request, one, Form(**sent(request)),
        lambda: approve_agreement(agreement=one, by=user_of(request), now=clock.now()),
        done=_("Agreement %s is approved.") % one, title=_("Approve"),
        lead=_("From then on people can be enrolled; only places and budget can still change."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays a draft; the sponsor reads what is to be changed."""
    one, form = found(request, with_names(), pk=pk), NoteForm(**sent(request))
    return _answer(
        request, one, form,
        lambda: return_agreement(
            agreement=one, reason=form.cleaned_data["note"], by=user_of(request), now=clock.now()
        ),
        done=_("Sent back with your note."), title=_("Send back"),
        lead=_("It stays a draft. The sponsor reads your note and changes it."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """More or fewer places, more or less money."""
    one = found(request, with_names(), pk=pk)
    begun = {"places": one.places, "budget_rupiah": one.budget_rupiah}
    form = TermsForm(initial=begun, **sent(request))
    return _answer(
        request, one, form,
        lambda: change_places_and_budget(
            agreement=one, **form.cleaned_data, by=user_of(request), now=clock.now()
        ),
        done=_("Places and budget are changed."), title=_("Change places and budget"),
        lead=_("Never fewer places than are taken on a day, never less money than was billed."),
    )  # fmt: skip


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """What this branch approves beforehand, now and before."""
    approvals = seen(
        request, StandingApproval.objects.select_related("branch", "given_by", "ended_by")
    )
    return render(request, "web/branch/standing.html", {"page": paged(approvals, request, size=25)})


class StandingForm(Form):
    """How far it reaches."""

    most_places = forms.IntegerField(
        label=gettext_lazy("Places for a sponsor at a time, at most"),
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give_standing(request: HttpRequest) -> HttpResponse:
    """Approve small private sponsorships beforehand, in one's own name."""
    form, appointment = StandingForm(**sent(request)), acting(request)
    branch = appointment.branch if appointment else None
    assert branch is not None, "an approver has a branch"
    if request.method == "POST" and form.is_valid():
        try:
            give_standing_approval(
                branch=branch,
                most_places=form.cleaned_data["most_places"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Small private sponsorships are approved beforehand."))
            return redirect("branch-standing")
    return render(
        request,
        "web/branch/standing_give.html",
        {"form": form},
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """From then on everything waits for the branch again."""
    approval = found(request, StandingApproval.objects.select_related("branch"), pk=pk)
    form = Form(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_standing_approval(approval=approval, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The standing approval is ended."))
            return redirect("branch-standing")
    return render(
        request,
        "web/branch/standing_end.html",
        {"approval": approval, "form": form},
        status=422 if form.is_bound and form.errors else 200,
    )

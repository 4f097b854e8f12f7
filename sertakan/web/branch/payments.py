"""Money at the branch: received one by one or from a bank's file, matched, opened to people."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.errors import CannotMatch
from sertakan.contributions.models import Bill, PaidMonth, Payment
from sertakan.contributions.operations import match_payment, receive
from sertakan.contributions.statements import Answered, read_statement, take_in
from sertakan.contributions.suggesting import suggestions
from sertakan.sponsors.models import Sponsor
from sertakan.web import clock
from sertakan.web.forms import DayField, Form, RupiahField, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.numbers import asked_for

LARGEST_FILE = 2_000_000  # bytes
KEPT, KEPT_LINES = "statement", 300
OFFERED_AT_MOST = 20
UNMATCHED = Q(sponsor=None, matching=None)


def with_names() -> QuerySet[Payment]:
    """Payments with what their pages name."""
    return Payment.objects.select_related(
        "sponsor", "bill", "matching__sponsor", "matching__bill", "matching__matched_by"
    )


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Money that arrived, the latest first; or only that of which nobody is known."""
    only = request.GET.get("only", "")
    records = seen(request, with_names())
    if only == "unmatched":
        records = records.filter(UNMATCHED)
    return render(
        request, "web/branch/payments.html", {"page": paged(records, request), "only": only}
    )


@require_safe
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment, down to the people and months that it paid."""
    one = found(request, with_names(), pk=pk)
    allocations = list(one.allocations.select_related("bill__agreement").order_by("pk"))
    first = asked_for(request.GET.get("after", "")) or 0
    rows = list(
        PaidMonth.objects.filter(allocation__in=allocations, person_id__gt=first)
        .values("person_id", name=F("person__name"))
        .annotate(months=Count("month"), first=Min("month"), last=Max("month"))
        .order_by("person_id")[:51]
    )
    return render(
        request,
        "web/branch/payment.html",
        {
            "payment": one,
            "owner": one.sponsor or (one.matching.sponsor if hasattr(one, "matching") else None),
            "allocations": allocations,
            "used": sum(each.rupiah - each.from_credit for each in allocations),
            "rows": rows[:50],
            "more": rows[49]["person_id"] if len(rows) > 50 else None,
        },
    )


class PaymentForm(Form):
    """One payment as the bank tells it."""

    bank = forms.CharField(label=gettext_lazy("Bank"), max_length=40)
    bank_reference = forms.CharField(
        label=gettext_lazy("The bank’s reference"),
        help_text=gettext_lazy("By it the payment is counted once, however often it is told."),
        max_length=80,
    )
    received_on = DayField(label=gettext_lazy("Received on"))
    rupiah = RupiahField(label=gettext_lazy("Amount"), min_value=1, max_value=10**15)
    payment_code = forms.CharField(
        label=gettext_lazy("Payment code"),
        help_text=gettext_lazy("13 digits, as on the bill. Leave it empty if the bank gives none."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Money is not received on a day to come."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def receive_one(request: HttpRequest) -> HttpResponse:
    """One payment, typed in."""
    form = PaymentForm(initial={"received_on": clock.today()}, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            answer = receive(
                payments=[form.cleaned_data], by=user_of(request), now=clock.now()
            ).row(0, named=True)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, outcome_told(answer["outcome"]))
            # Money for a bill of another branch is that branch's to see.
            if not seen(request, Payment.objects.filter(pk=answer["payment"])).exists():
                return redirect("branch-payments")
            return redirect("branch-payment", pk=answer["payment"])
    return render(
        request,
        "web/branch/payment_receive.html",
        {"form": form},
        status=422 if form.is_bound and form.errors else 200,
    )


def outcome_told(outcome: str) -> str:
    """What became of a payment."""
    return {
        "received": _("The payment is received."),
        "repeated": _("This payment was received before; nothing was counted twice."),
        "unmatched": _("Received. Whose money it is, is not known yet."),
    }[outcome]


class FileForm(Form):
    """A bank's statement."""

    file = forms.FileField(
        label=gettext_lazy("Statement of the bank (CSV)"),
        help_text=gettext_lazy("Columns: bank, referensi, tanggal, jumlah, kode."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large; split it."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def receive_file(request: HttpRequest) -> HttpResponse:
    """A bank's file: every line is answered, and the answers stay to be read."""
    form = FileForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            answered = take_in(
                lines=read_statement(file.read()),
                by=user_of(request),
                now=clock.now(),
                today=clock.today(),
            )
        except Refused as refusal:
            form.refuse(refusal, "file")
        else:
            request.session[KEPT] = _kept(file.name, answered)
            messages.success(request, _("The file is read; here is what became of each line."))
            return redirect("branch-payment-file")
    return render(
        request,
        "web/branch/payment_file.html",
        {"form": form, "result": request.session.get(KEPT)},
        status=422 if form.is_bound and form.errors else 200,
    )


def _kept(name: str, answered: list[Answered]) -> dict[str, Any]:
    """The answers, those that need a person first."""
    order = ("unreadable", "different", "unmatched", "received", "repeated")
    counts = {outcome: sum(each.outcome == outcome for each in answered) for outcome in order}
    in_order = sorted(answered, key=lambda each: (order.index(each.outcome), each.line.number))
    return {
        "name": name,
        "counts": counts,
        "lines": [
            {
                "number": each.line.number,
                "outcome": each.outcome,
                "payment": each.payment,
                "told": f"{each.line.bank} {each.line.bank_reference}".strip(),
                "rupiah": each.line.rupiah,
                "fault": each.line.fault,
            }
            for each in in_order[:KEPT_LINES]
        ],
        "left_out": max(0, len(answered) - KEPT_LINES),
    }


class MatchForm(Form):
    """Whose the money is."""

    bill = forms.CharField(
        label=gettext_lazy("Number or payment code of a bill"), max_length=80, required=False
    )
    sponsor = forms.CharField(
        label=gettext_lazy("Or the name of a sponsor"), max_length=200, required=False
    )
    chosen = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        answer: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(answer.values()):
            self.add_error("bill", _("Name a bill, or a sponsor below."))
        return answer


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose unmatched money is: of a bill, or of a sponsor."""
    one = found(request, with_names(), pk=pk)
    form = MatchForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            match_payment(
                payment=one,
                **_target(request, **form.cleaned_data),
                on=clock.today(),
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The payment is matched and used."))
            return redirect("branch-payment", pk=one.pk)
    known = one.sponsor_id is not None or hasattr(one, "matching")
    return render(
        request,
        "web/branch/payment_match.html",
        {
            "payment": one,
            "known": known,
            "form": form,
            "offered": [] if known else _offered(request, form),
            "suggestions": []
            if known
            else suggestions(
                one,
                bills=seen(request, Bill.objects.all()),
                sponsors=seen(request, Sponsor.objects.all()),
            ),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _target(request: HttpRequest, *, bill: str, sponsor: str, chosen: int | None) -> dict[str, Any]:
    """The bill or sponsor that is named, among those of this branch. Raises CannotMatch."""
    if bill:
        code = "".join(bill.split())
        bills = seen(request, Bill.objects.select_related("agreement"))
        one = bills.filter(Q(number__iexact=bill.strip()) | Q(payment_code=code)).first()
        if one is None:
            raise CannotMatch(_("This branch has no bill %s.") % bill)
        return {"bill": one}
    wanted = " ".join(sponsor.split())
    which = Q(pk=chosen) if chosen else Q(name__iexact=wanted)
    named = list(seen(request, Sponsor.objects.filter(which))[:2])
    if len(named) != 1:
        raise CannotMatch(_("This branch knows no single sponsor called %s.") % (wanted or "–"))
    return {"sponsor": named[0]}


def _offered(request: HttpRequest, form: MatchForm) -> list[Sponsor]:
    """Sponsors of this branch in whose name stands what was typed; one is then chosen."""
    wanted = " ".join(str(form.data.get("sponsor", "")).split())
    if not (form.is_bound and wanted):
        return []
    sponsors = seen(request, Sponsor.objects.filter(name__icontains=wanted))
    return list(sponsors.order_by("name", "pk")[:OFFERED_AT_MOST])

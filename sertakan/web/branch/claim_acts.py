"""What is done with a claim at the desk: a page for each deed, each one call of an operation."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sertakan.audit.errors import Refused
from sertakan.claims import operations
from sertakan.claims.accounts import account_of
from sertakan.claims.models import Claim
from sertakan.claims.queries import last_decision
from sertakan.claims.states import held
from sertakan.claims.telling import can_be_told
from sertakan.web import as_seen, clock
from sertakan.web.branch.claims import described, eyes, open_matters, with_person
from sertakan.web.branch.decision_told import decision_told
from sertakan.web.branch.report_forms import PapersForm
from sertakan.web.branch.report_steps import BY_WORD, STATED_LATER, row_forms
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, user_of

Act = Callable[[Claim, dict[str, Any]], None]


class NoteForm(Form):
    """A reason, in writing."""

    note = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )


class PayForm(Form):
    """The bank's own reference of the transfer."""

    bank_reference = forms.CharField(
        label=gettext_lazy("Reference of the bank transfer"),
        help_text=gettext_lazy("As the bank gives it. A reference is used once."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AccountForm(Form):
    """Where the money goes."""

    holder = forms.CharField(
        label=gettext_lazy("Whose account (as in the bank book)"), max_length=200
    )
    bank = forms.CharField(label=gettext_lazy("Bank"), max_length=60)
    number = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class BroughtForm(PapersForm):
    """Papers brought after the report: at least one."""

    def clean_papers(self) -> list[str]:
        papers: list[str] = self.cleaned_data["papers"]
        if not papers:
            raise forms.ValidationError(_("Choose at least one paper."))
        return papers


def _told(request: HttpRequest) -> dict[str, Any]:
    return {"by": user_of(request), "now": clock.now()}


def _answer(
    request: HttpRequest,
    one: Claim,
    form: Form,
    act: Act,
    *,
    done: str,
    title: str | Promise,
    lead: str = "",
    danger: bool = False,
    **more: Any,
) -> HttpResponse:
    """Show a form; when it was sent and fits, do it, and go back to the claim."""
    if request.method == "POST" and form.is_valid():
        try:
            act(one, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect("branch-claim", reference=one.reference)
    return render(
        request,
        "web/branch/claim_act.html",
        {
            "claim": one,
            "form": form,
            "title": title,
            "lead": lead,
            "danger": danger,
            **more,
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the law with everything that is known today."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, _answers: dict[str, Any]) -> None:
        operations.decide(claim=claim, on=clock.today(), **_told(request))

    return _answer(
        request, one, Form(**sent(request)), act,
        title=_("Decide"),
        lead=_(
            "The law is asked with what the records and the family say today. The "
            "answer is kept whole, with every rule; a second person then looks at "
            "it."
        ),
        done=_("The law was asked; here is its answer."),
        refused=None if eyes(one, None, user_of(request)).may_decide
        else _("You reported this claim yourself. Somebody else decides it."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """An officer's word on what the law leaves to an officer."""
    one = found(request, with_person(), reference=reference)
    matters = open_matters(last_decision(one), list(one.confirmations.all()))
    form = ConfirmForm(matters, **sent(request))

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        operations.confirm(
            claim=claim, matter=answers["matter"], note=answers["note"], **_told(request)
        )

    return _answer(
        request, one, form, act,
        title=_("Confirm"),
        lead=_(
            "The sources of the law do not settle this. Write down on what your "
            "word rests; it stands in the letter to the family."
        ),
        done=_("Confirmed. Now decide again."),
        refused=None if matters else _("Nothing is left to an officer in this claim."),
    )  # fmt: skip


class ConfirmForm(Form):
    """Which matter, and on what the word rests."""

    matter = forms.ChoiceField(label=gettext_lazy("What is confirmed"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("On what it rests"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, matters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["matter"].choices = matters  # type: ignore[attr-defined]
        if len(matters) == 1:
            self.fields["matter"].initial = matters[0][0]


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """A second person's yes: the whole decision before them, and whose eyes were first."""
    one = found(request, with_person(), reference=reference)
    form = Form(**sent(request))
    if request.method == "POST" and form.is_valid():
        as_seen.check(request, _seen_of(held(one)))
        try:
            operations.approve(claim=one, on=clock.today(), **_told(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{_('Approved.')} {_family_told(one)}")
            return redirect("branch-claim", reference=one.reference)
    return render(
        request,
        "web/branch/claim_approve.html",
        {**described(request, one), "form": form, "as_seen": as_seen.mark(_seen_of(one))},
        status=422 if form.is_bound and form.errors else 200,
    )


def _seen_of(one: Claim) -> int | None:
    """The decision to which the second person says yes."""
    last = last_decision(one)
    return last.pk if last else None


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """A second person's no, with what is to be looked at again."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        operations.send_back(claim=claim, note=answers["note"], **_told(request))

    return _answer(
        request, one, NoteForm(**sent(request)), act,
        title=_("Send back"),
        lead=_("Say what is to be looked at again before it is decided anew."),
        done=_("Sent back with your note."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Note the transfer to the family."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        operations.pay(
            claim=claim,
            on=clock.today(),
            bank_reference=answers["bank_reference"],
            **_told(request),
        )

    return _answer(
        request, one, PayForm(**sent(request)), act,
        title=_("Pay"), done=f"{_('Paid.')} {_family_told(one)}", **_paying(request, one),
    )  # fmt: skip


def _family_told(one: Claim) -> str:
    """Whether news of the claim reaches the family."""
    if can_be_told(one):
        return _("The family is told.")
    return _(
        "Nobody could be told: the report has no phone number and no e-mail address. Please tell "
        "the family yourself."
    )


def _paying(request: HttpRequest, one: Claim) -> dict[str, Any]:
    """What the page of the payment shows: amounts, account, deadline, penalty."""
    whole = described(request, one)
    last = last_decision(one)
    return {
        "paying": decision_told(last) if last else None,
        "account": whole["account"],
        "account_number": whole["account_number"],
        "deadline": whole["deadline"],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the claim rest."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        operations.withdraw(claim=claim, reason=answers["note"], **_told(request))

    return _answer(
        request, one, NoteForm(**sent(request)), act,
        title=_("Withdraw the claim"), danger=True,
        lead=_(
            "For a report by mistake, or one that the family takes back. It can be "
            "taken up again."
        ),
        done=_("The claim is withdrawn."),
    )  # fmt: skip


@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a withdrawn claim up again."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, _answers: dict[str, Any]) -> None:
        operations.resume(claim=claim, **_told(request))

    return _answer(
        request, one, Form(**sent(request)), act,
        title=_("Take up again"), done=_("The claim is taken up again."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """Note papers that were received."""
    one = found(request, with_person(), reference=reference)
    form = BroughtForm(initial={"papers_on": clock.today()}, **sent(request))

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        for kind in answers["papers"]:
            operations.receive_document(
                claim=claim, kind=kind, received_on=answers["papers_on"], **_told(request)
            )

    return _answer(
        request, one, form, act,
        title=_("Papers received"), done=_("The papers are noted."),
    )  # fmt: skip


@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """Note the heir's bank account."""
    one = found(request, with_person(), reference=reference)

    def act(claim: Claim, answers: dict[str, Any]) -> None:
        operations.note_account(claim=claim, **answers, **_told(request))

    return _answer(
        request, one, AccountForm(**sent(request)), act,
        title=_("Bank account of the heir"),
        lead=_(
            "Kept encrypted. Pages show how the number ends; whoever looks at the "
            "whole is written down."
        ),
        done=_("The account is noted."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def show_account(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole number, for a purpose that is written down."""
    one = found(request, with_person(), reference=reference)
    noted = account_of(one)
    if noted is None:
        messages.info(request, _("No bank account is noted."))
        return redirect("branch-claim", reference=one.reference)
    form, number = NoteForm(**sent(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            number = operations.unmask_account(
                account=noted, purpose=form.cleaned_data["note"], **_told(request)
            )
        except Refused as refusal:
            form.refuse(refusal)
    return render(
        request,
        "web/branch/claim_account.html",
        {"claim": one, "form": form, "account": noted, "number": number},
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Add to what people say, or correct it; the next decision uses it."""
    one = found(request, with_person(), reference=reference)
    asked = BY_WORD.get(step)
    if asked is None or step not in STATED_LATER:
        raise Http404
    before = {
        "died_on": one.died_on.isoformat(),
        "cause": one.cause,
        "statements": one.statements,
    }
    form = asked.sent(request) if request.method == "POST" else asked.begun(before)
    adding, status = "add" in request.POST, 200
    if request.method == "POST" and not adding:
        status = 422
        if form.is_valid():
            try:
                _state(request, one, form.told())
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("Noted. A decision made before does not know it yet."))
                return redirect("branch-claim", reference=one.reference)
    return render(
        request,
        "web/branch/claim_step.html",
        {
            "step": asked,
            "form": form,
            "rows": row_forms(form),
            "adding": adding,
            "person": one.person,
            "claim": one,
        },
        # A page with one more row has written nothing: its token is for the next sending.
        status=422 if adding else status,
    )


def _state(request: HttpRequest, one: Claim, told: dict[str, Any]) -> None:
    if "statements" in told:
        operations.state_facts(claim=one, statements=told["statements"], **_told(request))
    elif "died_on" in told:
        operations.correct_report(
            claim=one,
            died_on=date.fromisoformat(told["died_on"]),
            cause=told["cause"],
            **_told(request),
        )

"""The claims desk: the list, and a claim with its decision, every rule and every article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.accounts.models import User
from sertakan.claims.accounts import account_of, masked
from sertakan.claims.deadlines import deadlines
from sertakan.claims.models import Claim, Confirmation, Decision, Outcome, State
from sertakan.claims.queries import REQUIRED_DOCUMENTS
from sertakan.claims.queries import claims as all_claims
from sertakan.claims.signals import Signal, signals
from sertakan.web import clock
from sertakan.web.branch.decision_told import decision_told, matter_told
from sertakan.web.branch.told_lines import statement_lines
from sertakan.web.claim_words import CLAIM_STATES, OUTCOME_SHADES, PAPERS, SIGNALS
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged

STATE_SHADES = {State.PAID: "good", State.REFUSED: "bad", State.WITHDRAWN: ""}


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Claims of this branch, the newest first; by state, and by reference or name."""
    today, state = clock.today(), request.GET.get("state", "")
    asked = " ".join(request.GET.get("q", "").split())[:60]
    records = seen(request, all_claims(state=state if state in State.values else None))
    if asked:
        records = records.filter(
            Q(reference__iexact=asked)
            | Q(reference__endswith=asked)
            | Q(person__name__icontains=asked)
        )
    page = paged(records, request)
    left = deadlines(page.rows, on=today)
    rows = [(claim, left[claim.pk], shade(claim.state)) for claim in page.rows]
    return render(
        request,
        "web/branch/claims.html",
        {"page": page, "rows": rows, "state": state, "q": asked, "states": CLAIM_STATES.items()},
    )


def shade(state: str) -> str:
    """How the word of a state is coloured."""
    return STATE_SHADES.get(State(state), "wait")


def with_person() -> QuerySet[Claim]:
    """Claims with what their pages name."""
    return all_claims().select_related("person__region", "person__merged_into", "reported_by")


@require_safe
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """One claim: where it stands, what to do next, the decision, what it rests on."""
    one = found(request, with_person(), reference=reference)
    return render(request, "web/branch/claim.html", described(request, one))


def described(request: HttpRequest, one: Claim) -> dict[str, Any]:
    """What a claim's page tells. A constant number of queries."""
    decisions = list(
        one.decisions.select_related(
            "decided_by", "approval__approved_by", "sent_back__sent_back_by"
        ).order_by("-number")
    )
    confirmations = list(one.confirmations.select_related("confirmed_by").order_by("pk"))
    documents = list(one.documents.order_by("received_on", "pk"))
    kinds = {document.kind for document in documents}
    account = account_of(one)
    last = decisions[0] if decisions else None
    return {
        "claim": one,
        "shade": shade(one.state),
        "eyes": eyes(one, last, user_of(request)),
        "deadline": deadlines([one], on=clock.today())[one.pk],
        "last": last,
        "told": decision_told(last) if last else None,
        "outcome_shade": OUTCOME_SHADES.get(Outcome(last.outcome), "wait") if last else "",
        "earlier": decisions[1:],
        "confirmations": [(each, matter_told(each.matter)) for each in confirmations],
        "open_matters": open_matters(last, confirmations),
        "documents": [(PAPERS.get(each.kind, each.kind), each.received_on) for each in documents],
        "missing": [PAPERS[kind] for kind in REQUIRED_DOCUMENTS if kind not in kinds],
        "statements": statement_lines(one.statements),
        "account": account,
        "account_number": masked(account) if account else "",
        "signals": [signal_told(each) for each in signals(one)],
        "withdrawal": one.withdrawals.select_related("withdrawn_by")
        .filter(resumed_at=None)
        .first(),
    }


@dataclass(frozen=True, slots=True)
class Eyes:
    """What the reader may not do for having done the step before, told before they try."""

    may_decide: bool
    may_approve: bool
    to_approve: bool
    sent_back: bool


def eyes(one: Claim, last: Decision | None, reader: User) -> Eyes:
    """Who has looked at a claim first, seen from a reader."""
    sent_back = last is not None and hasattr(last, "sent_back")
    final = last is not None and last.outcome in (Outcome.PAYABLE, Outcome.REFUSED)
    return Eyes(
        may_decide=reader.pk != one.reported_by_id,
        may_approve=last is not None and reader.pk != last.decided_by_id,
        to_approve=one.state == State.DECIDED and final and not sent_back,
        sent_back=one.state == State.DECIDED and sent_back,
    )


def open_matters(last: Decision | None, confirmations: list[Confirmation]) -> list[tuple[str, str]]:
    """What the last decision leaves to an officer and nobody has confirmed: name and sentence."""
    done = {each.matter for each in confirmations}
    left = last.answer["review_because"] if last else []
    return [
        (name, matter_told(name))
        for name in left
        if name not in done and not name.startswith("missing:")
    ]


def signal_told(signal: Signal) -> tuple[str, str]:
    """A signal in a sentence, and its source."""
    filled: Mapping[str, Any] = {
        name: date_format(each, "j F Y") if isinstance(each, date) else each
        for name, each in signal.told.items()
    }
    source = _("Reported: %s") % signal.source if signal.source else ""
    return str(SIGNALS[signal.name]) % filled, source

"""Asking the law, and an officer's word on what the law leaves open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.errors import CannotConfirm, CannotDecide
from sertakan.claims.gathering import facts_of
from sertakan.claims.models import Claim, Confirmation, Decision, Outcome, State
from sertakan.claims.paying import withdraw_approval
from sertakan.claims.queries import last_decision
from sertakan.claims.states import check_may_become, held, move
from sertakan.law import death_claims
from sertakan.law.book import NotInForce
from sertakan.law.facts import FactError


@transaction.atomic
def decide(*, claim: Claim, on: date, by: User, now: datetime) -> Decision:
    """Ask the law with the facts known on a day, and keep its answer whole.

    A `review` whose every reason an officer has confirmed is payable. May be asked again until
    the claim is paid; an approval of the decision before is void then.
    Raises CannotDecide, CannotMove.
    """
    claim = held(claim)
    if by.pk == claim.reported_by_id:
        raise CannotDecide(_("Nobody decides a claim that they reported."))
    check_may_become(claim, State.DECIDED)
    if claim.state == State.APPROVED:
        withdraw_approval(claim, on, now)
    facts = facts_of(claim, known_on=on)
    try:
        found = death_claims.decide(facts)
    except FactError as refusal:
        raise CannotDecide(refusal.message) from None
    except NotInForce as gap:
        raise CannotDecide(_("The law has no answer: %s.") % gap) from None
    whole = found.as_dict()
    decision = Decision.objects.create(
        claim=claim,
        number=1 + claim.decisions.count(),
        outcome=_outcome(claim, whole["answer"]),
        facts=facts,
        **{name: whole[name] for name in KEPT},
        cash_rupiah=whole["answer"]["cash_total"],
        decided_on=on,
        decided_at=now,
        decided_by=by,
    )
    move(claim, State.DECIDED)
    record(
        verb="decided", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        decision=decision.number, outcome=decision.outcome, rupiah=decision.cash_rupiah,
    )  # fmt: skip
    return decision


KEPT = ("answer", "findings", "lines", "provisions", "uncertain", "turned_by")


def _outcome(claim: Claim, answer: Mapping[str, Any]) -> str:
    confirmed = set(claim.confirmations.values_list("matter", flat=True))
    if answer["outcome"] == Outcome.REVIEW and set(answer["review_because"]) <= confirmed:
        return Outcome.PAYABLE
    return str(answer["outcome"])


@transaction.atomic
def confirm(*, claim: Claim, matter: str, note: str, by: User, now: datetime) -> Confirmation:
    """Record an officer's word on a thing that the law leaves to an officer; then decide again.

    `matter` is one of the last decision's `review_because`; what is missing is stated, not
    confirmed. Raises CannotConfirm.
    """
    claim = held(claim)
    decision = last_decision(claim)
    left_open = decision.answer["review_because"] if decision else []
    if matter not in left_open or matter.startswith("missing:"):
        raise CannotConfirm(
            _("Claim %(reference)s: %(matter)s is not left to an officer.")
            % {"reference": claim.reference, "matter": matter}
        )
    if not note.strip():
        raise CannotConfirm(_("Please say on what the confirmation rests."))
    if claim.confirmations.filter(matter=matter).exists():
        raise CannotConfirm(_("%s was confirmed before.") % matter)
    confirmation = Confirmation.objects.create(
        claim=claim, matter=matter, note=note.strip(), confirmed_at=now, confirmed_by=by
    )
    record(
        verb="confirmed", subject_type="claim", subject_id=claim.pk, by=by, at=now, matter=matter
    )
    return confirmation

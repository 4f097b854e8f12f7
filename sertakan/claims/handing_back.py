"""A second person's no, and a claim that is not pursued: both with a reason, neither the end."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.errors import CannotApprove, CannotMove, CannotWithdraw
from sertakan.claims.models import Claim, SentBack, State, Withdrawal
from sertakan.claims.queries import last_decision
from sertakan.claims.states import check_may_become, held, move


@transaction.atomic
def send_back(*, claim: Claim, note: str, by: User, now: datetime) -> SentBack:
    """Do not approve the last decision, and say why; it is then decided again.

    Raises CannotApprove for one's own decision, one that was sent back before, or no reason;
    CannotMove where there is nothing to approve.
    """
    claim = held(claim)
    decision = last_decision(claim)
    if claim.state != State.DECIDED or decision is None:
        raise CannotMove(claim, State.DECIDED)
    if by.pk == decision.decided_by_id:
        raise CannotApprove(_("Nobody sends back their own decision; decide again instead."))
    if not note.strip():
        raise CannotApprove(_("Please say what is to be looked at again."))
    if SentBack.objects.filter(decision=decision).exists():
        raise CannotApprove(_("This decision was sent back before."))
    sent = SentBack.objects.create(
        decision=decision, note=note.strip(), sent_back_at=now, sent_back_by=by
    )
    record(
        verb="sent_back", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        decision=decision.number,
    )  # fmt: skip
    return sent


@transaction.atomic
def withdraw(*, claim: Claim, reason: str, by: User, now: datetime) -> Withdrawal:
    """Let a claim rest: reported by mistake, or taken back. Raises CannotWithdraw, CannotMove.

    What is approved is decided again first: then the family is owed nothing by it.
    """
    claim = held(claim)
    check_may_become(claim, State.WITHDRAWN)
    if not reason.strip():
        raise CannotWithdraw(_("Please say why the claim is withdrawn."))
    withdrawal = Withdrawal.objects.create(
        claim=claim, reason=reason.strip(), withdrawn_at=now, withdrawn_by=by
    )
    move(claim, State.WITHDRAWN)
    record(verb="withdrew", subject_type="claim", subject_id=claim.pk, by=by, at=now)
    return withdrawal


@transaction.atomic
def resume(*, claim: Claim, by: User, now: datetime) -> Claim:
    """Take a withdrawn claim up again, where it stood. Raises CannotWithdraw."""
    claim = held(claim)
    resting = claim.withdrawals.filter(resumed_at=None).first()
    if resting is None:
        raise CannotWithdraw(_("Claim %s is not withdrawn.") % claim.reference)
    resting.resumed_at, resting.resumed_by = now, by
    resting.save(update_fields=["resumed_at", "resumed_by"])
    move(claim, State.DECIDED if claim.decisions.exists() else State.REPORTED)
    record(verb="resumed", subject_type="claim", subject_id=claim.pk, by=by, at=now)
    return claim

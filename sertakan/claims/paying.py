"""A second person's yes, and the money: owed to the family, then paid, once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.ending import note_and_end
from sertakan.claims.errors import CannotApprove, CannotPay
from sertakan.claims.models import Approval, Claim, Decision, Outcome, Payout, SentBack, State
from sertakan.claims.queries import documents_missing, last_decision
from sertakan.claims.states import check_may_become, held, move
from sertakan.claims.telling import tell_reporter
from sertakan.ledger.operations import post


@transaction.atomic
def approve(*, claim: Claim, on: date, by: User, now: datetime) -> Approval:
    """A second person's yes to the last decision, be it to pay or to refuse.

    What is to be paid becomes a debt to the family in the ledger. The death is then established:
    the enrolments of the person end, and what was charged for later months is taken back.
    Raises CannotApprove, CannotMove.
    """
    claim = held(claim)
    decision = last_decision(claim)
    if decision is None or decision.outcome not in (Outcome.PAYABLE, Outcome.REFUSED):
        raise CannotApprove(_("Claim %s has no decision to pay or to refuse.") % claim.reference)
    payable = decision.outcome == Outcome.PAYABLE
    check_may_become(claim, State.APPROVED if payable else State.REFUSED)
    if by.pk == decision.decided_by_id:
        raise CannotApprove(_("Nobody approves their own decision."))
    if SentBack.objects.filter(decision=decision).exists():
        raise CannotApprove(_("This decision was sent back; please decide again."))
    if decision.facts["died_on"] != claim.died_on.isoformat():
        raise CannotApprove(_("The report was corrected since; please decide again."))
    if payable:
        _check_papers(claim)
    approval = Approval.objects.create(
        decision=decision, decided_by_id=decision.decided_by_id, approved_by=by, approved_at=now
    )
    if payable:
        _owe(claim, decision, f"decision/{decision.pk}/approved", decision.cash_rupiah, on, now)
    move(claim, State.APPROVED if payable else State.REFUSED)
    note_and_end(claim, on=on, by=by, now=now)
    tell_reporter(claim, "approved" if payable else "refused", now=now)
    record(
        verb="approved", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        decision=decision.number, outcome=decision.outcome, rupiah=decision.cash_rupiah,
    )  # fmt: skip
    return approval


def _check_papers(claim: Claim) -> None:
    """The papers are there, and no list tells of another day of death. Raises CannotApprove."""
    if missing := documents_missing(claim):
        raise CannotApprove(
            _("Claim %(reference)s cannot be approved without: %(documents)s.")
            % {"reference": claim.reference, "documents": ", ".join(missing)}
        )
    noted = claim.person.died_on
    if noted and noted != claim.died_on:
        raise CannotApprove(
            _("Claim %(reference)s says %(told)s, but the death is noted for %(noted)s.")
            % {
                "reference": claim.reference,
                "told": date_format(claim.died_on, "j F Y"),
                "noted": date_format(noted, "j F Y"),
            }
        )


def withdraw_approval(claim: Claim, on: date, now: datetime) -> None:
    """What was owed to the family by a decision that is decided anew is owed no longer."""
    decision = last_decision(claim)
    assert decision is not None
    _owe(claim, decision, f"decision/{decision.pk}/withdrawn", -decision.cash_rupiah, on, now)


def _owe(
    claim: Claim, decision: Decision, reference: str, rupiah: int, on: date, now: datetime
) -> None:
    programme = decision.answer["programme"].lower()
    post(
        on=on,
        reference=reference,
        memo=claim.reference,
        lines={f"benefits/{programme}": rupiah, f"payable/claim/{claim.pk}": -rupiah},
        now=now,
    )


@transaction.atomic
def pay(*, claim: Claim, on: date, bank_reference: str, by: User, now: datetime) -> Payout:
    """Pay an approved claim, once. Raises CannotPay, CannotMove."""
    claim = held(claim)
    if claim.state == State.PAID:
        raise CannotPay(_("Claim %s was paid before.") % claim.reference)
    check_may_become(claim, State.PAID)
    bank_reference = bank_reference.strip()
    if not bank_reference:
        raise CannotPay(_("A payout has a bank reference."))
    if Payout.objects.filter(bank_reference=bank_reference).exists():
        raise CannotPay(_("The bank reference %s is that of another payout.") % bank_reference)
    decision = last_decision(claim)
    assert decision is not None
    entry = post(
        on=on,
        reference=f"claim/{claim.pk}/paid",
        memo=claim.reference,
        lines={f"payable/claim/{claim.pk}": decision.cash_rupiah, "bank": -decision.cash_rupiah},
        now=now,
    )
    payout = Payout.objects.create(
        claim=claim,
        approval=decision.approval,
        rupiah=decision.cash_rupiah,
        paid_on=on,
        bank_reference=bank_reference,
        entry=entry,
    )
    move(claim, State.PAID)
    tell_reporter(claim, "paid", now=now)
    record(
        verb="paid", subject_type="claim", subject_id=claim.pk, by=by, at=now, rupiah=payout.rupiah
    )
    return payout

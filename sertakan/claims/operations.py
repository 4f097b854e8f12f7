"""A claim from the report of a death to the money: report, decide, confirm, approve, pay.

Whoever reports a claim does not decide it, and whoever decides does not approve.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.claims.ending import end_enrolments
from sertakan.claims.errors import (
    CannotApprove,
    CannotConfirm,
    CannotDecide,
    CannotMove,
    CannotPay,
    CannotReport,
)
from sertakan.claims.gathering import STATED, facts_of, kept
from sertakan.claims.models import (
    Approval,
    Claim,
    Confirmation,
    Decision,
    Document,
    Outcome,
    Payout,
    State,
)
from sertakan.claims.queries import documents_missing, last_decision
from sertakan.claims.states import check_may_become, move
from sertakan.law import death_claims
from sertakan.law import facts as law_facts
from sertakan.law.book import NotInForce
from sertakan.law.facts import FactError
from sertakan.ledger.operations import post
from sertakan.people.models import Person


@transaction.atomic
def report(
    *,
    person: Person,
    died_on: date,
    cause: str,
    statements: Mapping[str, Any],
    reporter_name: str,
    reporter_relation: str,
    reported_on: date,
    by: User,
    now: datetime,
) -> Claim:
    """Report a death. `statements` are facts of `STATED` in the form of contracts, where known.

    Raises CannotReport for statements that do not fit, a death after its report, or a second
    claim for the same person.
    """
    person = kept(person)
    told = dict(statements)
    _check_statements(told, cause=cause, died_on=died_on)
    if not reporter_name.strip():
        raise CannotReport(_("Please say who reports the death."))
    if reported_on < died_on:
        raise CannotReport(_("A death is reported on its day or after it."))
    Person.objects.select_for_update().get(pk=person.pk)
    if earlier := Claim.objects.filter(person=person).first():
        raise CannotReport(_("This death was reported before: claim %s.") % earlier.reference)
    claim_id = _next_claim_id()
    claim = Claim.objects.create(
        id=claim_id,
        reference=f"KLM-{reported_on:%Y}-{claim_id:06d}",
        person=person,
        died_on=died_on,
        cause=cause,
        statements=told,
        reporter_name=reporter_name.strip(),
        reporter_relation=reporter_relation,
        reported_on=reported_on,
        reported_by=by,
    )
    record(verb="reported", subject_type="claim", subject_id=claim.pk, by=by, at=now)
    return claim


def _check_statements(statements: Mapping[str, Any], *, cause: str, died_on: date) -> None:
    try:
        law_facts.read(statements, {name: death_claims.FACTS[name] for name in STATED})
        law_facts.read({"cause": cause, "died_on": died_on}, death_claims.FACTS)
    except FactError as refusal:
        raise CannotReport(refusal.message) from None


def _next_claim_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_claim', 'id'))")
        return int(cursor.fetchone()[0])


@transaction.atomic
def state_facts(*, claim: Claim, statements: Mapping[str, Any], by: User, now: datetime) -> Claim:
    """Add to what people say, or correct it; decisions made before keep what they were told.

    Raises CannotReport for what does not fit, CannotMove once the claim is paid.
    """
    claim = _held(claim)
    if claim.state == State.PAID:
        raise CannotMove(claim, State.DECIDED)
    told = {**claim.statements, **statements}
    _check_statements(told, cause=claim.cause, died_on=claim.died_on)
    claim.statements = told
    claim.save(update_fields=["statements"])
    record(
        verb="stated", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        facts=sorted(statements),
    )  # fmt: skip
    return claim


@transaction.atomic
def receive_document(
    *, claim: Claim, kind: str, received_on: date, by: User, now: datetime
) -> Document:
    """Note that a paper was received. A second of the kind changes nothing."""
    document, new = Document.objects.get_or_create(
        claim=claim, kind=kind, defaults={"received_on": received_on}
    )
    if new:
        record(
            verb="document_received", subject_type="claim", subject_id=claim.pk, by=by, at=now,
            kind=kind,
        )  # fmt: skip
    return document


@transaction.atomic
def decide(*, claim: Claim, on: date, by: User, now: datetime) -> Decision:
    """Ask the law with the facts known on a day, and keep its answer whole.

    A `review` whose every reason an officer has confirmed is payable. May be asked again until
    the claim is paid; an approval of the decision before is void then.
    Raises CannotDecide, CannotMove.
    """
    claim = _held(claim)
    if by.pk == claim.reported_by_id:
        raise CannotDecide(_("Nobody decides a claim that they reported."))
    check_may_become(claim, State.DECIDED)
    if claim.state == State.APPROVED:
        _withdraw_approval(claim, on, now)
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
    claim = _held(claim)
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


@transaction.atomic
def approve(*, claim: Claim, on: date, by: User, now: datetime) -> Approval:
    """A second person's yes to the last decision, be it to pay or to refuse.

    What is to be paid becomes a debt to the family in the ledger. The death is then established:
    the enrolments of the person end, and what was charged for later months is taken back.
    Raises CannotApprove, CannotMove.
    """
    claim = _held(claim)
    decision = last_decision(claim)
    if decision is None or decision.outcome not in (Outcome.PAYABLE, Outcome.REFUSED):
        raise CannotApprove(_("Claim %s has no decision to pay or to refuse.") % claim.reference)
    payable = decision.outcome == Outcome.PAYABLE
    check_may_become(claim, State.APPROVED if payable else State.REFUSED)
    if by.pk == decision.decided_by_id:
        raise CannotApprove(_("Nobody approves their own decision."))
    if payable and (missing := documents_missing(claim)):
        raise CannotApprove(
            _("Claim %(reference)s cannot be approved without: %(documents)s.")
            % {"reference": claim.reference, "documents": ", ".join(missing)}
        )
    approval = Approval.objects.create(
        decision=decision, decided_by_id=decision.decided_by_id, approved_by=by, approved_at=now
    )
    if payable:
        _owe(claim, decision, f"decision/{decision.pk}/approved", decision.cash_rupiah, on, now)
    move(claim, State.APPROVED if payable else State.REFUSED)
    end_enrolments(claim, on=on, by=by, now=now)
    record(
        verb="approved", subject_type="claim", subject_id=claim.pk, by=by, at=now,
        decision=decision.number, outcome=decision.outcome, rupiah=decision.cash_rupiah,
    )  # fmt: skip
    return approval


def _withdraw_approval(claim: Claim, on: date, now: datetime) -> None:
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
    claim = _held(claim)
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
    record(
        verb="paid", subject_type="claim", subject_id=claim.pk, by=by, at=now, rupiah=payout.rupiah
    )
    return payout


def _held(claim: Claim) -> Claim:
    """The claim as it stands, held until the transaction ends."""
    return Claim.objects.select_for_update(of=("self",)).select_related("person").get(pk=claim.pk)

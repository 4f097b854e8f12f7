"""Small private sponsorships are payable at once: a branch approves them beforehand, up to a limit.

The approver stays responsible: an agreement approved so names them as who approved it, and the
approval it was made by. What does not lie within the limit waits for the branch as before.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.regions.models import Branch
from sertakan.sponsors.checking import constraint_of
from sertakan.sponsors.errors import CannotApprove
from sertakan.sponsors.models import (
    Agreement,
    AgreementState,
    Fund,
    Segment,
    Sponsor,
    StandingApproval,
)

PRIVATE_FUNDS = frozenset({Fund.OWN, Fund.COMPANY, Fund.STATE_ENTERPRISE})


@transaction.atomic
def give_standing_approval(
    *, branch: Branch, most_places: int, by: User, now: datetime
) -> StandingApproval:
    """Approve beforehand what private sponsors ask of a branch, up to so many places each.

    It takes the place of the one before it. Raises CannotApprove for fewer than one place.
    """
    if most_places < 1:
        raise CannotApprove(_("A standing approval is for at least one place."))
    Branch.objects.select_for_update(no_key=True).get(pk=branch.pk)
    before = StandingApproval.objects.filter(branch=branch, ended_at=None).first()
    if before is not None:
        end_standing_approval(approval=before, by=by, now=now)
    approval = StandingApproval.objects.create(
        branch=branch, most_places=most_places, given_by=by, given_at=now
    )
    record(
        verb="approved_beforehand", subject_type="standing_approval", subject_id=approval.pk,
        by=by, at=now, branch=branch.pk, most_places=most_places,
    )  # fmt: skip
    return approval


@transaction.atomic
def end_standing_approval(*, approval: StandingApproval, by: User, now: datetime) -> None:
    """From now on everything waits for the branch again; what was approved stays approved.

    Raises CannotApprove where it was ended before.
    """
    approval = StandingApproval.objects.select_for_update().get(pk=approval.pk)
    if approval.ended_at is not None:
        raise CannotApprove(_("This standing approval was ended before."))
    approval.ended_at, approval.ended_by = now, by
    approval.save(update_fields=["ended_at", "ended_by"])
    record(verb="ended", subject_type="standing_approval", subject_id=approval.pk, by=by, at=now)


@transaction.atomic
def approve_by_standing(*, agreement: Agreement, by: User, now: datetime) -> Agreement:
    """Approve a draft in the name of its branch's approver; `by` is who asked for it.

    Raises CannotApprove where the standing approval does not reach so far: then the draft waits.
    """
    Sponsor.objects.select_for_update(no_key=True).get(pk=agreement.sponsor_id)
    agreement = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=agreement.pk)
    approval = (
        StandingApproval.objects.select_for_update(no_key=True)
        .filter(branch=agreement.branch_id, ended_at=None)
        .first()
    )
    if approval is None:
        raise CannotApprove(_("The branch approves every agreement by itself."))
    if fault := _beyond(agreement, approval):
        raise CannotApprove(fault)
    agreement.state = AgreementState.APPROVED
    agreement.approved_at, agreement.approved_by_id = now, approval.given_by_id
    agreement.standing_approval = approval
    try:
        with transaction.atomic():
            agreement.save(
                update_fields=["state", "approved_at", "approved_by", "standing_approval"]
            )
    except IntegrityError as error:
        if constraint_of(error) != "standing_approval_reaches_so_far":
            raise
        raise CannotApprove(_("The standing approval does not reach so far.")) from error
    record(
        verb="approved_by_standing", subject_type="agreement", subject_id=agreement.pk, by=by,
        at=now, standing_approval=approval.pk, approver=approval.given_by_id,
    )  # fmt: skip
    return agreement


def reaches(approval: StandingApproval | None, *, fund: str, places: int) -> bool:
    """Whether so many places of that money lie within a standing approval; None: there is none."""
    return approval is not None and fund in PRIVATE_FUNDS and places <= approval.most_places


def places_approved(sponsor: int, *, starts_on: date, ends_on: date) -> int:
    """Places of a sponsor (an id) that were approved so for some of these days."""
    others = Agreement.objects.filter(
        sponsor=sponsor,
        standing_approval__isnull=False,
        state=AgreementState.APPROVED,
        starts_on__lt=ends_on,
        ends_on__gt=starts_on,
    )
    return others.aggregate(places=Sum("places"))["places"] or 0


def _beyond(agreement: Agreement, approval: StandingApproval) -> str:
    """Why a standing approval does not reach so far; empty where it does."""
    if agreement.state != AgreementState.DRAFT:
        return _("Agreement %s was approved already.") % agreement
    if agreement.fund not in PRIVATE_FUNDS or agreement.segment != Segment.BPU:
        return _("Only agreements of private money for BPU workers are approved beforehand.")
    days = {"starts_on": agreement.starts_on, "ends_on": agreement.ends_on}
    places = agreement.places + places_approved(agreement.sponsor_id, **days)
    if places > approval.most_places:
        return _(
            "%(places)s places at a time are more than the %(most)s that the branch approves "
            "beforehand."
        ) % {"places": places, "most": approval.most_places}
    return ""

"""Recording who pays, and under which agreement: drafted, approved, changed, renewed, closed."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.checking import check_terms, constraint_of
from sertakan.sponsors.errors import (
    AgreementNotFound,
    BudgetSpent,
    NotAnAgreement,
    NotInForce,
    PlacesTaken,
    SponsorExists,
)
from sertakan.sponsors.models import Agreement, AgreementState, Sponsor, SponsorKind
from sertakan.vocabulary import rupiah

CARRIED_OVER = (
    "sponsor", "fund", "segment", "programmes", "categories", "region", "branch",
    "assumed_income", "wage", "risk_class",
)  # fmt: skip


@transaction.atomic
def register_sponsor(
    *,
    name: str,
    kind: str,
    region: Region | str | None = None,
    email: str = "",
    by: User,
    now: datetime,
) -> Sponsor:
    """A new sponsor. Raises SponsorExists, though people may share a name; NotAnAgreement for a
    kind or name that cannot be."""
    name = " ".join(name.split())
    if not name or kind not in SponsorKind.values:
        raise NotAnAgreement(
            _("A sponsor has a name and is one of: %s.") % ", ".join(SponsorKind.values)
        )
    recorded = Sponsor.objects.filter(name__iexact=name, kind=kind)
    if kind != SponsorKind.PERSON and recorded.exists():
        raise SponsorExists(_("%s is recorded as a sponsor already.") % name)
    sponsor = Sponsor.objects.create(name=name, kind=kind, region=_region(region), email=email)
    record(verb="registered", subject_type="sponsor", subject_id=sponsor.pk, by=by, at=now)
    return sponsor


@transaction.atomic
def make_agreement(
    *,
    number: str,
    sponsor: Sponsor,
    fund: str,
    places: int,
    budget_rupiah: int,
    starts_on: date,
    ends_on: date,
    segment: str = "BPU",
    programmes: Collection[str] = ("JKK", "JKM"),
    categories: Collection[str] = (),
    region: Region | str | None = None,
    branch: Branch | None = None,
    assumed_income: int | None = None,
    wage: int | None = None,
    risk_class: int | None = None,
    by: User,
    now: datetime,
) -> Agreement:
    """A draft for the days [starts_on, ends_on); amounts in rupiah, income and wage a month.

    A BPU agreement names the income assumed of those who declare none (the lowest band, if it
    says nothing); a PU agreement a wage and a risk class from 1 to 5. No categories: any.
    Raises NotAnAgreement.
    """
    if segment == "BPU" and assumed_income is None:
        assumed_income = 0
    draft = Agreement(
        number=number.strip(),
        sponsor=sponsor,
        fund=fund,
        segment=segment,
        programmes=sorted(set(programmes)),
        categories=sorted(set(categories)),
        region=_region(region),
        branch=branch,
        places=places,
        budget_rupiah=budget_rupiah,
        starts_on=starts_on,
        ends_on=ends_on,
        assumed_income=assumed_income,
        wage=wage,
        risk_class=risk_class,
    )
    return _save_draft(draft, by=by, now=now)


@transaction.atomic
def approve_agreement(*, agreement: Agreement, by: User, now: datetime) -> Agreement:
    """From here on people can be enrolled, and nothing but places and budget may change."""
    agreement = held(agreement)
    if agreement.state != AgreementState.DRAFT:
        raise NotInForce(_("Agreement %s was approved already.") % agreement)
    agreement.state = AgreementState.APPROVED
    agreement.approved_at, agreement.approved_by = now, by
    agreement.save(update_fields=["state", "approved_at", "approved_by"])
    record(verb="approved", subject_type="agreement", subject_id=agreement.pk, by=by, at=now)
    return agreement


@transaction.atomic
def change_places_and_budget(
    *,
    agreement: Agreement,
    places: int | None = None,
    budget_rupiah: int | None = None,
    by: User,
    now: datetime,
) -> Agreement:
    """More or fewer places, more or less money; what is not given stays.

    Raises PlacesTaken and BudgetSpent where more is taken or billed, NotInForce once closed.
    """
    agreement = held(agreement)
    if agreement.state == AgreementState.CLOSED:
        raise NotInForce(_("Agreement %s is closed.") % agreement)
    before = {"places": agreement.places, "budget_rupiah": agreement.budget_rupiah}
    agreement.places = agreement.places if places is None else places
    agreement.budget_rupiah = agreement.budget_rupiah if budget_rupiah is None else budget_rupiah
    check_terms(agreement)
    after = {"places": agreement.places, "budget_rupiah": agreement.budget_rupiah}
    try:
        with transaction.atomic():
            agreement.save(update_fields=list(after))
    except IntegrityError as error:
        raise _told(error, agreement) from error
    record(
        verb="changed",
        subject_type="agreement",
        subject_id=agreement.pk,
        by=by,
        at=now,
        before=before,
        after=after,
    )
    return agreement


@transaction.atomic
def renew(
    *,
    agreement: Agreement,
    number: str,
    starts_on: date,
    ends_on: date,
    places: int | None = None,
    budget_rupiah: int | None = None,
    by: User,
    now: datetime,
    **changed: Any,
) -> Agreement:
    """A draft that goes on where `agreement` ends, on its terms but for what is given here.

    Who is enrolled comes along once it is approved (`enrolment.admission.carry_over`).
    Raises NotInForce for a draft and for what was renewed before; NotAnAgreement.
    """
    agreement = held(agreement)
    if agreement.state == AgreementState.DRAFT:
        raise NotInForce(_("Agreement %s is not approved yet.") % agreement)
    if hasattr(agreement, "renewed_by"):
        raise NotInForce(
            _("Agreement %(number)s was renewed already, by %(next)s.")
            % {"number": agreement, "next": agreement.renewed_by}
        )
    if starts_on < agreement.ends_on:
        raise NotAnAgreement(
            _("Agreement %(number)s runs until %(last)s; its renewal starts after that.")
            % {
                "number": agreement,
                "last": date_format(agreement.ends_on - timedelta(days=1), "j F Y"),
            }
        )
    terms = {name: getattr(agreement, name) for name in CARRIED_OVER}
    draft = Agreement(
        number=number.strip(),
        places=agreement.places if places is None else places,
        budget_rupiah=agreement.budget_rupiah if budget_rupiah is None else budget_rupiah,
        starts_on=starts_on,
        ends_on=ends_on,
        renews=agreement,
        **{**terms, **changed},
    )
    return _save_draft(draft, by=by, now=now)


@transaction.atomic
def close(*, agreement: Agreement, by: User, now: datetime) -> Agreement:
    """Nobody else is enrolled under it. What was promised to those enrolled stays promised."""
    agreement = held(agreement)
    if agreement.state != AgreementState.APPROVED:
        raise NotInForce(_("Only an agreement in force can be closed; %s is not.") % agreement)
    agreement.state = AgreementState.CLOSED
    agreement.save(update_fields=["state"])
    record(verb="closed", subject_type="agreement", subject_id=agreement.pk, by=by, at=now)
    return agreement


def held(agreement: Agreement) -> Agreement:
    """The agreement as it stands now, held until the transaction ends. Raises AgreementNotFound."""
    try:
        return Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=agreement.pk)
    except Agreement.DoesNotExist:
        raise AgreementNotFound(_("Agreement %s is gone.") % agreement) from None


def _save_draft(draft: Agreement, *, by: User, now: datetime) -> Agreement:
    check_terms(draft)
    if Agreement.objects.filter(number=draft.number).exists():
        raise NotAnAgreement(_("There is an agreement with the number %s already.") % draft.number)
    draft.save()
    record(
        verb="drafted",
        subject_type="agreement",
        subject_id=draft.pk,
        by=by,
        at=now,
        number=draft.number,
        places=draft.places,
        budget_rupiah=draft.budget_rupiah,
    )
    return draft


def _region(region: Region | str | None) -> Region | None:
    if not isinstance(region, str):
        return region
    found = Region.objects.filter(code=region).first()
    if found is None:
        raise NotAnAgreement(_("There is no region with the code %s.") % region)
    return found


def _told(error: IntegrityError, agreement: Agreement) -> Exception:
    constraint = constraint_of(error)
    if constraint == "places_never_oversold":
        return PlacesTaken(
            _("More than %(places)s places of agreement %(number)s are taken.")
            % {"places": agreement.places, "number": agreement}
        )
    if constraint == "budget_never_overspent":
        return BudgetSpent(
            _("More than %(budget)s has been billed under agreement %(number)s.")
            % {"budget": rupiah(agreement.budget_rupiah), "number": agreement}
        )
    return error

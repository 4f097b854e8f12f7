"""Roles are given and ended, people are invited to them, and forms count once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sertakan.access.errors import CannotAppoint, CannotInvite, InvitationOver
from sertakan.access.models import Appointment, Invitation
from sertakan.access.roles import SCOPES
from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.models import Sponsor

Scope = Region | Sponsor | Branch | None
INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def appoint(
    *, user: User, role: str, over: Scope = None, by: User | None, now: datetime
) -> Appointment:
    """Give a user a role over a region, a sponsor, a branch, or (None) everything.

    `by` is None for what the program does by itself. Raises CannotAppoint.
    """
    scope = _scope(role, over)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                user=user, role=role, since=now, appointed_by=by, **scope
            )
    except IntegrityError:
        raise CannotAppoint(_("%s holds this role already.") % user) from None
    record(
        verb="appointed", subject_type="user", subject_id=user.pk, by=by, at=now,
        role=role, over=_told(over),
    )  # fmt: skip
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: User, now: datetime) -> Appointment:
    """Take a role from a user. Raises CannotAppoint where it was ended before."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if appointment.ended_at is not None:
        raise CannotAppoint(_("This role was ended before."))
    appointment.ended_at, appointment.ended_by = now, by
    appointment.save(update_fields=["ended_at", "ended_by"])
    record(
        verb="dismissed", subject_type="user", subject_id=appointment.user_id, by=by, at=now,
        role=appointment.role,
    )  # fmt: skip
    return appointment


@transaction.atomic
def invite(
    *, email: str, name: str = "", role: str, over: Scope = None, by: User, now: datetime
) -> tuple[Invitation, str]:
    """Ask an e-mail address to take a role; the secret of its link is told once, here.

    Raises CannotInvite where such an invitation is open, CannotAppoint for a scope that does not
    fit the role.
    """
    scope = _scope(role, over)
    email = email.strip()
    still_open = Invitation.objects.filter(
        email__iexact=email, role=role, appointment=None, withdrawn_at=None, expires_at__gt=now
    )
    if still_open.filter(**scope).exists():
        raise CannotInvite(_("%s has an open invitation to this role.") % email)
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        secret_hash=_hash(secret),
        invited_at=now,
        invited_by=by,
        expires_at=now + INVITATION_LASTS,
        **scope,
    )
    record(
        verb="invited", subject_type="invitation", subject_id=invitation.pk, by=by, at=now,
        role=role, over=_told(over),
    )  # fmt: skip
    return invitation, secret


def open_invitation(secret: str, *, now: datetime) -> Invitation:
    """The invitation of a link. Raises InvitationOver, whatever is wrong with it."""
    found = Invitation.objects.filter(
        secret_hash=_hash(secret), appointment=None, withdrawn_at=None, expires_at__gt=now
    ).first()
    if found is None:
        raise InvitationOver(
            _("This invitation was used, taken back, or is too old. Ask for a new one.")
        )
    return found


@transaction.atomic
def accept(*, secret: str, user: User, now: datetime) -> Appointment:
    """Take the role one was invited to. Raises InvitationOver, CannotAppoint."""
    Invitation.objects.select_for_update(of=("self",)).filter(secret_hash=_hash(secret)).first()
    invitation = open_invitation(secret, now=now)
    if invitation.email.lower() != user.email.lower():
        raise InvitationOver(_("This invitation is for another e-mail address."))
    over = invitation.region or invitation.sponsor or invitation.branch
    appointment = appoint(
        user=user, role=invitation.role, over=over, by=invitation.invited_by, now=now
    )
    invitation.appointment = appointment
    invitation.save(update_fields=["appointment"])
    return appointment


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an invitation back. Raises InvitationOver where it was used or taken back before."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.appointment_id or invitation.withdrawn_at:
        raise InvitationOver(_("This invitation was used or taken back before."))
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    record(verb="withdrew", subject_type="invitation", subject_id=invitation.pk, by=by, at=now)


def _scope(role: str, over: Scope) -> dict[str, Scope]:
    """The three columns of a scope. Raises CannotAppoint where it is not one of the role."""
    kind = type(over).__name__.lower() if over is not None else ""
    if kind not in SCOPES.get(role, frozenset()):
        raise CannotAppoint(_("This role is not held over that."))
    return {kind: over} if kind else {}


def _told(over: Scope) -> str:
    return "" if over is None else f"{type(over).__name__.lower()} {over.pk}"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()

"""An account comes into being by an invitation; the administrator switches accounts off.

Whoever holds the link of an invitation has shown that the e-mail address is theirs.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.access.errors import CannotOpenAccount, CannotSwitch
from sertakan.access.models import Invitation
from sertakan.access.operations import accept, open_invitation
from sertakan.accounts.models import User
from sertakan.audit.operations import record


def account_of(invitation: Invitation) -> User | None:
    """Whose account has the invited e-mail address already."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_as_new(*, secret: str, name: str, password: str, now: datetime) -> User:
    """Open an account with the invited address and take the role.

    Raises InvitationOver, CannotOpenAccount where there is one or the password is too weak.
    """
    invitation = open_invitation(secret, now=now)
    if account_of(invitation):
        raise CannotOpenAccount(_("There is a user with this e-mail address already."))
    user = User(email=invitation.email, name=name.strip())
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise CannotOpenAccount(" ".join(weak.messages)) from None
    user = User.objects.create_user(invitation.email, password, name=name.strip())
    verified(user)
    accept(secret=secret, user=user, now=now)
    return user


def verified(user: User) -> None:
    """The user's e-mail address counts as shown to be theirs, so that they can sign in."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def switch(*, user: User, on: bool, by: User, now: datetime) -> None:
    """Let nobody sign in with an account any more, or let them again. Raises CannotSwitch."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise CannotSwitch(_("Nobody switches off their own account."))
    if user.is_active == on:
        raise CannotSwitch(_("The account is in this state already."))
    user.is_active = on
    user.save(update_fields=["is_active"])
    verb = "switched_on" if on else "switched_off"
    record(verb=verb, subject_type="user", subject_id=user.pk, by=by, at=now)


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: User, now: datetime) -> None:
    """Take a lost second factor away; its owner sets up a new one. Raises CannotSwitch."""
    if user.pk == by.pk:
        raise CannotSwitch(_("Nobody takes away their own second factor here."))
    if not reason.strip():
        raise CannotSwitch(_("Please say why."))
    taken, _by_kind = Authenticator.objects.filter(user=user).delete()
    if not taken:
        raise CannotSwitch(_("There is no second factor to take away."))
    record(
        verb="reset_second_factor", subject_type="user", subject_id=user.pk, by=by, at=now,
        reason=reason.strip(),
    )  # fmt: skip

"""Users who hold a role and have signed in with a second factor. Nobody here exists."""

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from sertakan.access.newcomers import verified
from sertakan.access.operations import appoint
from sertakan.access.roles import STAFF
from sertakan.accounts.models import User

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSWORD = "sawah-hijau-di-pagi-hari"


def a_user(name="Sari", email="", *, second_factor=False):
    """A user who may sign in with PASSWORD."""
    email = email or f"{name.lower().replace(' ', '.')}@example.org"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, PASSWORD, name=name
    )
    verified(user)
    if second_factor and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    return user


def an_appointed(role, *, over=None, name=""):
    """A user with a role over a region, a sponsor, a branch or everything; staff has its factor."""
    user = a_user(name or f"{role} {over.pk if over else ''}".strip(), second_factor=role in STAFF)
    appoint(user=user, role=role, over=over, by=None, now=NOW)
    return user

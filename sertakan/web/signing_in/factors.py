"""Whether this session has shown the second factor, and not only its user has one.

A session may be older than the factor: whoever had the password before stays outside.
"""

from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import receiver
from django.http import HttpRequest

AGAIN = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn")  # where it is shown


def is_owed(request: HttpRequest) -> bool:
    """Whether the user has a second factor that this session has not shown.

    A session knows by what it was opened; one that knows of nothing was not opened by a password.
    """
    shown = [each.get("method") for each in get_authentication_records(request, request.user)]
    return bool(shown) and "mfa" not in shown and is_mfa_enabled(request.user)


@receiver(authenticator_added)
def _shown_by_setting_up(
    request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **more: Any
) -> None:
    """Whoever sets a factor up shows that they have it."""
    record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)

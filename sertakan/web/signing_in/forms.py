"""What our forms of sign-in ask beyond allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.account.forms import ResetPasswordForm, SignupForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from sertakan.web.signing_in import attempts


def _stop_unless(allowed: bool) -> None:
    if not allowed:
        raise get_adapter().validation_error("too_many_login_attempts")


class OpenAccount(SignupForm):  # type: ignore[misc]
    """A sponsor opens an account."""

    field_order = ["name", "email", "password1"]

    def clean_email(self) -> str:
        """Alike for addresses that have an account and that have none."""
        email: str = super().clean_email()
        _stop_unless(attempts.may_ask_for_mail(context.request, email))
        return email


class ForgottenPassword(ResetPasswordForm):  # type: ignore[misc]
    """Somebody asks for a new password."""

    def clean_email(self) -> str:
        """Alike for addresses that have an account and that have none."""
        email: str = super().clean_email()
        _stop_unless(attempts.may_ask_for_mail(context.request, email))
        return email


class SameAgain(PasswordAgain):  # type: ignore[misc]
    """Whoever has signed in gives the password once more."""

    def clean_password(self) -> str:
        _stop_unless(attempts.may_sign_in(context.request, self.user.email))
        password: str = super().clean_password()
        return password


class _Counted:
    user: Any

    def clean_code(self) -> str:
        _stop_unless(attempts.may_try_code(self.user.pk))
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class SecondFactor(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class SecondFactorAgain(_Counted, ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something weighty."""

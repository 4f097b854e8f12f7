"""Where allauth asks this program how it wants things done."""

import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from sertakan.access.queries import appointments_of
from sertakan.access.roles import STAFF
from sertakan.encryption.at_rest import decrypt, encrypt
from sertakan.web.addresses import client_address
from sertakan.web.signing_in import attempts
from sertakan.web.signing_in.letters import worded
from sertakan.web.signing_in.words import ACCOUNT_ERRORS, FACTOR_ERRORS, NOTICES

SECRET = "second_factor"
JUST_NOW = 300  # seconds


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Anyone may open an account; what it may do hangs on the roles it is given."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A neighbour who wants to sponsor begins here."""
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's, not the proxy's: allauth's own limits must not count a city as one."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, whoever it names: allauth counts within one process alone."""
        if not attempts.may_sign_in(request, str(credentials.get("email", ""))):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of whoever has just signed in, and is led to a second factor right away."""
        shown = get_authentication_records(self.request, self.request.user)
        if shown and time.time() - shown[-1]["at"] < JUST_NOW:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Our words, as plain text."""
        forgotten = self.request.build_absolute_uri(reverse("account_reset_password"))
        told = {"password_reset_url": forgotten, **context}
        subject, text = worded(template_prefix.rpartition("/")[2], told)
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, text, self.get_from_email(), to, headers=headers)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words; what has none is not said."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        if name in NOTICES:
            message = str(NOTICES[name]) % (message_context or {})
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are kept encrypted, as personal data is."""

    error_messages = {**DefaultMFAAdapter.error_messages, **FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        """The secret under the current key."""
        return encrypt(text, SECRET).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return decrypt(bytes.fromhex(encrypted_text), SECRET)

    def build_totp_svg(self, url: str) -> str:
        """The QR code, drawn into the page: no image from elsewhere, no style of its own."""
        code = segno.make(url, error="m", micro=False)
        return code.svg_inline(
            scale=4, border=2, dark="#000", light="#fff", svgclass="qr", lineclass=None
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keeps at least one second factor besides recovery codes."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        return not appointments_of(authenticator.user).filter(role__in=STAFF).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"SERTAKAN {number}"

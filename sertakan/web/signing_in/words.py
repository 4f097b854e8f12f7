"""How the fields and notices of sign-in read: allauth's names for them, our words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# (label, hint) by the name of the field; where one form says it otherwise, by form and field.
FIELDS: Mapping[str, tuple[Words, Words]] = {
    "login": (_("E-mail address"), ""),
    "email": (_("E-mail address"), ""),
    "password": (_("Password"), ""),
    "password1": (_("Password"), _("At least 8 characters; three words in a row are good.")),
    "password2": (_("The password once more"), ""),
    "oldpassword": (_("Password up to now"), ""),
    "name": (_("Your name"), ""),
    "code": (
        _("Code"),
        _("Six digits from your authenticator app, or one of your recovery codes."),
    ),
    "ConfirmEmailVerificationCodeForm.code": (_("Code"), _("From the message that we sent you.")),
    "ActivateTOTPForm.code": (_("Code"), _("The six digits that the app shows now.")),
    "AddEmailForm.email": (_("New e-mail address"), _("We will send it a code.")),
    "ChangeEmailForm.email": (_("Another e-mail address"), ""),
    "ChangePasswordForm.password1": (
        _("New password"),
        _("At least 8 characters; three words in a row are good."),
    ),
    "ResetPasswordKeyForm.password1": (
        _("New password"),
        _("At least 8 characters; three words in a row are good."),
    ),
    "AddWebAuthnForm.name": (
        _("Name of this passkey"),
        _("So that you know it again: “my phone”, “key on my ring”."),
    ),
    "EditWebAuthnForm.name": (_("Name of this passkey"), ""),
    "passwordless": (
        _("Sign in with it alone"),
        _("Without e-mail address and password. The device then asks for your PIN or finger."),
    ),
}

NOTICES: Mapping[str, Words] = {
    "cannot_delete_primary_email": _("Your account needs an e-mail address."),
    "email_confirmation_failed": _("This e-mail address cannot be confirmed."),
    "email_confirmation_sent": _("We sent a code to %(email)s."),
    "email_confirmed": _("%(email)s is confirmed."),
    "email_deleted": _("%(email)s was removed."),
    "logged_out": _("You have signed out."),
    "password_changed": _("Your password was changed. Other devices were signed out."),
    "password_set": _("Your password was set."),
    "primary_email_set": _("Your e-mail address was changed."),
    "unverified_primary_email": _("Please confirm your e-mail address first."),
    "recovery_codes_generated": _("You have new recovery codes. The old ones do not work."),
    "totp_activated": _("Your authenticator app is set up."),
    "totp_deactivated": _("The authenticator app was removed."),
    "webauthn_added": _("The passkey was added."),
    "webauthn_removed": _("The passkey was removed."),
}

TOO_OFTEN = _("There were many attempts. Please wait a quarter of an hour and try once more.")
ACCOUNT_ERRORS: Mapping[str, Words] = {
    "account_inactive": _("This account is switched off. Ask the administrator of your office."),
    "email_password_mismatch": _("The e-mail address or the password is not right."),
    "email_taken": _("There is a user with this e-mail address already."),
    "duplicate_email": _("This is your e-mail address already."),
    "enter_current_password": _("The password up to now is not right."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "incorrect_password": _("The password is not right."),
    "invalid_or_expired_key": _("This link was used, or it is too old."),
    "invalid_password_reset": _("This link was used, or it is too old."),
    "same_as_current": _("The new one must differ from the one up to now."),
    "too_many_login_attempts": TOO_OFTEN,
    "rate_limited": TOO_OFTEN,
}
FACTOR_ERRORS: Mapping[str, Words] = {
    "cannot_delete_authenticator": _(
        "Whoever works for an office keeps a second factor. Add another one first."
    ),
    "cannot_generate_recovery_codes": _("Set up a second factor first."),
    "incorrect_code": _("This code is not right, or it is too old."),
    "unverified_email": _("Please confirm your e-mail address first."),
}

"""What the mail of sign-in says, by the name that allauth gives each mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject and a text; the text names what allauth gives: %(code)s, %(email)s and so on."""

    subject: str | Promise
    text: str | Promise


_CODE = gettext_lazy(
    "%(code)s is the code. Enter it on the page that you have open. It holds for a short "
    "time and for one use.\n\nIf you asked for nothing, do nothing: without the code "
    "nobody gets any further."
)

LETTERS: Mapping[str, Wording] = {
    "email_confirmation": Wording(gettext_lazy("Your code for SERTAKAN"), _CODE),
    "email_confirmation_signup": Wording(gettext_lazy("Your code for SERTAKAN"), _CODE),
    "account_already_exists": Wording(
        gettext_lazy("You have an account already"),
        gettext_lazy(
            "Somebody, probably you, wanted to open an account with this e-mail address. There is "
            "one already.\n\nIf you forgot the password, choose a new one here:\n"
            "%(password_reset_url)s"
        ),
    ),
    "unknown_account": Wording(
        gettext_lazy("There is no account with this address"),
        gettext_lazy(
            "Somebody, probably you, asked for a new password for this e-mail address. There is "
            "no account with it. Perhaps you signed up with another address.\n\n"
            "To open an account:\n%(signup_url)s"
        ),
    ),
    "password_reset_key": Wording(
        gettext_lazy("Choose a new password"),
        gettext_lazy(
            "Open this link to choose a new password:\n%(password_reset_url)s\n\n"
            "If you did not ask for it, do nothing: your password stays as it is."
        ),
    ),
}
# What was changed in an account; its owner is told, in case it was somebody else.
CHANGES: Mapping[str, str | Promise] = {
    "password_changed": gettext_lazy("Your password was changed."),
    "password_set": gettext_lazy("A password was set for your account."),
    "password_reset": gettext_lazy(
        "A new password was chosen by a link that was sent to this address."
    ),
    "email_changed": gettext_lazy(
        "The e-mail address was changed from %(from_email)s to %(to_email)s."
    ),
    "email_confirm": gettext_lazy("This e-mail address was confirmed."),
    "email_deleted": gettext_lazy("The address %(deleted_email)s was removed from your account."),
    "totp_activated": gettext_lazy("An authenticator app was set up for your account."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "webauthn_added": gettext_lazy("A passkey was added to your account."),
    "webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "recovery_codes_generated": gettext_lazy(
        "New recovery codes were made; the old ones do not work."
    ),
}


def worded(name: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """(subject, text) of a mail in the language of the page. Raises KeyError."""
    if change := CHANGES.get(name):
        text = _("%(what)s\n\nIf that was not you, choose a new password at once:\n%(link)s")
        words = {"what": str(change) % told, "link": told["password_reset_url"]}
        return _("Your SERTAKAN account was changed"), text % words
    letter = LETTERS[name]
    return str(letter.subject), str(letter.text) % told

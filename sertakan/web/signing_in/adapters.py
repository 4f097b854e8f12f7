"""Where allauth asks this program how it wants things done."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sertakan.access.queries import appointments_of
from sertakan.access.roles import STAFF
from sertakan.people.encryption import decrypt, encrypt

SECRET = "second_factor"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Anyone may open an account; what it may do hangs on the roles it is given."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A neighbour who wants to sponsor begins here."""
        return True


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are kept encrypted, as personal data is."""

    def encrypt(self, text: str) -> str:
        """The secret under the current key."""
        return encrypt(text, SECRET).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return decrypt(bytes.fromhex(encrypted_text), SECRET)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keeps at least one second factor besides recovery codes."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        return not appointments_of(authenticator.user).filter(role__in=STAFF).exists()

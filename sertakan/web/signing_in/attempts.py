"""How often somebody may try: counted in the database, so that all processes count together.

Each matter counts whoever is named, known here or not, so that the answers are alike.
"""

from django.http import HttpRequest

from sertakan.access.limits import within_limit
from sertakan.web import clock
from sertakan.web.addresses import client_address

QUARTER = 900  # seconds
FROM_ONE_PLACE = 60  # an office stands behind one address


def may_sign_in(request: HttpRequest, email: str) -> bool:
    """Ten attempts in a quarter of an hour for an e-mail address, sixty from one place."""
    return _counted("sign_in", email, 10) and _from_here(request, "sign_in")


def may_ask_for_mail(request: HttpRequest, email: str) -> bool:
    """Three mails in a quarter of an hour to an address: new passwords, new accounts."""
    return _counted("mail", email, 3) and _from_here(request, "mail")


def may_try_code(user: int) -> bool:
    """Ten codes of a second factor in a quarter of an hour."""
    return _counted("second_factor", str(user), 10)


def may_open_invitation(request: HttpRequest) -> bool:
    """Sixty links in a quarter of an hour from one place."""
    return _from_here(request, "invitation")


def _counted(matter: str, who: str, most: int) -> bool:
    told = who.strip().lower()
    return within_limit(matter, told, most=most, seconds=QUARTER, now=clock.now())


def _from_here(request: HttpRequest, matter: str) -> bool:
    return _counted(f"{matter} from", client_address(request), FROM_ONE_PLACE)

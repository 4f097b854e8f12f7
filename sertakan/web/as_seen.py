"""Who agrees to something agrees to what stood on the page; who changes something, to what stood.

A form says what that was (`as_seen`, a hidden field with `mark`). Where something else stands by
the time it is sent, nothing is done, and whoever sent it looks again.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sertakan.web.guard import MovedOn

FIELD = "as_seen"


def mark(*stands: object) -> str:
    """What stands, so that a page can say it without showing it."""
    return salted_hmac(FIELD, repr(stands), algorithm="sha256").hexdigest()[:32]


def check(request: HttpRequest, *stands: object) -> None:
    """Raises MovedOn where the form was drawn from something else than what stands.

    Ask it of a record that is held, so that it stays so until the deed is done. A form that says
    nothing is taken.
    """
    if request.POST.get(FIELD) not in (None, mark(*stands)):
        raise MovedOn

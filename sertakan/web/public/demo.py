"""In a demonstration alone: what was sent to whom, and the second factor of each demo user.

Nobody receives anything there, so that the codes are read here. Elsewhere there is no such page.
"""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sertakan.access.models import Appointment
from sertakan.access.roles import Role
from sertakan.accounts.demonstration import demonstrating
from sertakan.messages.errors import MessageForgotten
from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.messages.queries import outbox

MOST = 50
PERIOD = 30  # seconds that a code of a second factor holds


@dataclass(frozen=True, slots=True)
class DemoCode:
    """A user of the demonstration, and the code that opens the second door now."""

    email: str
    role: str  # in the reader's language
    code: str


@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """Every message, the latest first, and the codes of the second factors."""
    if not demonstrating():
        raise Http404
    now = time.time()
    shown: dict[str, Any] = {
        "letters": [opened for message in outbox()[:MOST] if (opened := _opened(message))],
        "codes": demo_codes(now),
        "seconds_left": PERIOD - int(now) % PERIOD,
    }
    return render(request, "web/public/demo_messages.html", shown)


def demo_codes(now: float) -> list[DemoCode]:
    """The codes of all who have a second factor, at a moment in seconds."""
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
    roles = dict(
        Appointment.objects.filter(ended_at=None).order_by("-pk").values_list("user_id", "role")
    )
    return [
        DemoCode(factor.user.email, _label(roles.get(factor.user_id)), _code(factor, now))
        for factor in factors.order_by("user__email")
    ]


def _label(role: str | None) -> str:
    return str(Role(role).label) if role else ""


def _code(factor: Authenticator, now: float) -> str:
    secret = get_adapter().decrypt(factor.data["secret"])
    return str(format_hotp_value(hotp_value(secret, int(now) // PERIOD)))


def _opened(message: Message) -> dict[str, Any] | None:
    try:
        told = contents(message)
    except MessageForgotten:
        return None
    return {"message": message, "told": told}

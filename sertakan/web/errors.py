"""What the reader is told when a page cannot be shown: what happened, and what to do now.

These pages ask nothing of the database, so that they can be shown when it is away.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Refusal:
    """A status, its heading, and one sentence of what to do."""

    status: int
    title: str | Promise
    advice: str | Promise


BAD_REQUEST = Refusal(
    400,
    _("This request could not be understood"),
    _("Go back, check what you entered, and try once more."),
)
FORBIDDEN = Refusal(
    403,
    _("This page is not open to you"),
    _("If you need it for your work, ask the administrator of your office."),
)
FORM_EXPIRED = Refusal(
    403,
    _("This form has expired"),
    _("Nothing was saved. Go back, reload the page, and send the form again."),
)
MOVED_ON = Refusal(
    409,
    _("This has moved on since you opened it"),
    _(
        "Somebody else, or you in another window, has gone on with it. Open it again to see how "
        "it stands; nothing was done twice."
    ),
)
NOT_THIS_WAY = Refusal(
    405,
    _("This address is reached by a form only"),
    _("Go back to the page with the form, and send it from there."),
)
NOT_FOUND = Refusal(
    404,
    _("There is no such page"),
    _("Check the address, or begin again from the start page."),
)
BROKEN = Refusal(
    500,
    _("Something went wrong on our side"),
    _("Nothing of what you sent was half saved. Please try again in a few minutes."),
)
DATABASE_AWAY = Refusal(
    503,
    _("The records cannot be reached right now"),
    _("Please try again in a few minutes; nothing is lost."),
)
DATABASE_NOT_READY = Refusal(
    503,
    _("The records are not ready yet"),
    _("The administrator must bring the database to this version first: sertakan migrate."),
)


def refused(refusal: Refusal, request: HttpRequest | None = None) -> HttpResponse:
    """The page of a refusal."""
    page = render_to_string("web/error.html", {"refusal": refusal, "request": request})
    response = HttpResponse(page, status=refusal.status)
    if refusal.status == 503:
        response["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return refused(BAD_REQUEST, request)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return refused(FORBIDDEN, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return refused(FORM_EXPIRED, request)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return refused(NOT_FOUND, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return refused(BROKEN, request)

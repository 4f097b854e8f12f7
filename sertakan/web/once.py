"""A form counts once: a double click, a page sent again, two windows.

Each form that writes carries a token (`{% once %}`). The first sending stands in one transaction
with its token; a second one waits for it and is sent to where the first one led.
"""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sertakan.access.models import Submission
from sertakan.web import clock
from sertakan.web.errors import BAD_REQUEST, refused

FIELD = "once"
TAKE = """
    INSERT INTO access_submission (token, page, user_id, at, answer) VALUES (%s, %s, %s, %s, '')
    ON CONFLICT DO NOTHING
"""


def token() -> str:
    """A new token for a form."""
    return str(uuid.uuid4())


def answered(request: HttpRequest, page: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What `act` answers, or for a form that was sent before, where that led.

    An answer of 400 and above undoes whatever was written, but for what was `charged`.
    """
    try:
        given = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return refused(BAD_REQUEST, request)
    user = request.user.pk if request.user.is_authenticated else None
    with transaction.atomic():
        if not _taken(given, page, user):
            return _sent_before(request, given, page, user)
        response = act()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            answer = response.url if isinstance(response, HttpResponseRedirect) else request.path
            Submission.objects.filter(pk=given).update(answer=answer[:500])
    if response.status_code >= 400:
        for count in _charges(request):
            count()
    return response


def charged(request: HttpRequest, count: Callable[[], bool]) -> bool:
    """Count an attempt so that it stays counted where the form is refused; what `count` says.

    A page that tells something by refusing would otherwise tell it as often as one likes.
    """
    _charges(request).append(count)
    return count()


def _charges(request: HttpRequest) -> list[Callable[[], bool]]:
    charges: list[Callable[[], bool]] = request.__dict__.setdefault("charges", [])
    return charges


def _taken(given: uuid.UUID, page: str, user: int | None) -> bool:
    """Whether this is the first sending. Waits for another one that is under way."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [given, page, user, clock.now()])
        return bool(cursor.rowcount)


def _sent_before(
    request: HttpRequest, given: uuid.UUID, page: str, user: int | None
) -> HttpResponse:
    before = Submission.objects.filter(pk=given, page=page, user=user).first()
    if before is None:
        return refused(BAD_REQUEST, request)
    messages.info(request, _("This form was sent before; nothing was done twice."))
    return redirect(before.answer)

"""Before any page: may whoever asks open it? The answer is in the one table of `access`.

What has no row there is open to nobody, so that a page cannot be left open by forgetting it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.db import DatabaseError, InterfaceError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from sertakan.access.models import Appointment
from sertakan.access.queries import appointments_of, in_state, may_open, row_of, visible
from sertakan.access.table import ANYONE, SIGNED_IN
from sertakan.accounts.models import User
from sertakan.web import once, resuming
from sertakan.web.errors import BAD_REQUEST, FORBIDDEN, MOVED_ON, NOT_FOUND, NOT_THIS_WAY, refused
from sertakan.web.middleware import database_trouble
from sertakan.web.signing_in import factors

log = structlog.get_logger(__name__)
Record = TypeVar("Record", bound=Model)

CHOSEN = "appointment"  # where the session keeps the role that the user acts in
WANTED = "wanted"  # where the session keeps the page to go on to, once a second factor is there
SECOND_FACTOR = "mfa_index"


class Guard:
    """Opens a page to those who may, sends others to sign in, and refuses the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(lambda: current_appointment(request))
        request.appointment = lazy  # type: ignore[attr-defined]
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = self._in_words(request, response)
        if getattr(request, "signed_in_page", False):
            # After signing out, the browser's Back shows nothing.
            add_never_cache_headers(response)
        return response

    def _in_words(self, request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
        """Django's answer to a wrong method has no page; the browser would show its own."""
        page = refused(NOT_THIS_WAY, request)
        page["Allow"] = answer["Allow"]
        return page

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if _has_nul(request):
            return refused(BAD_REQUEST, request)
        page = request.resolver_match.url_name if request.resolver_match else None
        row = row_of(page or "")
        if row is None:
            log.error("page without a row in the table of access", page=page)
            return refused(NOT_FOUND, request)
        if row.roles is not ANYONE:
            if not request.user.is_authenticated:
                return resuming.sign_in_first(request)
            request.signed_in_page = True  # type: ignore[attr-defined]
            if answer := self._refusal(request, row.page):
                return answer
        if request.method == "POST" and row.writes:
            return self._written(request, row.page, lambda: view(request, *args, **kwargs))
        return None

    def _written(
        self, request: HttpRequest, page: str, act: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """What the form is answered with. Django asks no middleware about errors in here."""
        try:
            return once.answered(request, page, act)
        except (MovedOn, DatabaseError, InterfaceError) as error:
            answer = self.process_exception(request, error) or database_trouble(request, error)
            if answer is None:
                raise
            return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(MOVED_ON, request) if isinstance(error, MovedOn) else None

    def _refusal(self, request: HttpRequest, page: str) -> HttpResponse | None:
        if page not in factors.AGAIN and factors.is_owed(request):
            request.session[WANTED] = request.get_full_path()
            return redirect(factors.AGAIN[0])
        row = row_of(page)
        if row is not None and row.roles is SIGNED_IN:
            return None
        appointment = acting(request)
        if not may_open(appointment, page):
            return refused(FORBIDDEN, request)
        if appointment and appointment.is_staff and not is_mfa_enabled(request.user):
            request.session[WANTED] = request.get_full_path()
            return redirect(SECOND_FACTOR)
        return None


def _has_nul(request: HttpRequest) -> bool:
    """Whether a NUL stands in what was sent: no text has one, and PostgreSQL keeps none."""
    sent = [request.path, *request.COOKIES.values()]
    for fields in (request.GET, request.POST):
        for name, values in fields.lists():
            sent += [name, *values]
    return any("\0" in each for each in sent)


class MovedOn(Exception):
    """What was to be done cannot be done any more: the object has moved on since."""


def current_appointment(request: HttpRequest) -> Appointment | None:
    """The role that the user acts in: the one chosen in this session, else the first held."""
    if not request.user.is_authenticated:
        return None
    held = list(appointments_of(request.user))
    chosen = request.session.get(CHOSEN)
    return next((one for one in held if one.pk == chosen), held[0] if held else None)


def acting(request: HttpRequest) -> Appointment | None:
    """The role in which this request is made; None for a visitor, or a user without one."""
    appointment: Appointment | None = getattr(request, "appointment", None)
    return appointment or None


def user_of(request: HttpRequest) -> User:
    """Who has signed in. Pages that need nobody to be signed in do not ask."""
    assert isinstance(request.user, User), "the guard lets nobody else in"
    return request.user


def seen(request: HttpRequest, records: QuerySet[Record]) -> QuerySet[Record]:
    """Those of `records` that lie in the scope of whoever asks."""
    return visible(records, acting(request))


def found(request: HttpRequest, records: QuerySet[Record], **which: Any) -> Record:
    """The one that the address names. Raises Http404 where there is none in the scope of whoever
    asks; MovedOn where something is to be written and its state does not allow it any more.
    """
    record = get_object_or_404(seen(request, records), **which)
    page = request.resolver_match.url_name if request.resolver_match else None
    if page is None:
        raise Http404
    if request.method == "POST" and not in_state(page, record):
        raise MovedOn
    return record

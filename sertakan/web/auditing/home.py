"""The auditor's pages begin here: does everything hold, and what was done of late."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.access.trail import readable
from sertakan.audit.models import Event, Seal
from sertakan.audit.queries import events_of
from sertakan.claims.tasks import CHECK_EVERYTHING, EVERYTHING
from sertakan.web import clock
from sertakan.web.auditing.trail import told_of
from sertakan.web.event_words import LOOKS
from sertakan.web.guard import acting, user_of
from sertakan.work.errors import RunsAlready
from sertakan.work.models import Job, State
from sertakan.work.operations import start
from sertakan.work.queries import of_scope

RECENT = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The last check, and the latest events."""
    appointment = acting(request)
    told = {
        "last": _last_done(),
        "latest": told_of(readable(events_of(), appointment)[:RECENT]),
        "looks": told_of(readable(events_of().filter(verb__in=LOOKS), appointment)[:RECENT]),
    }
    return render(request, "web/auditing/home.html", told)


def checks(request: HttpRequest) -> HttpResponse:
    """The result of the last check; a POST lets the worker check anew."""
    if request.method == "POST":
        try:
            start(
                CHECK_EVERYTHING, scope=EVERYTHING, alone=True, by=user_of(request), now=clock.now()
            )
        except RunsAlready as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("The check has begun. Its result stands here when done."))
        return redirect("audit-checks")
    appointment = acting(request)
    told = {
        "running": _jobs().filter(state__in=[State.WAITING, State.RUNNING]).first(),
        "last": _last_done(),
        "seal": Seal.objects.order_by("-position").first(),
        "unsealed": Event.objects.filter(seal=None).exists(),
        "named": appointment is not None and not appointment.scope,
    }
    return render(request, "web/auditing/checks.html", told)


def _jobs() -> QuerySet[Job]:
    return of_scope(EVERYTHING, kind=CHECK_EVERYTHING)


def _last_done() -> Job | None:
    return _jobs().filter(state=State.DONE).first()

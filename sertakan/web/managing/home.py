"""The administrator's pages begin here: how the system is, and what needs a hand."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.access.models import Invitation
from sertakan.accounts.models import User
from sertakan.analytics.models import MonthlyTotal
from sertakan.audit.models import Event, Seal
from sertakan.messages import queries as outbox
from sertakan.web import clock
from sertakan.web.guard import seen
from sertakan.work.models import Job


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The state of the system."""
    return render(request, "web/managing/home.html", state(request))


def state(request: HttpRequest) -> dict[str, Any]:
    """What the page shows: counts, the last seal, the last totals, keys, version."""
    seal = Seal.objects.order_by("-position").first()
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    jobs = seen(request, Job.objects.all()).values_list("state").annotate(Count("pk")).order_by()
    return {
        "messages_by_state": outbox.how_many(),
        "jobs_by_state": dict(jobs),
        "seal": seal,
        "all_sealed": seal is not None and newest == seal.event_id,
        "totals": MonthlyTotal.objects.aggregate(made_at=Max("made_at"), month=Max("month")),
        "users": seen(request, User.objects.filter(is_active=True)).count(),
        "invitations": seen(request, still_open()).count(),
        "keys": list(settings.DATA_KEYS),
        "current_key": settings.DATA_KEY_CURRENT,
        "version": version("sertakan"),
    }


def still_open() -> Any:
    """Invitations that can be taken."""
    return Invitation.objects.filter(
        appointment=None, withdrawn_at=None, expires_at__gt=clock.now()
    )

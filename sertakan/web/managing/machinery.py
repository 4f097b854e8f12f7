"""What runs by itself: messages on their way, and work in the background."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sertakan.audit.errors import Refused
from sertakan.messages import retrying
from sertakan.messages.models import Message, State
from sertakan.messages.queries import outbox as messages_of
from sertakan.web import clock
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.words import JOB_STATES, MESSAGE_STATES
from sertakan.work.errors import CannotRetry, RunsAlready
from sertakan.work.models import Job
from sertakan.work.models import State as JobState
from sertakan.work.operations import retry


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Which messages went and which did not. What stands in them is not shown here."""
    state = request.GET.get("state", "")
    records = seen(request, messages_of(state=state if state in State.values else ""))
    told = {"page": paged(records, request), "states": MESSAGE_STATES.items(), "state": state}
    return render(request, "web/managing/outbox.html", told)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a message anew that was given up."""
    message = found(request, Message.objects.all(), pk=pk)
    try:
        retrying.try_again(message=message, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The message is sent once more."))
    return redirect("manage-outbox")


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Work in the background, the latest first."""
    state = request.GET.get("state", "")
    records = seen(request, Job.objects.select_related("started_by"))
    if state in JobState.values:
        records = records.filter(state=state)
    told = {"page": paged(records, request), "states": JOB_STATES.items(), "state": state}
    return render(request, "web/managing/jobs.html", told)


@require_POST
def begin_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin work anew that failed."""
    job = found(request, Job.objects.all(), pk=pk)
    try:
        retry(job=job, by=user_of(request), now=clock.now())
    except (CannotRetry, RunsAlready) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The work was begun anew."))
    return redirect("manage-jobs")

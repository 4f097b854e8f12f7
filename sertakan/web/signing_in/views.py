"""Where a user begins, in which role, and with the form that was interrupted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sertakan.access.models import Appointment
from sertakan.access.roles import Role
from sertakan.web import resuming
from sertakan.web.guard import CHOSEN, WANTED, acting
from sertakan.web.numbers import asked_for

HOMES = {
    Role.CITY_OFFICER: "city-home",
    Role.KELURAHAN_OPERATOR: "city-rosters",
    Role.SPONSOR: "sponsor-home",
    Role.BRANCH_OFFICER: "branch-home",
    Role.BRANCH_APPROVER: "branch-home",
    Role.AUDITOR: "audit-home",
    Role.ADMINISTRATOR: "manage-home",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of the user's role; a user without one is told what can be done."""
    appointment = acting(request)
    if appointment is None:
        return render(request, "web/signing_in/without_a_role.html")
    if wanted := request.session.pop(WANTED, None):
        return redirect(wanted)
    return redirect(HOMES[Role(appointment.role)])


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """From here on in another of the user's roles."""
    chosen = asked_for(request.POST.get("appointment", ""))
    held = Appointment.objects.filter(user=request.user.pk, ended_at=None)
    if chosen is not None and held.filter(pk=chosen).exists():
        request.session[CHOSEN] = chosen
    return redirect("home")


def resume(request: HttpRequest) -> HttpResponse:
    """The form that was interrupted, to be sent again with one click."""
    kept = resuming.kept(request)
    resuming.forget(request)
    if kept is None:
        return redirect("home")
    return render(request, "web/signing_in/resume.html", {"kept": kept})

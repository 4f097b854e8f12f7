"""Users: finding them, their roles and second factor, ending a role, switching an account off."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sertakan.access.models import Appointment
from sertakan.access.newcomers import reset_second_factor, switch
from sertakan.access.operations import end_appointment
from sertakan.accounts.models import User
from sertakan.audit.errors import Refused
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class ReasonForm(Form):
    """Why a second factor is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is recorded with your name. For example: phone lost, came by."),
        max_length=200,
    )


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """The users, the latest first; some of them by name or e-mail address."""
    asked = request.GET.get("q", "").strip()
    records = seen(request, _with_roles())
    if asked:
        records = records.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    told = {"page": paged(records, request), "asked": asked}
    return render(request, "web/managing/users.html", told)


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user."""
    return _page(request, found(request, _with_roles(), pk=pk), ReasonForm())


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role from a user."""
    appointment = found(request, Appointment.objects.select_related("user"), pk=pk)
    by, now = user_of(request), clock.now()
    if appointment.user_id == by.pk and appointment.role == "administrator":
        messages.error(request, _("Let another administrator end your own role."))
    else:
        _told_how(request, lambda: end_appointment(appointment=appointment, by=by, now=now))
    return redirect("manage-user", pk=appointment.user_id)


@require_POST
def switch_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account off, or on again."""
    whose = found(request, User.objects.all(), pk=pk)
    on = request.POST.get("on") == "yes"
    _told_how(request, lambda: switch(user=whose, on=on, by=user_of(request), now=clock.now()))
    return redirect("manage-user", pk=pk)


@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away."""
    whose = found(request, _with_roles(), pk=pk)
    form = ReasonForm(**sent(request))
    if form.is_valid():
        try:
            reset_second_factor(
                user=whose, reason=form.cleaned_data["reason"], by=user_of(request), now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The second factor is gone; a new one is asked for."))
            return redirect("manage-user", pk=pk)
    return _page(request, whose, form, status=422)


def _told_how(request: HttpRequest, act: Callable[[], Any]) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))


def _page(request: HttpRequest, whose: User, form: ReasonForm, status: int = 200) -> HttpResponse:
    told = {"whose": whose, "form": form}
    return render(request, "web/managing/user.html", told, status=status)


def _with_roles() -> Any:
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    roles = Appointment.objects.select_related("region", "sponsor", "branch").order_by("pk")
    held = Prefetch("appointments", roles.filter(ended_at=None), to_attr="held")
    return User.objects.annotate(has_factor=Exists(factors)).prefetch_related(held)

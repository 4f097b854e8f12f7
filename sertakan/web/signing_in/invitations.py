"""The link of an invitation: a name and a password, or signing in, and the role is one's own."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sertakan.access.errors import InvitationOver
from sertakan.access.models import Invitation
from sertakan.access.newcomers import accept_as_new, account_of
from sertakan.access.operations import accept, open_invitation
from sertakan.accounts.models import User
from sertakan.audit.errors import Refused
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import CHOSEN
from sertakan.web.signing_in import attempts

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NewAccountForm(Form):
    """What a new account needs."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 8 characters; three words in a row are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the role that the link offers."""
    if not attempts.may_open_invitation(request):
        return _over(request, str(get_adapter().error_messages["too_many_login_attempts"]))
    try:
        asked = open_invitation(secret, now=clock.now())
    except InvitationOver as over:
        return _over(request, str(over))
    if request.user.is_authenticated:
        return _of_somebody_here(request, secret, asked, request.user)
    if account_of(asked):
        told = {"asked": asked, "way": "sign_in"}
        return render(request, "web/signing_in/invitation.html", told)
    return _of_a_newcomer(request, secret, asked)


def _of_somebody_here(
    request: HttpRequest, secret: str, asked: Invitation, user: User
) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            appointment = accept(secret=secret, user=user, now=clock.now())
        except Refused as refusal:
            problem = str(refusal)
        else:
            request.session[CHOSEN] = appointment.pk
            return redirect("home")
    elif user.email.lower() != asked.email.lower():
        problem = _("This invitation is for another e-mail address. Please sign out first.")
    told = {"asked": asked, "way": "accept", "problem": problem}
    status = 422 if problem and request.method == "POST" else 200
    return render(request, "web/signing_in/invitation.html", told, status=status)


def _of_a_newcomer(request: HttpRequest, secret: str, asked: Invitation) -> HttpResponse:
    form = NewAccountForm(initial={"name": asked.name}, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_as_new(secret=secret, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "password")
        else:
            login(request, user, backend=BACKEND)
            record_authentication(request, user, method="password")
            return redirect("home")
    told = {"asked": asked, "way": "new", "form": form}
    status = 422 if form.errors else 200
    return render(request, "web/signing_in/invitation.html", told, status=status)


def _over(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "web/signing_in/invitation_over.html", {"why": why}, status=404)

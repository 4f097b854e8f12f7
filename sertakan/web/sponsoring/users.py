"""The users of an organisation: who they are, inviting another, ending one. One always stays."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sertakan.access.errors import CannotInvite
from sertakan.access.models import Appointment, Invitation
from sertakan.access.operations import end_appointment, invite, withdraw
from sertakan.access.roles import Role
from sertakan.audit.errors import Refused
from sertakan.sponsors.models import Sponsor
from sertakan.web import clock, invitation_mail
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.signing_in import attempts
from sertakan.web.signing_in.words import TOO_OFTEN
from sertakan.web.sponsoring.drafting import sponsor_of


class InviteForm(Form):
    """Whom to invite."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes there. It holds for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def users(request: HttpRequest) -> HttpResponse:
    """The list, and the form to invite another."""
    form = InviteForm(**sent(request))
    sponsor = sponsor_of(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            # Anyone may be a sponsor, and have mail sent in our name.
            if not attempts.may_ask_for_mail(request, email):
                raise CannotInvite(TOO_OFTEN)
            _invite(request, sponsor, form.cleaned_data["name"], email)
        except Refused as refusal:
            form.refuse(refusal, "email")
        else:
            messages.success(request, _("%s is invited by e-mail.") % email)
            return redirect("sponsor-users")
    appointments = seen(request, Appointment.objects.filter(ended_at=None))
    invitations = seen(
        request,
        Invitation.objects.filter(appointment=None, withdrawn_at=None, expires_at__gt=clock.now()),
    )
    told = {
        "form": form,
        "appointments": appointments.select_related("user").order_by("pk"),
        "invitations": invitations.order_by("pk"),
    }
    return render(request, "web/sponsoring/users.html", told, status=422 if form.errors else 200)


def _invite(request: HttpRequest, sponsor: Sponsor, name: str, email: str) -> None:
    now = clock.now()
    invitation, secret = invite(
        email=email, name=name, role=Role.SPONSOR, over=sponsor, by=user_of(request), now=now
    )
    invitation_mail.send(request, invitation, secret)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the role from a user; never from the last one."""
    appointment = found(request, Appointment.objects.all(), pk=pk)
    Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor_of(request).pk)
    held = Appointment.objects.filter(sponsor=appointment.sponsor_id, ended_at=None)
    if held.count() < 2:
        messages.error(request, _("At least one user stays. Invite another first."))
        return redirect("sponsor-users")
    try:
        end_appointment(appointment=appointment, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s no longer works for you here.") % appointment.user)
    return redirect("sponsor-users" if appointment.user != request.user else "home")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = found(request, Invitation.objects.all(), pk=pk)
    try:
        withdraw(invitation=invitation, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is taken back."))
    return redirect("sponsor-users")

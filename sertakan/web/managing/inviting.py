"""Inviting anyone to any role: first which, then over what, then whom."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sertakan.access.models import Invitation
from sertakan.access.operations import Scope, invite, withdraw
from sertakan.access.roles import SCOPES, Role
from sertakan.audit.errors import Refused
from sertakan.regions.models import Branch, Region
from sertakan.sponsors.models import Sponsor
from sertakan.web import clock, invitation_mail
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.managing.home import still_open

MOST_SHOWN = 30
KINDS = {
    "region": (gettext_lazy("A place"), Region, ("code", "name")),
    "branch": (gettext_lazy("A branch"), Branch, ("code", "name")),
    "sponsor": (gettext_lazy("A sponsor"), Sponsor, ("name",)),
    "": (gettext_lazy("Everything in this system"), None, ()),
}


class InviteForm(Form):
    """Whom to invite."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation goes there. It holds for seven days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """Those that can still be taken."""
    records = seen(request, still_open().select_related("region", "sponsor", "branch"))
    return render(request, "web/managing/invitations.html", {"page": paged(records, request)})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = found(request, Invitation.objects.all(), pk=pk)
    try:
        withdraw(invitation=invitation, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation was taken back."))
    return redirect("manage-invitations")


def new(request: HttpRequest) -> HttpResponse:
    """One thing a step, each kept in the address: role, kind of scope, scope; then whom."""
    role, kind, key = (request.GET.get(name, "") for name in ("role", "kind", "over"))
    kinds = sorted(SCOPES.get(role, frozenset()))
    if kinds and "kind" not in request.GET and len(kinds) == 1:
        kind = kinds[0]
        chosen = True
    else:
        chosen = "kind" in request.GET and kind in kinds
    over = _scope(kind, key) if chosen else None
    ready = chosen and (kind == "" or over is not None)
    form = InviteForm(**sent(request))
    if request.method == "POST" and ready and form.is_valid():
        try:
            _invite(request, role, over, form)
        except Refused as refusal:
            form.refuse(refusal, "email")
        else:
            messages.success(request, _("%s is invited by e-mail.") % form.cleaned_data["email"])
            return redirect("manage-invitations")
    told = {
        "role": Role(role) if kinds else None,
        "roles": Role.choices,
        "kinds": [(each, KINDS[each][0]) for each in kinds],
        "kind": kind,
        "chosen": chosen,
        "asked": request.GET.get("q", ""),
        "choices": _choices(kind, request.GET.get("q", "")) if chosen and not ready else [],
        "over": over,
        "ready": ready,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/managing/invite.html", told, status=status)


def _invite(request: HttpRequest, role: str, over: Scope, form: InviteForm) -> None:
    told = form.cleaned_data
    invitation, secret = invite(
        email=told["email"], name=told["name"], role=role, over=over,
        by=user_of(request), now=clock.now(),
    )  # fmt: skip
    invitation_mail.send(request, invitation, secret)


def _scope(kind: str, key: str) -> Scope:
    model: Any = KINDS[kind][1]
    if model is None or not key:
        return None
    if kind != "region" and not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    scope: Scope = model.objects.filter(pk=key).first()
    return scope


def _choices(kind: str, asked: str) -> list[Any]:
    """What the words asked for fit; for a place, those of a higher level first."""
    model: Any = KINDS[kind][1]
    if model is None or (kind == "region" and not asked.strip()):
        return []
    records = model.objects.order_by("level", "code") if kind == "region" else model.objects
    for word in asked.split():
        fits = Q()
        for name in KINDS[kind][2]:
            fits |= Q(**{f"{name}__istartswith" if name == "code" else f"{name}__icontains": word})
        records = records.filter(fits)
    return list(records.all()[:MOST_SHOWN])

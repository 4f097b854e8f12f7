"""A new account says for whom it pays: for itself, or for an organisation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.access.beginning import MAY_BEGIN, begin_as_sponsor
from sertakan.audit.errors import Refused
from sertakan.regions.models import Region
from sertakan.web import clock, words
from sertakan.web.forms import Form, sent
from sertakan.web.guard import CHOSEN, user_of
from sertakan.web.sponsoring.places import places_named


class BeginForm(Form):
    """Who the sponsor is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who pays?"),
        choices=[(kind, words.SPONSOR_KINDS[kind]) for kind in MAY_BEGIN],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name, or the name of the organisation"),
        help_text=gettext_lazy("As it is to stand on bills and cards."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    place = forms.CharField(
        label=gettext_lazy("In which kelurahan, village, district or city?"),
        help_text=gettext_lazy("The branch of the insurer there answers to you."),
        max_length=120,
    )


def begin(request: HttpRequest) -> HttpResponse:
    """Become a sponsor."""
    form = BeginForm(**sent(request), initial={"name": user_of(request).name, "kind": "person"})
    found: list[Region] = []
    if request.method == "POST" and form.is_valid():
        found = places_named(form.cleaned_data["place"], villages_only=False)
        region = _chosen(request, found)
        if region is not None:
            try:
                return _begun(request, form, region)
            except Refused as refusal:
                form.refuse(refusal)
        elif not found:
            form.add_error("place", _("There is no place of this name. Write only its name."))
        else:
            form.add_error("place", _("Several places have this name. Choose yours below."))
    told = {"form": form, "found": found if len(found) > 1 else []}
    return render(request, "web/sponsoring/begin.html", told, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, found: list[Region]) -> Region | None:
    if len(found) == 1:
        return found[0]
    return next((each for each in found if each.pk == request.POST.get("region")), None)


def _begun(request: HttpRequest, form: BeginForm, region: Region) -> HttpResponse:
    appointment = begin_as_sponsor(
        user=user_of(request),
        kind=form.cleaned_data["kind"],
        name=form.cleaned_data["name"],
        region=region,
        now=clock.now(),
    )
    request.session[CHOSEN] = appointment.pk
    messages.success(request, _("Welcome. You can now cover your first worker."))
    return redirect("sponsor-home")

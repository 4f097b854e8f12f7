"""The insurer's branches: their names, and how people reach them. It stands on papers and cards."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.audit.errors import Refused
from sertakan.regions.branches import DETAILS, add_branch, change_branch
from sertakan.regions.models import Branch, Level, Region
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged
from sertakan.web.place_names import place_name

PHONE = re.compile(r"[0-9+(][0-9 ()+./-]{2,39}")


class RegionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A regency or city by its name, with its code where names are alike."""

    def label_from_instance(self, region: Region) -> str:
        return f"{place_name(region.name)} ({region.code})"


class BranchForm(Form):
    """What is said of a branch."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("By which files and commands name it, for example MDN."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As it stands on papers, for example Cabang Madiun."),
    )
    region = RegionChoice(
        Region.objects.none(),
        label=gettext_lazy("Regency or city"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "On the back of membership cards: whom to call after an accident or a death."
        ),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = Region.objects.filter(level=Level.REGENCY).order_by("code")
        self.fields["region"].queryset = cities  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("Write a telephone number, for example (0351) 123 456."))
        return phone


@require_safe
def branches(request: HttpRequest) -> HttpResponse:
    """All of them, and what is not known of them yet."""
    page = paged(seen(request, Branch.objects.select_related("region")), request)
    return render(request, "web/managing/branches.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new branch."""
    form = BranchForm(**sent(request))
    if form.is_valid():
        try:
            made = add_branch(**form.cleaned_data, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "code")
        else:
            messages.success(request, _("%s is recorded.") % made.name)
            return redirect("manage-branches")
    return _form(request, form, title=_("New branch"))


@require_http_methods(["GET", "HEAD", "POST"])
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """One branch, to be looked at and kept up to date."""
    one = found(request, Branch.objects.all(), pk=pk)
    form = BranchForm(initial={name: getattr(one, name) for name in DETAILS}, **sent(request))
    if form.is_valid():
        try:
            change_branch(branch=one, **form.cleaned_data, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "code")
        else:
            messages.success(request, _("The branch is up to date."))
            return redirect("manage-branches")
    return _form(request, form, title=one.name)


def _form(request: HttpRequest, form: BranchForm, *, title: str) -> HttpResponse:
    told = {"form": form, "title": title}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/managing/branch.html", told, status=status)

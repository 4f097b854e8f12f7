"""Typing a worker in, one question a page: who, what work, where, and that they agree."""

from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sertakan.enrolment.consents import CURRENT, WORDINGS
from sertakan.enrolment.newcomers import WARNINGS, findings
from sertakan.law.contributions import bands
from sertakan.regions.models import Region
from sertakan.sponsors.drafts import Content
from sertakan.vocabulary import nik_fault
from sertakan.web import clock, numbers, words
from sertakan.web.forms import DayField, Form, NikField, sent
from sertakan.web.guard import user_of
from sertakan.web.sponsoring.checks import TOO_MANY, may_check
from sertakan.web.sponsoring.drafting import (
    MOST_WORKERS,
    change,
    chosen_so_far,
    days_of,
    next_page,
    put_worker,
    sponsor_of,
    worker_in,
)
from sertakan.web.sponsoring.places import places_named
from sertakan.web.sponsoring.sentences import sentence_of

# Faults that the first page cannot mend: the pages after it ask for them.
LATER = {"job_missing", "income_missing", "place_missing", "consent_missing"}
FIELD_OF = {"over_age": "birth_date", "under_age": "birth_date", "birth_date_differs": "birth_date"}
LOOK_ALIKES = str.maketrans("OoQDIlisSBZz", "000011155822")


class KtpField(NikField):
    """A NIK; where a letter stands for a digit, the digit is offered."""

    def clean(self, value: Any) -> str:
        written = "".join(mark for mark in str(value or "") if mark not in " .-'")
        meant = written.translate(LOOK_ALIKES)
        if meant != written and not nik_fault(meant):
            raise forms.ValidationError(
                _("A letter stands where the NIK has a digit. Did you mean %s?") % meant
            )
        return super().clean(value)


class WhoForm(Form):
    """The worker as on the KTP."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As it stands on the KTP."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nik = KtpField(label="NIK", help_text=gettext_lazy("The 16 digits at the top of the KTP."))
    birth_date = DayField(label=gettext_lazy("Birth date"))
    phone = forms.RegexField(
        r"^[0-9+() .-]{8,20}$",
        label=gettext_lazy("Phone number of the worker"),
        help_text=gettext_lazy("So that they can look up their own cover."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the number with digits, like 0812…")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I have the KTP before me, and what I typed stands there."),
        required=False,
    )


class JobForm(Form):
    """What the worker does, which decides what a month costs."""

    category = forms.ChoiceField(
        label=gettext_lazy("Which of these fits best?"),
        choices=words.CATEGORIES.items(),
        widget=forms.RadioSelect,
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Does the worker drive or deliver?"),
        help_text=gettext_lazy("Ojek, taxis, couriers, lorries: the relief of the law differs."),
        choices=[
            ("other", gettext_lazy("No, other work")),
            ("transport", gettext_lazy("Yes, transport")),
        ],
        widget=forms.RadioSelect,
    )
    income = forms.TypedChoiceField(
        label=gettext_lazy("About what does the worker earn in a month?"),
        help_text=gettext_lazy("A higher band costs more, and pays more after a work accident."),
        coerce=int,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["income"].choices = income_bands(clock.today())  # type: ignore[attr-defined]


class ConsentForm(Form):
    """What the sponsor declares (UU 27/2022)."""

    agreed = forms.BooleanField(
        label=gettext_lazy("I declare this."),
        error_messages={
            "required": gettext_lazy("Without the worker’s consent they cannot be covered.")
        },
    )


def income_bands(on: date) -> list[tuple[int, str]]:
    """The bands of the law, by the lowest income of each."""
    table = bands(on)
    told = [(0, _("less than %s") % numbers.rupiah(table[1].income_from))]
    for band, following in pairwise(table[1:]):
        upto = numbers.rupiah(following.income_from)
        told.append((band.income_from, f"{numbers.rupiah(band.income_from)} – {upto}"))
    last = table[-1]
    return [*told, (last.income_from, _("%s and more") % numbers.rupiah(last.income_from))]


def worker(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Who: NIK, name, birth date, phone. What speaks against it is told here, before any money."""
    content = chosen_so_far(request)
    standing = worker_in(content, key) if key is not None else {}
    form = WhoForm(**sent(request), initial=standing)
    warned = bool(standing.get("sure"))
    if request.method == "POST" and form.is_valid():
        told = _told(form, standing)
        warned = _speaks_against(request, content, told, form)
        if form.is_valid() and len(content.get("workers", [])) < MOST_WORKERS:
            keys: list[int] = []
            content = change(request, lambda draft: keys.append(put_worker(draft, told)))
            return redirect(next_page(worker_in(content, keys[0])))
    if not warned:
        del form.fields["sure"]
    status = 422 if form.errors else 200
    return render(request, "web/sponsoring/worker.html", {"form": form, "key": key}, status=status)


def _told(form: WhoForm, standing: dict[str, Any]) -> dict[str, Any]:
    cleaned = form.cleaned_data
    told = {
        "nik": cleaned["nik"],
        "name": " ".join(cleaned["name"].split()),
        "birth_date": cleaned["birth_date"].isoformat(),
        "phone": cleaned["phone"],
        "sure": cleaned["sure"],
    }
    return {**told, "key": standing["key"]} if standing else told


def _speaks_against(
    request: HttpRequest, content: Content, told: dict[str, Any], form: WhoForm
) -> bool:
    """Add to the form what speaks against the worker; whether some of it may be so nevertheless."""
    if not may_check(request):
        form.add_error(None, TOO_MANY)
        return False
    others = [each for each in content.get("workers", []) if each["key"] != told.get("key")]
    starts_on, ends_on = days_of(content)
    sponsor = sponsor_of(request).pk
    found = findings([told], sponsor=sponsor, starts_on=starts_on, ends_on=ends_on)[0]
    if any(each.get("nik") == told["nik"] for each in others):
        found.append("typed_twice")
    for fault in found:
        if fault not in LATER:
            form.add_error(FIELD_OF.get(fault, "nik"), str(sentence_of(fault)))
    return bool(WARNINGS & set(found)) or told["sure"]


def job(request: HttpRequest, key: int) -> HttpResponse:
    """What work, and about what income."""
    standing = worker_in(chosen_so_far(request), key)
    form = JobForm(**sent(request), initial=standing)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, key, **form.cleaned_data)
    told = {"form": form, "worker": standing}
    return render(request, "web/sponsoring/job.html", told, status=422 if form.errors else 200)


def place(request: HttpRequest, key: int) -> HttpResponse:
    """Where: one of the places used before, or one that is searched by its name."""
    content = chosen_so_far(request)
    standing = worker_in(content, key)
    sponsor = sponsor_of(request)
    near = (sponsor.region_id or "")[:5]
    written = request.GET.get("q", "")[:120]
    known = {each.get("region") for each in content.get("workers", [])} | {sponsor.region_id}
    found = places_named(written, near=near) or list(
        Region.objects.filter(pk__in=known - {None}, level=4).select_related("parent__parent")
    )
    problem = ""
    if request.method == "POST":
        region = Region.objects.filter(pk=request.POST.get("region", "")[:13], level=4).first()
        if region is not None:
            return _go_on(request, key, region=region.pk)
        problem = _("Choose the kelurahan or village, or search for it.")
    told = {"worker": standing, "found": found, "q": written, "problem": problem}
    return render(request, "web/sponsoring/place.html", told, status=422 if problem else 200)


def consent(request: HttpRequest, key: int) -> HttpResponse:
    """That the worker was told, and agrees."""
    standing = worker_in(chosen_so_far(request), key)
    form = ConsentForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        declared = {
            "wording": CURRENT, "at": clock.now().isoformat(), "by": user_of(request).pk,
        }  # fmt: skip
        messages.success(request, _("%s stands in your list.") % standing["name"])
        return _go_on(request, key, consent=declared)
    told = {"form": form, "worker": standing, "wording": WORDINGS[CURRENT]}
    return render(request, "web/sponsoring/consent.html", told, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take a worker out of the list."""
    name = worker_in(chosen_so_far(request), key)["name"]

    def without(content: Content) -> None:
        content["workers"] = [each for each in content["workers"] if each["key"] != key]

    change(request, without)
    messages.success(request, _("%s is taken out of your list.") % (name or _("The worker")))
    return redirect("sponsor-people")


def _go_on(request: HttpRequest, key: int, **told: Any) -> HttpResponse:
    content = change(request, lambda draft: _put(draft, key, told))
    return redirect(next_page(worker_in(content, key)))


def _put(content: Content, key: int, told: dict[str, Any]) -> None:
    worker_in(content, key)
    put_worker(content, {**told, "key": key})

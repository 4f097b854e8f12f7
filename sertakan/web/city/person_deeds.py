"""What a city officer does about a person: look, correct, note a death, merge, end an enrolment."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sertakan.audit.errors import Refused
from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.operations import take_back
from sertakan.contributions.person_months import charges_of
from sertakan.enrolment.ending import end
from sertakan.enrolment.merging import merge_people
from sertakan.enrolment.models import EndReason, Enrolment
from sertakan.enrolment.queries import line
from sertakan.enrolment.single import same_ending
from sertakan.people.candidates import candidates_for
from sertakan.people.errors import NikTaken, PersonNotFound
from sertakan.people.models import Person
from sertakan.people.operations import correct, note_deaths, unmask
from sertakan.people.queries import find
from sertakan.regions.models import Level
from sertakan.regions.queries import within
from sertakan.vocabulary import Month
from sertakan.web import as_seen, clock
from sertakan.web.city.person_story import END_REASONS
from sertakan.web.city.row_form import PLACES_AT_MOST, SEXES, label_of
from sertakan.web.city.sides import evidence, lines, side_of_person
from sertakan.web.forms import DayField, Form, NikField, sent
from sertakan.web.guard import acting, found, seen, user_of

KEPT_IF_EMPTY = ("nik", "phone", "mother_name", "bank_account")
STAYS = gettext_lazy("Left empty, what stands in the records stays.")


class UnmaskForm(Form):
    """What for."""

    purpose = forms.CharField(
        label=gettext_lazy("What is it needed for?"),
        max_length=200,
        help_text=gettext_lazy("It is written down with your name, and the auditor reads it."),
    )


class CorrectForm(Form):
    """What is known of a person."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    nik = NikField(label=gettext_lazy("NIK"), required=False, help_text=STAYS)
    birth_date = DayField(label=gettext_lazy("Birth date"), required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=SEXES,
    )
    region = forms.ChoiceField(label=gettext_lazy("Kelurahan"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), required=False, max_length=30, help_text=STAYS
    )
    mother_name = forms.CharField(
        label=gettext_lazy("Mother’s name"), required=False, max_length=200, help_text=STAYS
    )

    def __init__(self, person: Person, *, places: list[tuple[str, str]], **told: Any) -> None:
        self.person = person
        super().__init__(initial=self._standing(), **told)
        chosen: Any = self.fields["region"]
        there = [(person.region_id, label_of(person.region))] if person.region else []
        chosen.choices = list(dict([("", _("Not known")), *there, *places]).items())

    def changes(self) -> dict[str, Any]:
        """What is otherwise than it stands in the records."""
        told, standing = self.cleaned_data, self._standing()
        changed = {name: told[name] for name in standing if told[name] != standing[name]}
        return changed | {name: told[name] for name in KEPT_IF_EMPTY if told.get(name)}

    def _standing(self) -> dict[str, Any]:
        return {
            "name": self.person.name,
            "birth_date": self.person.birth_date,
            "sex": self.person.sex,
            "region": self.person.region_id or "",
            "address": self.person.address,
        }


class DeathForm(Form):
    """On which day."""

    died_on = DayField(label=gettext_lazy("Died on"))


class EndForm(Form):
    """Why, and from which day."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=[("", gettext_lazy("Choose")), *END_REASONS.items()],
    )
    ends_on = DayField(
        label=gettext_lazy("First day no longer insured"),
        help_text=gettext_lazy("After a death: the day after it."),
    )
    take_back = forms.BooleanField(
        label=gettext_lazy("Take months that are billed after that out of the bills"),
        required=False,
        initial=True,
    )


class MergeForm(Form):
    """Why the two are one person."""

    reason = forms.CharField(
        label=gettext_lazy("How do you know that they are one person?"), max_length=300
    )


@require_http_methods(["GET", "HEAD", "POST"])
def unmasking(request: HttpRequest, pk: int) -> HttpResponse:
    """NIK, phone, mother's name and bank account, for a purpose that is written down."""
    one = _person(request, pk)
    form = UnmaskForm(**sent(request))
    told: dict[str, Any] = {"person": one, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            told["unmasked"] = unmask(
                person=one,
                purpose=form.cleaned_data["purpose"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal, "purpose")
    response = render(
        request, "web/city/person_unmask.html", told, status=422 if form.errors else 200
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a person is corrected."""
    one = _person(request, pk)
    if request.method == "POST":
        Person.objects.select_for_update().get(pk=pk)
        one = _person(request, pk)
    form = CorrectForm(one, places=_places(request), **sent(request))
    if request.method == "POST" and form.is_valid():
        as_seen.check(request, *_known_of(one))
        try:
            changes = form.changes()
            if changes:
                correct(person=one, changes=changes, by=user_of(request), now=clock.now())
        except NikTaken as refusal:
            form.refuse(refusal, "nik")
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Corrected.") if changes else _("Nothing was changed."))
            return redirect("city-person", pk=pk)
    told = {"person": one, "form": form, "as_seen": as_seen.mark(*_known_of(one))}
    status = 422 if form.errors else 200
    return render(request, "web/city/person_correct.html", told, status=status)


def _known_of(one: Person) -> tuple[object, ...]:
    """What is known of a person as far as it is corrected there."""
    hidden = (one.nik_encrypted, one.phone_encrypted, one.mother_name_encrypted)
    return (
        one.name, one.birth_date, one.sex, one.region_id, one.address,
        *(bytes(each) if each else b"" for each in hidden),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def death(request: HttpRequest, pk: int) -> HttpResponse:
    """Note on which day a person died."""
    one = _person(request, pk)
    form = DeathForm(initial={"died_on": one.died_on}, **sent(request))
    if request.method == "POST" and form.is_valid():
        problem = _noted(request, one, form.cleaned_data["died_on"])
        if not problem:
            messages.success(
                request, _("The death was noted. End the enrolment if one still runs.")
            )
            return redirect("city-person", pk=pk)
        form.add_error("died_on", problem)
    told = {"person": one, "form": form}
    return render(request, "web/city/person_death.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """Let this record stand for another of the same person."""
    one = _person(request, pk)
    other, problem = _other(request, one)
    form = MergeForm(**sent(request))
    if request.method == "POST" and other is not None and form.is_valid():
        try:
            merge_people(
                kept=one,
                merged=other,
                reason=form.cleaned_data["reason"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Record %s now stands for both.") % one.pk)
            return redirect("city-person", pk=pk)
    told: dict[str, Any] = {"person": one, "second": other, "problem": problem, "form": form}
    if other is None:
        told["candidates"] = _candidates(request, one)
    else:
        this, that = side_of_person(one), side_of_person(other)
        told |= {"side": this, "holder": that, "evidence": evidence(this, that)}
        told["lines"] = lines(this, that, shown=False)
    failed = bool(form.errors) or (request.method == "POST" and other is None)
    return render(request, "web/city/person_merge.html", told, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """End an enrolment before its time, and what follows for its place and its bills."""
    records = Enrolment.objects.select_related("agreement__sponsor", "person__region")
    one = found(request, records, pk=pk)
    died_on = one.person.died_on
    initial = {
        "reason": EndReason.DEATH if died_on else "",
        "ends_on": died_on + timedelta(days=1) if died_on else clock.today(),
    }
    form = EndForm(initial=initial, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, one, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("city-person", pk=one.person_id)
    told = {
        "enrolment": one,
        "form": form,
        "waiting": line(one.agreement).count(),
        "billed": _billed_after(one, form["ends_on"].value()),
    }
    status = 422 if form.errors else 200
    return render(request, "web/city/enrolment_end.html", told, status=status)


def _person(request: HttpRequest, pk: int) -> Person:
    return found(request, Person.objects.select_related("region__parent"), pk=pk, merged_into=None)


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    appointment = acting(request)
    scope = (appointment.region_id if appointment else None) or ""
    villages = within(scope).filter(level=Level.VILLAGE).select_related("parent").order_by("name")
    return [(place.code, label_of(place)) for place in villages[:PLACES_AT_MOST]]


def _noted(request: HttpRequest, one: Person, died_on: date) -> str:
    """Note it; why it was not noted, or nothing."""
    if died_on > clock.today():
        return _("This day has not come yet.")
    deaths = pl.DataFrame({"person_id": [one.pk], "died_on": [died_on]})
    outcome = note_deaths(deaths=deaths, by=user_of(request), now=clock.now())["outcome"][0]
    return {
        "differs": _("Another day of death stands in the records already."),
        "before_birth": _("Nobody dies before birth."),
    }.get(outcome, "")


def _other(request: HttpRequest, one: Person) -> tuple[Person | None, str]:
    """The other record that was named by number or NIK, and what is wrong with the naming."""
    written = (request.POST.get("other") or request.GET.get("other") or "").strip()
    if not written:
        return None, _("Name the other record.") if request.method == "POST" else ""
    try:
        other = find(written)
    except PersonNotFound:
        other = None
    nobody = _("Nobody with this number or NIK is known in your area.")
    if other is None:
        return None, nobody
    in_scope = seen(request, Person.objects.select_related("region")).filter(pk=other.pk).first()
    if in_scope is None:
        return None, nobody
    if in_scope.pk == one.pk:
        return None, _("That is this record itself.")
    return in_scope, ""


def _candidates(request: HttpRequest, one: Person) -> list[Person]:
    """Who else in scope may be this person, the likeliest first."""
    likely = candidates_for(side_of_person(one).facts, on=clock.today())
    numbers = [each.person.pk for each in likely if each.person.pk != one.pk][:10]
    in_scope = (
        seen(request, Person.objects.select_related("region")).filter(pk__in=numbers).in_bulk()
    )
    return [in_scope[number] for number in numbers if number in in_scope]


def _end(request: HttpRequest, one: Enrolment, told: dict[str, Any]) -> None:
    now = clock.now()
    end(
        endings=same_ending([one.pk], told["ends_on"], told["reason"]), by=user_of(request), now=now
    )
    messages.success(request, _("The enrolment ends. Its place is free from that day on."))
    if not told["take_back"]:
        return
    try:
        corrected = take_back(enrolments=[one.pk], on=clock.today(), by=user_of(request), now=now)
    except NothingToTakeBack:
        return
    for bill in corrected:
        messages.info(request, _("Bill %s takes the months after it back.") % bill.number)


def _billed_after(one: Enrolment, day: Any) -> dict[str, int]:
    """How many months are charged from a day on, and their rupiah."""
    try:
        day = day if isinstance(day, date) else date.fromisoformat(str(day))
    except ValueError:
        return {"months": 0, "rupiah": 0}
    last = Month.of(day - timedelta(days=1))
    after = [
        charge
        for charge in charges_of([one.person_id])
        if charge.agreement == one.agreement_id and charge.month > last
    ]
    return {"months": len(after), "rupiah": sum(charge.rupiah for charge in after)}

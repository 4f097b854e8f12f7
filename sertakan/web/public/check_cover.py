"""Check my cover: NIK and birth date, a code to the phone on file, and then what is paid.

Who is not known here gets the same pages, after the same work. See `people.proving`.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.access.limits import within_limit
from sertakan.contributions.own_cover import own_cover
from sertakan.messages.errors import TooManyCodes
from sertakan.people.encryption import decrypt, encrypt
from sertakan.people.models import Person
from sertakan.people.proving import ask_for_code, note_own_look, prove
from sertakan.web import clock
from sertakan.web.addresses import client_address
from sertakan.web.forms import DayField, Form, NikField, sent

ASKED, PROVED = "own_cover_asked", "own_cover_proved"  # in the session
LASTS = timedelta(minutes=15)
HOUR = 3600
MOST_BY_ADDRESS, MOST_BY_NIK, MOST_CODES_TYPED = 20, 10, 40
TOO_MANY = _("This was tried too often. Please try again in an hour.")


class PersonForm(Form):
    """Who asks."""

    nik = NikField(label=_("NIK"), help_text=_("The 16 digits on the KTP."))
    birth_date = DayField(label=_("Date of birth"), help_text=_("As it stands on the KTP."))


class CodeForm(Form):
    """The code that was sent."""

    code = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=_("Code"),
        help_text=_("Six digits, in a message to the phone on file."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}
        ),
        error_messages={"invalid": _("Write the six digits of the code.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_cover(request: HttpRequest) -> HttpResponse:
    """Ask for the NIK and the birth date, and send a code."""
    form = PersonForm(**sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            nik, birth_date = form.cleaned_data["nik"], form.cleaned_data["birth_date"]
            if _send(request, nik, birth_date, clock.now()):
                return redirect("check-cover-code")
            form.add_error(None, TOO_MANY)
            status = 429
    return render(request, "web/public/check_cover.html", {"form": form}, status=status)


def _send(request: HttpRequest, nik: str, birth_date: date, now: datetime) -> bool:
    by_address = within_limit(
        "own_cover", client_address(request), most=MOST_BY_ADDRESS, seconds=HOUR, now=now
    )
    by_nik = within_limit("own_cover_nik", nik, most=MOST_BY_NIK, seconds=HOUR, now=now)
    if not (by_address and by_nik):
        return False
    try:
        ask_for_code(nik=nik, birth_date=birth_date, now=now)
    except TooManyCodes:
        return False
    told = json.dumps([nik, birth_date.isoformat()])
    request.session[ASKED] = encrypt(told, ASKED).hex()
    request.session.pop(PROVED, None)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_cover_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    sealed = request.session.get(ASKED)
    if sealed is None:
        return redirect("check-cover")
    form = CodeForm(**sent(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _try(request, form, sealed)
            if status == 302:
                return redirect("check-cover-result")
    return render(request, "web/public/check_cover_code.html", {"form": form}, status=status)


def _try(request: HttpRequest, form: CodeForm, sealed: str) -> int:
    """The status of the answer to a code; 302 where it was right."""
    now = clock.now()
    address = client_address(request)
    if not within_limit("own_cover_code", address, most=MOST_CODES_TYPED, seconds=HOUR, now=now):
        form.add_error(None, TOO_MANY)
        return 429
    nik, birth_date = json.loads(decrypt(bytes.fromhex(sealed), ASKED))
    person = prove(
        nik=nik,
        birth_date=date.fromisoformat(birth_date),
        code=form.cleaned_data["code"],
        now=now,
    )
    if person is None:
        form.add_error(
            "code",
            _("This code is not right, or not any more. After five attempts ask for a new one."),
        )
        return 422
    request.session.cycle_key()
    request.session.pop(ASKED, None)
    request.session[PROVED] = [person.pk, (now + LASTS).isoformat()]
    return 302


@never_cache
@require_safe
def check_cover_result(request: HttpRequest) -> HttpResponse:
    """What is paid, until when, by whom, and what to do when something happens."""
    person = _proved(request)
    if person is None:
        return redirect("check-cover")
    note_own_look(person=person, now=clock.now())
    shown: dict[str, Any] = {"person": person, "own": own_cover(person, on=clock.today())}
    return render(request, "web/public/check_cover_result.html", shown)


def _proved(request: HttpRequest) -> Person | None:
    """The person whose code was right a short time ago."""
    proved = request.session.get(PROVED)
    if proved is None or datetime.fromisoformat(proved[1]) < clock.now():
        return None
    return Person.objects.filter(pk=proved[0]).first()

"""Reporting a death at the desk: find the person, a question a page, check, send.

What is told is kept in the officer's session, encrypted, until it is sent or thrown away.
"""

import json
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sertakan.audit.errors import Refused
from sertakan.claims.models import Claim
from sertakan.claims.operations import receive_document, report
from sertakan.encryption.at_rest import decrypt, encrypt
from sertakan.people.models import Person
from sertakan.people.queries import by_nik, masked_nik, search
from sertakan.vocabulary import nik_fault
from sertakan.web import clock
from sertakan.web.branch.report_forms import Told
from sertakan.web.branch.report_steps import BY_WORD, STEPS, after, merged, row_forms
from sertakan.web.branch.told_lines import report_lines
from sertakan.web.forms import Form, sent
from sertakan.web.guard import seen, user_of

KEPT, FIELD = "claim_report", "claim_report"
FEWEST_LETTERS = 3
NEEDED = ("person", "died_on", "cause", "reporter_name")


class WhoForm(Form):
    """Who has died."""

    who = forms.CharField(
        label=gettext_lazy("Name or NIK of the person who died"),
        min_length=FEWEST_LETTERS,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@sensitive_post_parameters("who")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find the person among those whom this branch insures; choose one and go on."""
    if "person" in request.POST:
        return _chosen(request)
    form = WhoForm(**sent(request))
    people = _found(request, form.cleaned_data["who"]) if form.is_valid() else None
    return render(
        request,
        "web/branch/claim_find.html",
        {
            "form": form,
            "people": people and [(person, masked_nik(person)) for person in people],
            "kept": told_in(request),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _found(request: HttpRequest, who: str) -> list[Person]:
    digits = "".join(mark for mark in who if mark not in " .-")
    if digits.isascii() and digits.isdecimal():
        person = None if nik_fault(digits) else by_nik(digits)
        keys = [person.pk] if person else []
    else:
        keys = [person.pk for person in search(who, limit=20)]
    people = seen(request, Person.objects.filter(pk__in=keys)).select_related("region", "claim")
    return sorted(people, key=lambda person: keys.index(person.pk))


def _chosen(request: HttpRequest) -> HttpResponse:
    written = request.POST["person"]
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 18 else 0
    person = seen(request, Person.objects.filter(pk=number)).first()
    if person is None:
        raise Http404
    claim = Claim.objects.filter(person=person).first()
    if claim is not None:
        return redirect("branch-claim", reference=claim.reference)
    keep(request, {"person": person.pk, "statements": {}})
    return redirect("branch-claim-report", step=STEPS[0].word)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One question of the report."""
    asked, told = BY_WORD.get(step), told_in(request)
    if asked is None:
        raise Http404
    if "person" not in told:
        return redirect("branch-claim-find")
    person = _person(request, told)
    form = asked.sent(request) if request.method == "POST" else asked.begun(told)
    status = 200
    if request.method == "POST" and "add" not in request.POST:
        if form.is_valid():
            keep(request, merged(told, form.told()))
            following = after(asked)
            if following is None or "check" in request.GET:
                return redirect("branch-claim-check")
            return redirect("branch-claim-report", step=following.word)
        status = 422
    return render(
        request,
        "web/branch/claim_step.html",
        {
            "step": asked,
            "number": STEPS.index(asked) + 1,
            "of": len(STEPS),
            "before": STEPS[STEPS.index(asked) - 1] if asked is not STEPS[0] else None,
            "form": form,
            "rows": row_forms(form),
            "adding": "add" in request.POST,
            "person": person,
            "status": status,
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything that was told, to be checked and sent."""
    told = told_in(request)
    if "person" not in told:
        return redirect("branch-claim-find")
    missing = next((name for name in NEEDED if not told.get(name)), None)
    if missing:
        return redirect(
            "branch-claim-report", step="pelapor" if "reporter" in missing else "kematian"
        )
    person = _person(request, told)
    form = Form(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            claim = _send(request, person, told)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            request.session.pop(KEPT, None)
            messages.success(request, _("The death is reported: claim %s.") % claim.reference)
            return redirect("branch-claim", reference=claim.reference)
    return render(
        request,
        "web/branch/claim_check.html",
        {
            "form": form,
            "person": person,
            "nik": masked_nik(person),
            "lines": report_lines(told),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _send(request: HttpRequest, person: Person, told: Told) -> Claim:
    by, now, today = user_of(request), clock.now(), clock.today()
    claim = report(
        person=person,
        died_on=date.fromisoformat(told["died_on"]),
        cause=told["cause"],
        statements={name: each for name, each in told["statements"].items() if _known(name, each)},
        reporter_name=told["reporter_name"],
        reporter_relation=told["reporter_relation"],
        reporter_phone=told.get("reporter_phone", ""),
        reporter_email=told.get("reporter_email", ""),
        reported_on=today,
        by=by,
        now=now,
    )
    for kind in told.get("papers", []):
        on = date.fromisoformat(told["papers_on"])
        receive_document(claim=claim, kind=kind, received_on=on, by=by, now=now)
    return claim


def _known(name: str, value: Any) -> bool:
    """A will of None says that there is none; None of anything else, that nobody knows."""
    return value is not None or name == "will"


def told_in(request: HttpRequest) -> Told:
    """What was told so far, in this session."""
    kept = request.session.get(KEPT)
    return dict(json.loads(decrypt(bytes.fromhex(kept), FIELD))) if kept else {}


def keep(request: HttpRequest, told: Told) -> None:
    """Keep what is told for the next page."""
    request.session[KEPT] = encrypt(json.dumps(told), FIELD).hex()


def _person(request: HttpRequest, told: Told) -> Person:
    person = (
        seen(request, Person.objects.select_related("region")).filter(pk=told["person"]).first()
    )
    if person is None:
        raise Http404
    return person

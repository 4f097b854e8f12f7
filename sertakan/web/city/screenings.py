"""Everyone enrolled, held against new lists of deaths and of other insurance."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sertakan.audit.errors import Refused
from sertakan.contributions.errors import NothingToTakeBack
from sertakan.contributions.operations import take_back
from sertakan.enrolment.models import Finding, FindingState, Screening
from sertakan.enrolment.screening import apply, dismiss, screen
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.lists import paged

LARGEST = 50 * 1024 * 1024  # bytes
LONGEST_NAME = 60  # characters; a file system counts up to 255 bytes


class Lists(Form):
    """The lists to hold everyone against."""

    deaths = forms.FileField(
        label=gettext_lazy("Deaths"),
        required=False,
        help_text=gettext_lazy("CSV with the headings nik, nama, tanggal_meninggal."),
    )
    covered = forms.FileField(
        label=gettext_lazy("Insured elsewhere"),
        required=False,
        help_text=gettext_lazy("CSV with the headings nik, nama, segmen, sponsor, aktif_sampai."),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in ("deaths", "covered"):
            file = told.get(name)
            if file and file.size > LARGEST:
                self.add_error(name, _("The file is larger than 50 MB."))
        return told


def screenings(request: HttpRequest) -> HttpResponse:
    """What was found so far, and a new screening."""
    form = Lists(**sent(request))
    if form.is_valid():
        try:
            made = _screened(request, form)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Everyone enrolled was held against the lists."))
            return redirect("city-screening", pk=made.pk)
    counted = {
        name: Count("findings", filter=Q(findings__in=seen(request, _findings(state))))
        for name, state in (("open", FindingState.OPEN), ("applied", FindingState.APPLIED))
    }
    page = paged(Screening.objects.annotate(**counted), request, size=20)
    return render(
        request,
        "web/city/screenings.html",
        {"form": form, "page": page},
        status=422 if form.is_bound else 200,
    )


def _findings(state: str) -> Any:
    return Finding.objects.filter(state=state)


def _screened(request: HttpRequest, form: Lists) -> Screening:
    with (
        _on_disk(form.cleaned_data["deaths"]) as deaths,
        _on_disk(form.cleaned_data["covered"]) as covered,
    ):
        return screen(
            on=clock.today(), deaths=deaths, covered=covered, by=user_of(request), now=clock.now()
        )


@contextmanager
def _on_disk(file: Any) -> Iterator[Path | None]:
    """The file under the end of its own name, in a private folder that goes away."""
    if file is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name or "list.csv").name[-LONGEST_NAME:]
        with path.open("wb") as written:
            for part in file.chunks():
                written.write(part)
        yield path


@require_safe
def screening(request: HttpRequest, pk: int) -> HttpResponse:
    """What one screening found among the city's people."""
    one = Screening.objects.filter(pk=pk).first()
    findings = seen(request, Finding.objects.filter(screening=pk)).select_related(
        "enrolment__person", "enrolment__agreement__sponsor"
    )
    if one is None:
        return redirect("city-screenings")
    page = paged(findings, request, newest_first=False)
    undecided = findings.filter(state=FindingState.OPEN).count()
    return render(
        request, "web/city/screening.html", {"screening": one, "page": page, "open": undecided}
    )


def applying(request: HttpRequest, pk: int) -> HttpResponse:
    """End all enrolments that were found; what was billed for later months is taken back."""
    form = Form(**sent(request))
    findings = list(
        seen(request, Finding.objects.filter(screening=pk, state=FindingState.OPEN)).values_list(
            "pk", "enrolment_id"
        )
    )
    if form.is_valid() and findings:
        one = Screening.objects.get(pk=pk)
        try:
            ended = apply(
                screening=one,
                findings=[key for key, _e in findings],
                by=user_of(request),
                now=clock.now(),
            )
            _take_back([enrolment for _k, enrolment in findings], request)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%s enrolments are ended; their places are free.") % ended)
            return redirect("city-screening", pk=pk)
    return render(
        request,
        "web/city/screening_apply.html",
        {"form": form, "count": len(findings), "screening": pk},
        status=422 if form.is_bound else 200,
    )


def _take_back(enrolments: list[int], request: HttpRequest) -> None:
    try:
        take_back(enrolments=enrolments, on=clock.today(), by=user_of(request), now=clock.now())
    except NothingToTakeBack:
        messages.info(request, _("No bill charges a month that is no longer promised."))


def dismissing(request: HttpRequest, pk: int) -> HttpResponse:
    """The list is wrong about this one: they stay enrolled."""
    one = found(request, Finding.objects.select_related("enrolment__person", "screening"), pk=pk)
    form = Form(**sent(request))
    if form.is_valid():
        try:
            dismiss(
                findings=[one.pk], screening=one.screening, by=user_of(request), now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("%s stays enrolled.") % one.enrolment.person.name)
            return redirect("city-screening", pk=one.screening_id)
    return render(
        request,
        "web/city/finding_dismiss.html",
        {"finding": one, "form": form},
        status=422 if form.is_bound else 200,
    )

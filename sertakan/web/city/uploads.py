"""One upload: how far its check is, what was found, and whether it is taken in."""

from collections import Counter
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sertakan.audit.errors import Refused
from sertakan.enrolment import upload_files, uploading
from sertakan.enrolment.models import Outcome, RosterUpload, UploadState
from sertakan.rosters.reporting.sentences import sentences
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.web import clock
from sertakan.web.city.row_words import OUTCOMES, REASONS, words_of
from sertakan.web.forms import DayField, Form, sent
from sertakan.web.guard import found, seen, user_of
from sertakan.web.masking import masked
from sertakan.web.numbers import asked_for
from sertakan.web.words import CATEGORIES
from sertakan.work.models import Job, State
from sertakan.work.operations import retry
from sertakan.work.queries import of_scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_PAGE = 50


class AgreementChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An agreement by its number, who pays, and for which kinds of work."""

    def label_from_instance(self, agreement: Agreement) -> str:
        work = [str(CATEGORIES[each]) for each in agreement.categories] or [_("every category")]
        return f"{agreement.number} · {agreement.sponsor.name} · {', '.join(work)}"


class TakeInForm(Form):
    """Under which agreement, and from which day."""

    agreement = AgreementChoice(
        label=gettext_lazy("Agreement"),
        queryset=Agreement.objects.none(),
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy(
            "Who pays, and for which kinds of work: rows of another kind are not enrolled. Only "
            "agreements in force can be chosen."
        ),
    )
    starts_on = DayField(
        label=gettext_lazy("Enrolled from"),
        required=False,
        help_text=gettext_lazy(
            "Left empty: the day of the check, or the agreement's first day if that is later."
        ),
    )

    def __init__(self, *args: Any, agreements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]


@require_safe
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; what was found; the form that takes it in."""
    one = _found(request, pk)
    return render(request, "web/city/upload.html", _told(request, one, _take_in_form(request)))


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that need work, of one file, for one reason, with one outcome, or all."""
    one = _found(request, pk)
    file, reason, outcome = (request.GET.get(name, "") for name in ("file", "reason", "outcome"))
    try:
        problems = upload_files.rows_of(one, only_problems=True)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("city-upload", pk=pk)
    number = asked_for(file)
    if number is not None and number < len(one.files):
        problems = problems.filter(pl.col("file") == one.files[number]["name"])
    if outcome in OUTCOMES:
        problems = problems.filter(pl.col("outcome") == outcome)
    if reason in REASONS:
        problems = problems.filter(pl.col("reasons").str.split(";").list.contains(reason))
    asked = min(asked_for(request.GET.get("from", "")) or 0, problems.height)
    first = asked // ROWS_A_PAGE * ROWS_A_PAGE
    told = {
        "upload": one,
        "files": [(str(number), each["name"]) for number, each in enumerate(one.files)],
        "outcomes": [(key, word) for key, word in OUTCOMES.items() if key != Outcome.ACCEPTED],
        "reasons": [(reason, REASONS[reason]) for reason in _by_reason(one)],
        "chosen": {"file": file, "reason": reason, "outcome": outcome},
        "rows": [
            _shown(row) for row in problems[first : first + ROWS_A_PAGE].iter_rows(named=True)
        ],
        "found": problems.height,
        "page": _pages(request, first, problems.height),
    }
    return render(request, "web/city/upload_rows.html", told)


@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbooks to send back: all as a ZIP, or that of one file."""
    one = _found(request, pk)
    written = request.GET.get("file", "")
    number = asked_for(written)
    try:
        if not written:
            return _download(upload_files.errors_of(one), f"perbaikan-{pk}.zip", "application/zip")
        if number is None or number >= len(one.files):
            raise BadRequest
        workbook = upload_files.error_workbook_of(one, number)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("city-upload", pk=pk)
    if workbook is None:
        raise Http404
    name, data = workbook
    return _download(data, name, XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what was checked."""
    one = found(request, RosterUpload.objects.select_related("uploaded_by", "region"), pk=pk)
    if request.method != "POST":
        return redirect("city-upload", pk=pk)
    form = _take_in_form(request)
    if form.is_valid():
        try:
            uploading.begin_take_in(
                upload=one,
                agreement=form.cleaned_data["agreement"],
                starts_on=form.cleaned_data["starts_on"],
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("city-upload", pk=pk)
    return render(request, "web/city/upload.html", _told(request, one, form), status=422)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The upload is not taken in."""
    one = found(request, RosterUpload.objects.all(), pk=pk)
    try:
        uploading.discard(upload=one, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("city-upload", pk=pk)
    messages.success(request, _("The upload was discarded, and its files were deleted."))
    return redirect("city-rosters")


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Check once more what could not be checked."""
    one = found(request, RosterUpload.objects.all(), pk=pk)
    job = _job(one, uploading.CHECK)
    try:
        if job is not None:
            retry(job=job, by=user_of(request), now=clock.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("city-upload", pk=pk)


def _found(request: HttpRequest, pk: int) -> RosterUpload:
    records = RosterUpload.objects.select_related(
        "uploaded_by", "region", "roster_import__agreement"
    )
    return found(request, records, pk=pk)


def _take_in_form(request: HttpRequest) -> TakeInForm:
    day = clock.today()
    agreements = seen(request, Agreement.objects.filter(state=AgreementState.APPROVED))
    in_force = agreements.filter(ends_on__gt=day).select_related("sponsor").order_by("number")
    return TakeInForm(agreements=in_force, **sent(request))


def _told(request: HttpRequest, one: RosterUpload, form: TakeInForm) -> dict[str, Any]:
    check, taking_in = _job(one, uploading.CHECK), _job(one, uploading.TAKE_IN)
    job = taking_in or check
    return {
        "upload": one,
        "job": job,
        "runs": job is not None and not job.has_ended,
        "failed": job if job is not None and job.state == State.FAILED else None,
        "taken": _taken(taking_in),
        "files": list(enumerate(one.files)),
        "by_file": _by_file(one),
        "by_reason": [
            (reason, REASONS.get(reason, reason), count)
            for reason, count in _by_reason(one).items()
        ],
        "outcomes": [(key, word, getattr(one, key)) for key, word in OUTCOMES.items()],
        "form": form,
        "files_there": one.forgotten_at is None and one.state != UploadState.CHECKING,
    }  # fmt: skip


def _job(one: RosterUpload, kind: str) -> Job | None:
    """The latest of its jobs of this kind."""
    return of_scope(uploading.scope_of(one), kind=kind).first()


def _taken(job: Job | None) -> dict[str, Any] | None:
    if job is None or job.state != State.DONE or not job.result:
        return None
    left_out = [(words_of([reason])[0], count) for reason, count in job.result["left_out"].items()]
    return {**job.result, "left_out": left_out}


def _by_file(one: RosterUpload) -> list[dict[str, Any]]:
    """Each file with its number and how many rows of each outcome it has."""
    counted: Counter[tuple[int, str]] = Counter()
    for number, outcome, _reasons, count in one.summary:
        counted[number, outcome] += count
    return [
        {
            **file,
            "number": number,
            "outcomes": [(outcome, counted[number, outcome]) for outcome in OUTCOMES],
        }
        for number, file in enumerate(one.files)
    ]


def _by_reason(one: RosterUpload) -> dict[str, int]:
    """How many rows each reason concerns, the most first. A row may have several."""
    counted: Counter[str] = Counter()
    for _number, _outcome, reasons, count in one.summary:
        for reason in filter(None, reasons.split(";")):
            counted[reason] += count
    return dict(counted.most_common())


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": row["file"],
        "sheet": row["sheet"],
        "row": row["row"],
        "name": row["name"],
        "nik": masked(row["nik"] or row["nik_read"]),
        "outcome": row["outcome"],
        "why": sentences(row),
    }


def _pages(request: HttpRequest, first: int, count: int) -> dict[str, str]:
    def address(start: int) -> str:
        asked = request.GET.copy()
        asked["from"] = str(start)
        return f"?{asked.urlencode()}"

    return {
        "newer": address(first - ROWS_A_PAGE) if first else "",
        "older": address(first + ROWS_A_PAGE) if first + ROWS_A_PAGE < count else "",
    }


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    patch_cache_control(response, private=True, no_store=True)
    return response

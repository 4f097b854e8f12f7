"""Rosters: those that wait to be taken in, those that were, and giving new ones."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sertakan.access.queries import may_open
from sertakan.audit.errors import Refused
from sertakan.enrolment.models import RosterImport, RosterUpload, UploadState
from sertakan.enrolment.uploading import FILES_AT_MOST, Sent, upload
from sertakan.regions.models import Region
from sertakan.rosters.reading.limits import MEGABYTE, WORKBOOK_BYTES
from sertakan.web import clock
from sertakan.web.forms import DayField, Form, ManyFilesField, ManyFilesInput, sent
from sertakan.web.guard import acting, seen, user_of
from sertakan.web.lists import paged

TOGETHER_BYTES = 512 * MEGABYTE
KINDS = ".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.tsv,.txt"
WAITING = (UploadState.CHECKING, UploadState.CHECKED)


class UploadForm(Form):
    """Files, and the lists to check them against."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Rosters"),
        help_text=gettext_lazy(
            "Excel, LibreOffice or CSV files, as the offices sent them: up to 100 at once, 64 MB "
            "each. Nothing is recorded yet; first you see what was found."
        ),
        widget=ManyFilesInput(attrs={"accept": KINDS}),
        allow_empty_file=True,
    )
    checked_on = DayField(
        label=gettext_lazy("Ages and dates count as of"),
        help_text=gettext_lazy("Usually today. It becomes the day of acceptance."),
    )
    covered = forms.FileField(
        label=gettext_lazy("List of those who are insured already"),
        required=False,
        help_text=gettext_lazy(
            "CSV from BPJS Ketenagakerjaan: nik, nama, segmen, sponsor, aktif_sampai. Those whom "
            "our own records know as enrolled are found in any case."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )
    deaths = forms.FileField(
        label=gettext_lazy("List of deaths"),
        required=False,
        help_text=gettext_lazy(
            "CSV from the civil registry: nik, nama, tanggal_meninggal. Those whom our own "
            "records know as dead are found in any case."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )

    def clean_files(self) -> "list[UploadedFile[Any]]":
        """Sizes that can be read. How many there are is asked before the files are."""
        files: list[UploadedFile[Any]] = self.cleaned_data["files"]
        if len(files) > FILES_AT_MOST:
            raise forms.ValidationError(
                _("At most %s files at once; please send the rest after.") % FILES_AT_MOST
            )
        for file in files:
            _refuse_too_big(file)
        if sum(file.size or 0 for file in files) > TOGETHER_BYTES:
            raise forms.ValidationError(
                _("These files are too big together (at most %s MB); please send them in parts.")
                % (TOGETHER_BYTES // MEGABYTE)
            )
        return files

    def clean_covered(self) -> "UploadedFile[Any] | None":
        return _refuse_too_big(self.cleaned_data["covered"])

    def clean_deaths(self) -> "UploadedFile[Any] | None":
        return _refuse_too_big(self.cleaned_data["deaths"])


def _refuse_too_big(file: "UploadedFile[Any] | None") -> "UploadedFile[Any] | None":
    if file is not None and (file.size or 0) > WORKBOOK_BYTES:
        raise forms.ValidationError(
            _("%(file)s is too big (%(size)s MB; at most %(limit)s MB). Please split it.")
            % {
                "file": file.name,
                "size": (file.size or 0) // MEGABYTE,
                "limit": WORKBOOK_BYTES // MEGABYTE,
            }
        )
    return file


@require_safe
def rosters(request: HttpRequest) -> HttpResponse:
    """What waits to be taken in, and every import."""
    uploads = seen(request, RosterUpload.objects.all())
    if not may_open(acting(request), "city-upload-take-in"):
        waiting = uploads  # whoever may only propose follows what became of it
    else:
        waiting = uploads.filter(state__in=WAITING)
    imports = seen(
        request, RosterImport.objects.select_related("agreement__sponsor", "imported_by")
    )
    page = paged(imports, request)
    still_open = RosterImport.objects.filter(pk__in=[row.pk for row in page.rows]).annotate(
        open=Count("roster_rows", filter=Q(roster_rows__state="open"))
    )
    rows_open = dict(still_open.values_list("pk", "open"))
    told: dict[str, Any] = {
        "uploads": waiting.select_related("uploaded_by", "region").order_by("-pk")[:50],
        "page": page,
        "imports": [(one, rows_open[one.pk]) for one in page.rows],
    }
    return render(request, "web/city/rosters.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_rosters(request: HttpRequest) -> HttpResponse:
    """Give files to be checked."""
    form = UploadForm(initial={"checked_on": clock.today()}, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = _given(request, form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "files")
        else:
            told = ngettext(
                "%s file was received. It is being checked.",
                "%s files were received. They are being checked.",
                len(given.files),
            )
            messages.success(request, told % len(given.files))
            return redirect("city-upload", pk=given.pk)
    status = 422 if form.errors else 200
    return render(request, "web/city/roster_upload.html", {"form": form}, status=status)


def _given(request: HttpRequest, told: dict[str, Any]) -> RosterUpload:
    appointment = acting(request)
    region = Region.objects.get(pk=appointment.region_id if appointment else "")
    covered, deaths = told["covered"], told["deaths"]
    return upload(
        files=[Sent(file.name or "", file.read()) for file in told["files"]],
        region=region,
        checked_on=told["checked_on"],
        covered=covered.read() if covered else None,
        deaths=deaths.read() if deaths else None,
        by=user_of(request),
        now=clock.now(),
    )

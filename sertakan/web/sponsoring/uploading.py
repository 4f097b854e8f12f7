"""Uploading a list: its rows are read as the city's are, and mended here one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sertakan.enrolment.consents import CURRENT, WORDINGS
from sertakan.rosters.check import Checked, check
from sertakan.sponsors.drafts import Content
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import user_of
from sertakan.web.sponsoring.checks import TOO_MANY, may_check_list
from sertakan.web.sponsoring.drafting import MOST_WORKERS, change, put_worker, sponsor_of

LARGEST = 5 * 1024 * 1024
KINDS = (".xlsx", ".xls", ".ods", ".csv")


class UploadForm(Form):
    """A file, and what is declared of everybody in it."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "Excel, LibreOffice or CSV. Columns for NIK and name; birth date, job, income, "
            "kelurahan and phone where you have them."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I declare this for everybody in the list."),
        error_messages={
            "required": gettext_lazy("Without the workers’ consent they cannot be covered.")
        },
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(KINDS):
            raise forms.ValidationError(
                _("This is no list: choose an Excel, LibreOffice or CSV file.")
            )
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file


def upload(request: HttpRequest) -> HttpResponse:
    """Take the rows of a file into the draft; those with problems as well, to be mended."""
    form = UploadForm(**sent(request))
    if request.method == "POST" and form.is_valid() and not may_check_list(request):
        form.add_error(None, TOO_MANY)
    elif request.method == "POST" and form.is_valid():
        checked = _checked(form.cleaned_data["file"], sponsor_of(request).region_id or "")
        workers = list(_workers(checked))
        if problem := _problem(checked, workers):
            form.add_error("file", problem)
        else:
            consent = {
                "wording": CURRENT, "at": clock.now().isoformat(), "by": user_of(request).pk,
            }  # fmt: skip
            added = _take_in(request, workers, consent)
            messages.success(
                request,
                ngettext("%s row was taken in.", "%s rows were taken in.", added) % added,
            )
            return redirect("sponsor-people")
    told = {"form": form, "wording": WORDINGS[CURRENT]}
    return render(request, "web/sponsoring/upload.html", told, status=422 if form.errors else 200)


def _checked(file: UploadedFile[bytes], home: str) -> Checked:
    """What the rows of the file mean. The file is kept only while it is read."""
    with tempfile.TemporaryDirectory() as folder:
        name = Path(file.name or "daftar").name
        path = Path(folder) / f"daftar{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            for piece in file.chunks():
                out.write(piece)
        return check([path], clock.today(), ".".join(home.split(".")[:2]))


def _problem(checked: Checked, workers: list[dict[str, Any]]) -> str:
    if checked.refused:
        return checked.refused[0].refused
    if not workers:
        return _("No row of this file holds a person.")
    if len(workers) > MOST_WORKERS:
        return _("The list is longer than %s rows. Please split it.") % MOST_WORKERS
    return ""


def _workers(checked: Checked) -> list[dict[str, Any]]:
    rows = checked.rows
    if not rows.height:
        return []
    told = rows.select(
        "nik", "name", "category", "sector", "income", "region", "phone",
        birth_date=pl.col("birth_date").dt.to_string("%Y-%m-%d"),
    )  # fmt: skip
    return [
        {name: value if value is not None else "" for name, value in row.items()}
        | {"income": row["income"], "birth_date": row["birth_date"]}
        for row in told.iter_rows(named=True)
    ]


def _take_in(request: HttpRequest, workers: list[dict[str, Any]], consent: dict[str, Any]) -> int:
    """Add those whose NIK does not stand in the draft yet; how many. A second sending adds none."""
    added: list[int] = []

    def add(content: Content) -> None:
        known = {each["nik"] for each in content.get("workers", []) if each.get("nik")}
        for worker in workers:
            if worker["nik"] in known:
                continue
            told = {**worker, "income": 0 if worker["income"] is None else worker["income"]}
            added.append(put_worker(content, {**told, "consent": consent}))

    change(request, add)
    return len(added)

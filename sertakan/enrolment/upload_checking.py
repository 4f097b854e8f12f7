"""What the worker does with an upload: check its files, and take in what was found."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.enrolment import imports, upload_files
from sertakan.enrolment.errors import CannotUpload
from sertakan.enrolment.imports import TakenIn
from sertakan.enrolment.models import Outcome, RosterUpload, UploadState
from sertakan.enrolment.uploading import held
from sertakan.people.encryption import nik_index_many
from sertakan.rosters.check import Checked, CheckedFile, check
from sertakan.rosters.judging.reference import BadReference
from sertakan.rosters.reporting.error_workbooks import write_error_workbooks
from sertakan.sponsors.models import Agreement

Heard = Callable[[int, int, str], None]

KNOWN = """
    SELECT count(*) FILTER (WHERE p.died_on IS NULL AND EXISTS (
            SELECT FROM enrolment_enrolment e
            WHERE e.person_id = coalesce(p.merged_into_id, p.id) AND e.ends_on > %(on)s
        )),
        count(*) FILTER (WHERE p.died_on IS NOT NULL)
    FROM people_person p WHERE p.nik_index = ANY(%(niks)s)
"""


@transaction.atomic
def check_files(*, upload: int, heard: Heard) -> RosterUpload:
    """Check every file; what is found is kept sealed, how much of it in the upload's row.

    `heard` is told of each file: its number from 1, how many there are, its name. Raises
    CannotUpload where a list to check against cannot be used or the files were checked before.
    """
    sent = RosterUpload.objects.select_for_update(of=("self",)).get(pk=upload)
    if sent.state != UploadState.CHECKING:
        raise CannotUpload(_("These files were checked already."))
    with upload_files.opened(sent) as folder:
        checked = _checked(sent, folder, heard)
        errors = write_error_workbooks(checked, folder / "errors")
        upload_files.keep_errors(sent, errors)
    upload_files.keep_rows(sent, checked.rows)
    _note(sent, checked, {path.name for path in errors})
    return sent


@transaction.atomic
def take_in(
    *, upload: int, agreement: int, starts_on: date | None, by: User, now: datetime
) -> TakenIn:
    """Take in what was checked. The files are deleted; workbooks to send back stay a while.

    Raises what `imports.take_in` raises, CannotUpload, FilesGone.
    """
    sent = held(RosterUpload(pk=upload))
    taken = imports.take_in(
        checked=_as_checked(sent),
        agreement=Agreement.objects.get(pk=agreement),
        starts_on=starts_on,
        checked_on=sent.checked_on,
        by=by,
        now=now,
    )
    sent.state, sent.roster_import = UploadState.TAKEN_IN, taken.roster_import
    sent.save(update_fields=["state", "roster_import"])
    transaction.on_commit(lambda: upload_files.forget(sent.pk, but=[upload_files.ERRORS]))
    return taken


def _checked(sent: RosterUpload, folder: Path, heard: Heard) -> Checked:
    try:
        return check(
            [folder / "sent" / file["name"] for file in sent.files if not file["twice"]],
            sent.checked_on,
            sent.region_id,
            folder / f"{upload_files.COVERED}.csv" if sent.with_covered else None,
            folder / f"{upload_files.DEATHS}.csv" if sent.with_deaths else None,
            keep_lists=True,
            progress=lambda file, number, count: heard(number, count, file.name),
        )
    except BadReference as bad:
        raise CannotUpload(str(bad)) from None


def _note(sent: RosterUpload, checked: Checked, errors: set[str]) -> None:
    """What stands in the row of the upload: numbers and words, nothing personal."""
    found = {file.name: file for file in checked.files}
    for file in sent.files:
        about = found.get(file["name"])
        if about is not None:
            file.update(rows=about.rows, refused=about.refused or about.skipped, notes=about.notes)
            file["errors"] = _error_name(file["name"], errors)
    numbers = {file["name"]: number for number, file in enumerate(sent.files)}
    counted = checked.rows.group_by("file", "outcome", "reasons").len().sort("file", "reasons")
    sent.summary = [
        [numbers[file], outcome, reasons, rows]
        for file, outcome, reasons, rows in counted.iter_rows()
    ]
    sent.rows = checked.rows.height
    for outcome in Outcome.values:
        setattr(sent, outcome, sum(line[3] for line in sent.summary if line[1] == outcome))
    sent.known_enrolled, sent.known_dead = _known(checked.rows, sent.checked_on)
    sent.state = UploadState.CHECKED
    sent.save()


def _error_name(file: str, errors: set[str]) -> str:
    """The workbook to send back for a file: named after it, with its ending where two are alike."""
    stem = file.rpartition(".")[0] or file
    return next(
        (name for name in (f"{file}_perbaikan.xlsx", f"{stem}_perbaikan.xlsx") if name in errors),
        "",
    )


def _known(rows: pl.DataFrame, on: date) -> tuple[int, int]:
    """How many of those accepted our own records know as enrolled after `on`, and as dead."""
    niks = rows.filter(pl.col("outcome") == Outcome.ACCEPTED)["nik"].drop_nulls().to_list()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"on": on, "niks": nik_index_many(niks)})
        enrolled, dead = cursor.fetchone()
    return int(enrolled), int(dead)


def _as_checked(sent: RosterUpload) -> Checked:
    files = [
        CheckedFile(
            path=Path(file["name"]),
            name=file["name"],
            sha256=file["sha256"],
            rows=file["rows"],
            refused=file["refused"],
            notes=file["notes"],
        )
        for file in sent.files
        if not file["twice"]
    ]
    return Checked(upload_files.rows_of(sent), files)


def told(taken: TakenIn) -> dict[str, Any]:
    """What the page shows of it: the `result` of the job."""
    return {
        "import": taken.roster_import.pk,
        "enrolled": taken.enrolled,
        "waiting": taken.waiting,
        "left_out": dict(taken.left_out),
        "known_files": list(taken.known_files),
    }

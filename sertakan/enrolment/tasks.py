"""What the worker does for enrolment: checking rosters, taking them in, deleting their files."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sertakan.enrolment import upload_checking, upload_files
from sertakan.enrolment.models import RosterUpload, UploadState
from sertakan.enrolment.uploading import CHECK, TAKE_IN
from sertakan.work.kinds import work
from sertakan.work.models import Job
from sertakan.work.periodic import every
from sertakan.work.progress import Progress

KEPT = timedelta(days=30)


@work(CHECK)
def check_roster(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """Check the files of an upload, one after the other."""

    def heard(number: int, count: int, name: str) -> None:
        progress(done=number, total=count, what=name)

    upload = upload_checking.check_files(upload=job.args["upload"], heard=heard)
    return {"rows": upload.rows}


@work(TAKE_IN)
def take_in_roster(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """Take in what was checked, by whoever said so."""
    progress(done=0, what=_("People are being enrolled"))
    day = job.args["starts_on"]
    taken = upload_checking.take_in(
        upload=job.args["upload"],
        agreement=job.args["agreement"],
        starts_on=date.fromisoformat(day) if day else None,
        by=job.started_by,
        now=now,
    )
    return upload_checking.told(taken)


@every("23 18 * * *")
def forget_uploads(*, now: datetime) -> None:
    """Delete the files of uploads a month old, and any that no upload stands for.

    An upload that nobody has taken in by then is discarded.
    """
    old = RosterUpload.objects.filter(forgotten_at=None, uploaded_at__lt=now - KEPT)
    numbers = list(old.values_list("pk", flat=True))
    old.filter(state=UploadState.CHECKED).update(state=UploadState.DISCARDED)
    RosterUpload.objects.filter(pk__in=numbers).update(forgotten_at=now)
    there = set(upload_files.folders())
    wanted = set(
        RosterUpload.objects.filter(pk__in=there, forgotten_at=None).values_list("pk", flat=True)
    )
    for number in there - wanted:
        upload_files.forget(number)

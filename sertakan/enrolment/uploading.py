"""Rosters on their way in: given, checked in the background, looked at, then taken in or not.

Until an officer takes it in, an upload changes nothing in the records.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment import upload_files
from sertakan.enrolment.errors import CannotUpload
from sertakan.enrolment.models import RosterImport, RosterUpload, UploadState
from sertakan.regions.models import Region
from sertakan.sponsors.models import Agreement
from sertakan.work.models import Job
from sertakan.work.operations import start

CHECK, TAKE_IN = "roster_check", "roster_take_in"
FILES_AT_MOST = 100
LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came."""

    name: str
    data: bytes


@transaction.atomic
def upload(
    *,
    files: Sequence[Sent],
    region: Region,
    checked_on: date,
    covered: bytes | None = None,
    deaths: bytes | None = None,
    by: User,
    now: datetime,
) -> RosterUpload:
    """Keep the files, sealed, and let the worker check them as of `checked_on`.

    `covered` and `deaths` are CSV lists to check against (contracts 1). A file that stands among
    them twice is checked once. Raises CannotUpload.
    """
    if not files:
        raise CannotUpload(_("Choose at least one file."))
    if len(files) > FILES_AT_MOST:
        raise CannotUpload(
            _("At most %s files at once; please send the rest after.") % FILES_AT_MOST
        )
    told = _told(files)
    sent = RosterUpload.objects.create(
        region=region,
        checked_on=checked_on,
        files=told,
        with_covered=covered is not None,
        with_deaths=deaths is not None,
        uploaded_at=now,
        uploaded_by=by,
    )
    for number, (file, about) in enumerate(zip(files, told, strict=True)):
        if not about["twice"]:
            upload_files.keep(sent, f"file-{number}", file.data)
    for name, data in ((upload_files.COVERED, covered), (upload_files.DEATHS, deaths)):
        if data is not None:
            upload_files.keep(sent, name, data)
    start(CHECK, args={"upload": sent.pk}, scope=scope_of(sent), alone=True, by=by, now=now)
    record(
        verb="uploaded", subject_type="roster_upload", subject_id=sent.pk, by=by, at=now,
        region=region.pk, files=len(files),
    )  # fmt: skip
    return sent


@transaction.atomic
def begin_take_in(
    *, upload: RosterUpload, agreement: Agreement, starts_on: date | None, by: User, now: datetime
) -> Job:
    """Let the worker take in what was checked, under an agreement.

    Raises CannotUpload, RunsAlready.
    """
    upload = held(upload)
    return start(
        TAKE_IN,
        args={"upload": upload.pk, "agreement": agreement.pk, "starts_on": starts_on},
        scope=scope_of(upload),
        alone=True,
        by=by,
        now=now,
    )


@transaction.atomic
def discard(*, upload: RosterUpload, by: User, now: datetime) -> None:
    """The upload is not taken in; its files are deleted. Raises CannotUpload."""
    upload = held(upload)
    upload.state, upload.forgotten_at = UploadState.DISCARDED, now
    upload.save(update_fields=["state", "forgotten_at"])
    record(verb="discarded", subject_type="roster_upload", subject_id=upload.pk, by=by, at=now)
    transaction.on_commit(lambda: upload_files.forget(upload.pk))


def held(upload: RosterUpload) -> RosterUpload:
    """The upload as it stands, held until the transaction ends, checked and not decided yet.

    Raises CannotUpload.
    """
    upload = RosterUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.state == UploadState.CHECKING:
        raise CannotUpload(_("These files are still being checked."))
    if upload.state != UploadState.CHECKED:
        raise CannotUpload(_("Somebody has taken in or discarded these files a moment ago."))
    return upload


def scope_of(upload: RosterUpload) -> str:
    """What its jobs are about."""
    return f"upload:{upload.pk}"


def _told(files: Sequence[Sent]) -> list[dict[str, Any]]:
    """What `RosterUpload.files` says of each: a name of its own, and whether it came before."""
    told: list[dict[str, Any]] = []
    names: set[str] = set()
    first: dict[str, str] = {}
    hashes = [hashlib.sha256(file.data).hexdigest() for file in files]
    imports = _imports_with(hashes)
    for file, sha256 in zip(files, hashes, strict=True):
        name = _own_name(file.name, names)
        told.append(
            {
                "name": name,
                "bytes": len(file.data),
                "sha256": sha256,
                "rows": 0,
                "refused": "",
                "notes": [],
                "twice": first.get(sha256, ""),
                "imports": imports.get(sha256, []),
            }
        )
        first.setdefault(sha256, name)
    return told


def _own_name(written: str, names: set[str]) -> str:
    """A name that no other file of the upload has: `Klegen (2).xlsx`."""
    path = Path(written.replace("\\", "/").replace("|", "_")).name.lstrip(".~") or "berkas"
    stem, suffix = Path(path).stem[:LONGEST_NAME], Path(path).suffix[:10]
    name, number = f"{stem}{suffix}", 2
    while name.lower() in names:
        name, number = f"{stem} ({number}){suffix}", number + 1
    names.add(name.lower())
    return name


def _imports_with(hashes: Sequence[str]) -> dict[str, list[int]]:
    """By SHA-256, the numbers of the imports that hold such a file and were not undone."""
    found: dict[str, list[int]] = {}
    for sha256 in dict.fromkeys(hashes):
        same = RosterImport.objects.filter(undone_at=None, files__contains=[{"sha256": sha256}])
        numbers = list(same.order_by("pk").values_list("pk", flat=True))
        if numbers:
            found[sha256] = numbers
    return found

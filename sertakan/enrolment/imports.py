"""Taking checked rosters in: people, enrolments, the waiting list, and what is left to decide."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.admission import Admission, admit, held
from sertakan.enrolment.errors import ImportedBefore, NothingToImport
from sertakan.enrolment.models import RosterImport
from sertakan.enrolment.placing import INCOMING
from sertakan.enrolment.rows_kept import CATEGORY_NOT_AGREED, keep_rows
from sertakan.people.operations import register_many
from sertakan.rosters.check import Checked, CheckedFile
from sertakan.sponsors.models import Agreement

OUTCOMES = ("accepted", "rejected", "duplicate", "review")
LONGEST = {"name": 200, "address": 300}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of an import. `left_out`: accepted rows not enrolled, counted by reason.

    `known_files`: names of files that were taken in before, and therefore left aside.
    """

    roster_import: RosterImport
    enrolled: int
    waiting: int
    review: int
    left_out: Mapping[str, int]
    known_files: tuple[str, ...]


@transaction.atomic
def take_in(
    *,
    checked: Checked,
    agreement: Agreement,
    starts_on: date | None = None,
    checked_on: date | None = None,
    by: User,
    now: datetime,
) -> TakenIn:
    """Take in what `rosters.check` found, whole, under one agreement.

    Accepted rows become people, enrolled from `starts_on` in the order of the rows as far as
    there are places; the others wait in line. Every other row is kept with its reasons, and so
    is an accepted one that cannot be enrolled. `checked_on` is the day as of which the rows were
    checked (the day of `now`, if not told), which is the day of acceptance; `starts_on` the later
    of that and the agreement's first day. Files that were taken in before are left aside.
    Raises ImportedBefore where that is all of them, NothingToImport, CannotEnrol.
    """
    checked_on = checked_on or timezone.localdate(now)
    starts_on = starts_on or max(agreement.starts_on, checked_on)
    agreement = held(agreement, starts_on)
    files, known = _new_files(checked, agreement)
    rows = checked.rows.filter(pl.col("file").is_in([file.name for file in files]))
    rows = rows.with_columns(pl.col(pl.String).str.replace_all("\x00", "", literal=True))
    if not rows.height:
        raise NothingToImport(_("No row in these files holds a person."))
    roster_import = _recorded(files, rows, agreement, checked_on, by=by, now=now)

    agreed = pl.lit(True)
    if agreement.categories:
        agreed = pl.col("category").is_in(agreement.categories)
    accepted = rows.filter(pl.col("outcome") == "accepted")
    candidates = _candidates(accepted.filter(agreed), roster_import, by=by, now=now)
    admission = admit(agreement, candidates.select(*INCOMING), starts_on, agreement.ends_on)
    left_out = pl.concat(
        [
            candidates.select("number", "order").join(admission.left_out, on="number"),
            accepted.filter(~agreed).select("order", reason=pl.lit(CATEGORY_NOT_AGREED)),
        ],
        how="diagonal",
    ).select("order", "reason")
    keep_rows(rows, left_out, roster_import)
    taken_in = TakenIn(
        roster_import=roster_import,
        enrolled=admission.enrolled,
        waiting=admission.waiting,
        review=roster_import.review,
        left_out=dict(left_out.group_by("reason").len().sort("reason").iter_rows()),
        known_files=tuple(file.name for file in known),
    )
    _record(taken_in, admission, starts_on, by=by, now=now)
    return taken_in


def _new_files(
    checked: Checked, agreement: Agreement
) -> tuple[list[CheckedFile], list[CheckedFile]]:
    """The files not taken in yet under this agreement, and those that were. Raises."""
    read = [file for file in checked.files if file.sha256 and not file.refused]
    before = RosterImport.objects.filter(agreement=agreement, undone_at=None).order_by("pk")
    first_import = {file["sha256"]: one for one in reversed(before) for file in one.files}
    known = [file for file in read if file.sha256 in first_import]
    if known and len(known) == len(read):
        one = first_import[known[0].sha256]
        raise ImportedBefore(
            _("%(file)s was taken in before, by import %(number)s on %(day)s.")
            % {
                "file": known[0].name,
                "number": one.pk,
                "day": date_format(timezone.localdate(one.imported_at), "j F Y"),
            }
        )
    return [file for file in read if file.sha256 not in first_import], known


def _recorded(
    files: list[CheckedFile],
    rows: pl.DataFrame,
    agreement: Agreement,
    checked_on: date,
    *,
    by: User,
    now: datetime,
) -> RosterImport:
    counted = dict(rows.group_by("outcome").len().iter_rows())
    fingerprint = hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode())
    return RosterImport.objects.create(
        agreement=agreement,
        fingerprint=fingerprint.digest(),
        files=[
            {"file": file.name, "sha256": file.sha256, "rows": file.rows, "notes": file.notes}
            for file in files
        ],
        checked_on=checked_on,
        rows=rows.height,
        **{outcome: counted.get(outcome, 0) for outcome in OUTCOMES},
        imported_at=now,
        imported_by=by,
    )


def _candidates(
    accepted: pl.DataFrame, roster_import: RosterImport, *, by: User, now: datetime
) -> pl.DataFrame:
    """The columns of INCOMING for rows that were accepted, and `order`. People are registered."""
    told = accepted.with_columns(
        *(pl.col(name).str.slice(0, length) for name, length in LONGEST.items()),
        *(_or_null(name) for name in ("region", "phone", "mother_name")),
    )
    people = register_many(told, by=by, now=now)
    return told.with_columns(people.select("person_id", person_is_new="is_new")).select(
        "order",
        "person_id",
        "category",
        "sector",
        "income",
        "person_is_new",
        number=pl.int_range(pl.len(), dtype=pl.Int64),
        accepted_on=pl.lit(roster_import.checked_on),
        region_id="region",
        roster_import_id=pl.lit(roster_import.pk, pl.Int64),
        roster_source=pl.concat_str("file", "sheet", "row", separator="|"),
        replaces_id=pl.lit(None, pl.Int64),
    )


def _or_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)


def _record(
    taken_in: TakenIn, admission: Admission, starts_on: date, *, by: User, now: datetime
) -> None:
    roster_import = taken_in.roster_import
    record(
        verb="taken_in",
        subject_type="roster_import",
        subject_id=roster_import.pk,
        by=by,
        at=now,
        agreement=roster_import.agreement_id,
        starts_on=starts_on,
        rows=roster_import.rows,
        enrolled=admission.enrolled,
        waiting=admission.waiting,
        left_out=dict(taken_in.left_out),
    )

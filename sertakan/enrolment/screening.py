"""The monthly screening: everyone enrolled, held against new lists of deaths and other insurance.

A screening only finds. An officer applies what it found, or dismisses it; then what was billed
for months no longer promised is taken back (`contributions.operations.take_back`), and those in
line take the places (`enrolment.waiting.fill_places`).
"""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.ending import end
from sertakan.enrolment.errors import BadList, CannotDecide
from sertakan.enrolment.models import EndReason, Enrolment, Finding, FindingState, Screening
from sertakan.people.encryption import nik_index_many
from sertakan.people.operations import note_deaths
from sertakan.postgres.bulk import copy_into, temporary_table
from sertakan.rosters.judging.reference import BadReference, read_covered, read_days_of_death

LISTED = {"nik_index": "bytea", "reason": "text", "since": "date"}

# Whoever is promised a day after the death, or a day from the screening on. Death goes first.
FIND = """
    INSERT INTO enrolment_finding (screening_id, enrolment_id, reason, since, state)
    SELECT DISTINCT ON (e.id) %(screening)s, e.id, l.reason, l.since, 'open'
    FROM listed l
    JOIN people_person p ON p.nik_index = l.nik_index
    JOIN people_person same ON same.id = coalesce(p.merged_into_id, p.id)
        OR same.merged_into_id = coalesce(p.merged_into_id, p.id)
    JOIN enrolment_enrolment e ON e.person_id = same.id
    WHERE e.ends_on > l.since + CASE l.reason WHEN 'death' THEN 1 ELSE 0 END
    ORDER BY e.id, l.reason, l.since
"""


@transaction.atomic
def screen(
    *, on: date, deaths: Path | None, covered: Path | None, by: User, now: datetime
) -> Screening:
    """Hold everyone enrolled on or after `on` against the lists, and keep what is found.

    `deaths`: a CSV `nik,nama,tanggal_meninggal`; `covered`: a CSV
    `nik,nama,segmen,sponsor,aktif_sampai`, of insurance that is not ours. Raises BadList.
    """
    listed = _listed(on, deaths, covered)
    screening = Screening.objects.create(
        screened_on=on,
        enrolled=Enrolment.objects.filter(ends_on__gt=on).values("person").distinct().count(),
        screened_at=now,
        screened_by=by,
    )
    with temporary_table("listed", LISTED), connection.cursor() as cursor:
        copy_into("listed", list(LISTED), listed)
        cursor.execute("ANALYZE listed")
        cursor.execute(FIND, {"screening": screening.pk})
        found = cursor.rowcount
    record(
        verb="screened", subject_type="screening", subject_id=screening.pk, by=by, at=now,
        on=on.isoformat(), enrolled=screening.enrolled, found=found,
    )  # fmt: skip
    return screening


def _listed(on: date, deaths: Path | None, covered: Path | None) -> pl.DataFrame:
    try:
        dead = read_days_of_death(deaths, on) if deaths else None
        insured = read_covered(covered, on) if covered else None
    except BadReference as refused:
        raise BadList(str(refused)) from refused
    lists = [pl.DataFrame(schema={"nik": pl.String, "reason": pl.String, "since": pl.Date})]
    if dead is not None:
        lists.append(dead.select("nik", reason=pl.lit("death"), since="day"))
    if insured is not None:
        lists.append(insured.select("nik", reason=pl.lit("other_insurance"), since=pl.lit(on)))
    listed = pl.concat(lists)
    return listed.with_columns(
        nik_index=pl.Series(nik_index_many(listed["nik"]), dtype=pl.Binary)
    ).select(*LISTED)


def open_findings(screening: Screening) -> QuerySet[Finding]:
    """What nobody has decided yet."""
    return (
        Finding.objects.filter(screening=screening, state=FindingState.OPEN)
        .select_related("enrolment__person", "enrolment__agreement")
        .order_by("pk")
    )


@transaction.atomic
def apply(
    *,
    screening: Screening,
    findings: Collection[int] | None = None,
    by: User,
    now: datetime,
) -> int:
    """End the enrolments found (all that are open, or those named); how many ended.

    After a death the promise ends the day after it, and the day of death is noted of the
    person; with other insurance it ends on the day of the screening. What has ended in the
    meantime is left as it is. Raises CannotDecide.
    """
    chosen = _chosen(screening, findings)
    rows = chosen.values_list("pk", "enrolment", "enrolment__person", "reason", "since")
    frame = pl.DataFrame(
        list(rows),
        schema={
            "id": pl.Int64, "enrolment_id": pl.Int64, "person_id": pl.Int64,
            "reason": pl.String, "since": pl.Date,
        },
        orient="row",
    )  # fmt: skip
    dead = pl.col("reason") == EndReason.DEATH.value
    note_deaths(
        deaths=frame.filter(dead).select("person_id", died_on="since").unique("person_id"),
        by=by,
        now=now,
    )
    ended = end(endings=_endings(frame, dead), by=by, now=now)
    Finding.objects.filter(pk__in=frame["id"].to_list()).update(
        state=FindingState.APPLIED, decided_at=now, decided_by=by
    )
    record(
        verb="applied", subject_type="screening", subject_id=screening.pk, by=by, at=now,
        findings=frame.height, ended=ended,
    )  # fmt: skip
    return ended


@transaction.atomic
def dismiss(*, findings: Collection[int], screening: Screening, by: User, now: datetime) -> int:
    """The list is wrong about these: they stay enrolled. Raises CannotDecide."""
    chosen = _chosen(screening, findings)
    count = chosen.update(state=FindingState.DISMISSED, decided_at=now, decided_by=by)
    record(
        verb="dismissed", subject_type="screening", subject_id=screening.pk, by=by, at=now,
        findings=sorted(findings),
    )  # fmt: skip
    return count


def _chosen(screening: Screening, findings: Collection[int] | None) -> QuerySet[Finding]:
    """The open findings, or those named, held. Raises CannotDecide for one that is not open."""
    found = Finding.objects.filter(screening=screening, state=FindingState.OPEN)
    if findings is not None:
        found = found.filter(pk__in=findings)
        if found.count() != len(set(findings)):
            raise CannotDecide(_("One of these findings was decided already, or is not here."))
    held = list(found.select_for_update().values_list("pk", flat=True))
    return Finding.objects.filter(pk__in=held)


def _endings(frame: pl.DataFrame, dead: pl.Expr) -> pl.DataFrame:
    """For `ending.end`: those that still promise a day beyond the end found."""
    ends_on = pl.when(dead).then(pl.col("since") + pl.duration(days=1)).otherwise("since")
    endings = frame.select("enrolment_id", "reason", ends_on=ends_on)
    promised = Enrolment.objects.filter(pk__in=endings["enrolment_id"].to_list(), void=False)
    ends = pl.DataFrame(
        list(promised.values_list("pk", "ends_on")),
        schema={"enrolment_id": pl.Int64, "until": pl.Date},
        orient="row",
    )
    return (
        endings.join(ends, on="enrolment_id")
        .filter(pl.col("until") > pl.col("ends_on"))
        .select("enrolment_id", "ends_on", "reason")
    )

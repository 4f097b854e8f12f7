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
from sertakan.rosters.judging.reference import BadReference, read_covers, read_days_of_death

LISTED = {"nik_index": "bytea", "reason": "text", "since": "date", "sponsor": "text"}

# `told`: of which human it is told. Death goes before a second record, that before insurance.
FIND = """
    INSERT INTO enrolment_finding (screening_id, enrolment_id, reason, since, state)
    WITH told AS (
        SELECT coalesce(p.merged_into_id, p.id) AS human, l.reason, l.since, l.sponsor
            FROM listed l JOIN people_person p USING (nik_index)
        UNION ALL
        SELECT coalesce(p.merged_into_id, p.id), 'death', p.died_on, NULL
            FROM people_person p WHERE p.died_on <= %(on)s
    ), found AS (
        SELECT e.id, t.reason, t.since
            FROM told t
            JOIN people_person same ON same.id = t.human OR same.merged_into_id = t.human
            JOIN enrolment_enrolment e ON e.person_id = same.id
            JOIN sponsors_agreement a ON a.id = e.agreement_id
            JOIN sponsors_sponsor s ON s.id = a.sponsor_id
            WHERE e.ends_on > t.since + CASE t.reason WHEN 'death' THEN 1 ELSE 0 END
                AND (t.reason = 'death' OR lower(btrim(t.sponsor)) <> lower(s.name))
        UNION ALL
        SELECT greatest(one.id, other.id), 'duplicate', greatest(one.starts_on, other.starts_on)
            FROM people_person merged
            JOIN people_person same ON same.id = merged.merged_into_id
                OR same.merged_into_id = merged.merged_into_id
            JOIN enrolment_enrolment one ON one.person_id = merged.id
            JOIN enrolment_enrolment other ON other.person_id = same.id
            WHERE one.person_id <> other.person_id
                AND one.starts_on < other.ends_on AND other.starts_on < one.ends_on
    )
    SELECT DISTINCT ON (id) %(screening)s, id, reason, since, 'open'
    FROM found
    WHERE NOT EXISTS (
        SELECT FROM enrolment_finding f
        WHERE f.enrolment_id = found.id AND f.reason = found.reason
            AND (f.state = 'open' OR (f.state = 'dismissed' AND f.since = found.since))
    )
    ORDER BY id, reason, since
"""


@transaction.atomic
def screen(
    *, on: date, deaths: Path | None, covered: Path | None, by: User, now: datetime
) -> Screening:
    """Hold everyone enrolled on or after `on` against the lists, and keep what is found.

    `deaths`: a CSV `nik,nama,tanggal_meninggal`; `covered`: a CSV
    `nik,nama,segmen,sponsor,aktif_sampai`, where a line that names the enrolment's own sponsor
    is no other insurance. Found as well: who is noted as dead, and who is enrolled twice since two
    records turned out to be one person. What an earlier screening found and nobody has decided, or
    somebody has dismissed for the same day, is not found again. Raises BadList.
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
        cursor.execute(FIND, {"screening": screening.pk, "on": on})
        found = cursor.rowcount
    record(
        verb="screened", subject_type="screening", subject_id=screening.pk, by=by, at=now,
        on=on.isoformat(), enrolled=screening.enrolled, found=found,
    )  # fmt: skip
    return screening


def _listed(on: date, deaths: Path | None, covered: Path | None) -> pl.DataFrame:
    lists = [pl.DataFrame(schema=_LISTED)]
    try:
        if deaths:
            dead = read_days_of_death(deaths, on)
            lists.append(dead.select("nik", reason=pl.lit("death"), since="day"))
        if covered:
            insured = read_covers(covered, on)
            lists.append(
                insured.select("nik", "sponsor", reason=pl.lit("other_insurance"), since=pl.lit(on))
            )
    except BadReference as refused:
        raise BadList(str(refused)) from refused
    listed = pl.concat(lists, how="diagonal")
    return listed.with_columns(
        pl.col("sponsor").fill_null(""),
        nik_index=pl.Series(nik_index_many(listed["nik"]), dtype=pl.Binary),
    ).select(*LISTED)


_LISTED = {"nik": pl.String, "reason": pl.String, "since": pl.Date, "sponsor": pl.String}


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
    deaths = frame.filter(dead).group_by("person_id").agg(died_on=pl.col("since").min())
    note_deaths(deaths=deaths, by=by, now=now)
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

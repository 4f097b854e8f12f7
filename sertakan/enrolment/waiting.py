"""The waiting list: first come, first served, and nobody is passed over who could be enrolled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.admission import held
from sertakan.enrolment.errors import CannotEnrol
from sertakan.enrolment.models import EndReason, Waiting, WaitingState
from sertakan.enrolment.placing import INCOMING, incoming, judged, take_places, trying_again
from sertakan.enrolment.queries import free_places, line
from sertakan.sponsors.models import Agreement

LINE = """
    SELECT w.id, w.person_id, w.accepted_on, w.category, w.sector, w.income, w.region_id,
        w.roster_import_id, w.roster_source, w.person_is_new, NULL
    FROM enrolment_waiting w WHERE w.agreement_id = %s AND w.state = 'waiting' ORDER BY w.id
"""
# Whose place is it? The first of those who come now takes that of the first who left.
GIVE_FREED_PLACES = """
    WITH freed AS (
        SELECT e.id, row_number() OVER (ORDER BY coalesce(e.ends_on, e.starts_on), e.id) AS turn
        FROM enrolment_enrolment e
        WHERE e.agreement_id = %(agreement)s AND e.end_reason <> ''
            AND coalesce(e.ends_on, e.starts_on) <= %(starts_on)s
            AND NOT EXISTS (SELECT FROM enrolment_enrolment r WHERE r.replaces_id = e.id)
    ), placed AS (
        SELECT number, row_number() OVER (ORDER BY number) AS turn
        FROM judged WHERE reason IS NULL
    )
    UPDATE judged SET replaces_id = freed.id
    FROM placed JOIN freed USING (turn) WHERE judged.number = placed.number
"""
ENROLLED = """
    UPDATE enrolment_waiting w SET state = 'enrolled', enrolment_id = e.id
    FROM judged j JOIN enrolment_enrolment e ON e.person_id = j.person_id
        AND e.agreement_id = %(agreement)s AND e.starts_on = %(starts_on)s AND NOT e.void
    WHERE w.id = j.number AND j.reason IS NULL AND j.number <= %(last)s
"""
GONE = """
    UPDATE enrolment_waiting w SET state = 'left',
        left_because = CASE j.reason WHEN 'deceased' THEN 'death' ELSE 'age' END
    FROM judged j
    WHERE w.id = j.number AND j.reason IN ('deceased', 'over_age', 'under_age')
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many of the line were enrolled, how many left it for good, and how many still wait."""

    enrolled: int
    left: int
    waiting: int


@transaction.atomic
def fill_places(*, agreement: Agreement, starts_on: date, by: User, now: datetime) -> Filled:
    """Enrol those in line, in order, from `starts_on` to the agreement's end, as places are free.

    Who has died or is too old leaves the line. Who is enrolled elsewhere for those days is passed
    over and keeps their turn. Each who comes replaces one who left. Raises CannotEnrol.
    """
    agreement = held(agreement, starts_on)
    with connection.cursor() as cursor:
        cursor.execute(LINE, [agreement.pk])
        rows = cursor.fetchall()
    people = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    with incoming(people):
        enrolled, left = trying_again(lambda: _filled(agreement, starts_on))
    record(
        verb="filled",
        subject_type="agreement",
        subject_id=agreement.pk,
        by=by,
        at=now,
        starts_on=starts_on,
        enrolled=enrolled,
        left=left,
    )
    return Filled(enrolled=enrolled, left=left, waiting=line(agreement).count())


@transaction.atomic
def leave(
    *, waiting: Collection[int], reason: str = EndReason.ASKED, by: User, now: datetime
) -> int:
    """Take people out of the line, by the numbers of their turns. Raises CannotEnrol."""
    turns = set(waiting)
    found = Waiting.objects.filter(pk__in=turns, state=WaitingState.WAITING)
    if reason not in EndReason.values:
        raise CannotEnrol(_("%s is no reason to leave.") % reason)
    if found.count() != len(turns):
        raise CannotEnrol(_("Somebody of these does not wait, or not any more."))
    found.update(state=WaitingState.LEFT, left_because=reason)
    record(verb="left_line", subject_type="waiting", by=by, at=now, turns=sorted(turns))
    return len(turns)


def _filled(agreement: Agreement, starts_on: date) -> tuple[int, int]:
    days = {"starts_on": starts_on, "ends_on": agreement.ends_on}
    told: dict[str, Any] = {"agreement": agreement.pk, "starts_on": starts_on}
    with judged(agreement, **days, newcomers=False), connection.cursor() as cursor:
        cursor.execute(GIVE_FREED_PLACES, told)
        enrolled, last = take_places(agreement, free_places(agreement, **days), **days)
        cursor.execute(ENROLLED, {**told, "last": last})
        cursor.execute(GONE)
        return enrolled, cursor.rowcount


_SCHEMA = dict(
    zip(
        INCOMING,
        (
            pl.Int64, pl.Int64, pl.Date, pl.String, pl.String, pl.Int64, pl.String, pl.Int64,
            pl.String, pl.Boolean, pl.Int64,
        ),
        strict=True,
    )
)  # fmt: skip

"""Ending enrolments before their time, by set. The places they held are free from that day on."""

from datetime import date, datetime, timedelta

import polars as pl
from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.errors import CannotEnd, NotEnrolled
from sertakan.enrolment.models import EndReason
from sertakan.postgres.bulk import copy_into, temporary_table

COLUMNS = {"enrolment_id": "bigint", "ends_on": "date", "reason": "text"}

# Always in the same order, before any enrolment: see the triggers that count places.
HOLD_AGREEMENTS = """
    SELECT FROM sponsors_agreement
    WHERE id IN (
        SELECT e.agreement_id FROM enrolment_enrolment e JOIN ending ON e.id = ending.enrolment_id
    ) ORDER BY id FOR NO KEY UPDATE
"""
WRONG = """
    SELECT ending.enrolment_id, e.id IS NULL, e.void, e.ends_on, e.end_reason <> ''
    FROM ending LEFT JOIN enrolment_enrolment e ON e.id = ending.enrolment_id
    WHERE e.id IS NULL OR e.void OR ending.ends_on > e.ends_on
        OR (ending.ends_on = e.ends_on AND e.end_reason <> '')
    ORDER BY ending.enrolment_id LIMIT 1
"""
END = """
    UPDATE enrolment_enrolment e SET
        ends_on = CASE WHEN ending.ends_on > e.starts_on THEN ending.ends_on END,
        void = ending.ends_on <= e.starts_on,
        previous_ends_on = CASE WHEN ending.ends_on > e.starts_on THEN e.previous_ends_on END,
        end_reason = ending.reason, ended_at = %s, ended_by_id = %s
    FROM ending WHERE e.id = ending.enrolment_id
"""
# Whoever followed an enrolment that is now shorter, void or gone follows the end before theirs.
FOLLOW_AGAIN = """
    UPDATE enrolment_enrolment e SET previous_ends_on = now_before.ends_on
    FROM (
        SELECT follower.id, max(other.ends_on) AS ends_on
        FROM {touched} touched
            JOIN enrolment_enrolment follower ON follower.person_id = touched.person_id
                AND NOT follower.void AND follower.previous_ends_on IS NOT NULL
            LEFT JOIN enrolment_enrolment other ON other.person_id = follower.person_id
                AND NOT other.void AND other.ends_on <= follower.starts_on
        GROUP BY follower.id
    ) now_before
    WHERE e.id = now_before.id AND e.previous_ends_on IS DISTINCT FROM now_before.ends_on
"""
PEOPLE_TOUCHED = """(
    SELECT DISTINCT e.person_id FROM enrolment_enrolment e JOIN ending ON e.id = ending.enrolment_id
)"""


@transaction.atomic
def end(*, endings: pl.DataFrame, by: User, now: datetime) -> int:
    """End enrolments before their time; how many.

    `endings`: `enrolment_id`, `ends_on` (the first day no longer promised: the day after a death)
    and `reason` (EndReason). An enrolment that ends on or before its first day becomes void: it
    promises nothing. One that was ended before can be ended earlier still.
    Raises NotEnrolled and CannotEnd, for the whole set.
    """
    endings = _checked(endings)
    with temporary_table("ending", COLUMNS):
        copy_into("ending", list(COLUMNS), endings)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE ending")
            cursor.execute(HOLD_AGREEMENTS)
            cursor.execute(WRONG)
            _refuse(cursor.fetchone())
            cursor.execute(END, [now, by.pk])
            cursor.execute(FOLLOW_AGAIN.format(touched=PEOPLE_TOUCHED))
    if endings.height:
        reasons = dict(endings.group_by("reason").len().sort("reason").iter_rows())
        one = endings["enrolment_id"][0] if endings.height == 1 else ""
        record(
            verb="ended", subject_type="enrolment", subject_id=one, by=by, at=now, reasons=reasons
        )
    return endings.height


def _checked(endings: pl.DataFrame) -> pl.DataFrame:
    endings = endings.select(*COLUMNS)
    if endings.null_count().sum_horizontal().item():
        raise CannotEnd(_("Each ending names an enrolment, a day and a reason."))
    twice = endings.filter(pl.col("enrolment_id").is_duplicated())
    if twice.height:
        raise CannotEnd(_("Enrolment %s stands in the list twice.") % twice["enrolment_id"][0])
    unknown = endings.filter(~pl.col("reason").is_in(EndReason.values))
    if unknown.height:
        raise CannotEnd(
            _("%(told)s is none of: %(known)s.")
            % {"told": unknown["reason"][0], "known": ", ".join(EndReason.values)}
        )
    return endings


def _refuse(wrong: tuple[int, bool, bool, date, bool] | None) -> None:
    if wrong is None:
        return
    enrolment, unknown, void, ends_on, ended = wrong
    if unknown:
        raise NotEnrolled(_("There is no enrolment with the number %s.") % enrolment)
    if void:
        raise CannotEnd(_("Enrolment %s is void; nothing of it is left to end.") % enrolment)
    said = (
        _("Enrolment %(enrolment)s has ended already; its last day was %(day)s.")
        if ended
        else _("Enrolment %(enrolment)s ends anyway; its last day is %(day)s.")
    )
    last = date_format(ends_on - timedelta(days=1), "j F Y")
    raise CannotEnd(said % {"enrolment": enrolment, "day": last})

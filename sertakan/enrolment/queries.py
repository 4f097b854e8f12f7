"""Who is promised what, on a day or for a month; how many places are free; who is next in line."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import Count, Q, QuerySet

from sertakan.enrolment.models import Enrolment, RosterRow, Waiting, WaitingState
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import Month

FREE_PLACES = """
    SELECT a.places - coalesce((
        SELECT max(taken) FROM (
            SELECT day, lead(day) OVER (ORDER BY day) AS until,
                sum(change) OVER (ORDER BY day) AS taken
            FROM enrolment_placechange WHERE agreement_id = a.id
        ) steps
        WHERE day < %(ends_on)s AND (until IS NULL OR until > %(starts_on)s)
    ), 0)
    FROM sponsors_agreement a WHERE a.id = %(agreement)s
"""
# Those who stand in line and could be enrolled for these days.
AHEAD = """
    SELECT count(*) FROM enrolment_waiting w JOIN people_person p ON p.id = w.person_id
    WHERE w.agreement_id = %(agreement)s AND w.state = 'waiting' AND p.died_on IS NULL
        AND NOT EXISTS (
            SELECT FROM enrolment_enrolment e
            WHERE e.person_id = coalesce(p.merged_into_id, p.id)
                AND e.starts_on < %(ends_on)s AND e.ends_on > %(starts_on)s
        ) AND NOT EXISTS (
            SELECT FROM people_person merged JOIN enrolment_enrolment e ON e.person_id = merged.id
            WHERE merged.merged_into_id = coalesce(p.merged_into_id, p.id)
                AND e.starts_on < %(ends_on)s AND e.ends_on > %(starts_on)s
        )
"""
# One line a person and month: where two enrolments touch within a month, the first owes it.
PROMISED = """
    SELECT DISTINCT ON (month, e.person_id) month::date AS month, e.person_id, e.id AS enrolment_id
    FROM enrolment_enrolment e
        JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS month
            ON e.starts_on < month + interval '1 month' AND e.ends_on > month
    WHERE e.agreement_id = %(agreement)s
    ORDER BY month, e.person_id, e.starts_on
"""


def enrolled_on(day: date, **which: Any) -> QuerySet[Enrolment]:
    """The enrolments that run on that day; `which` narrows them, e.g. `agreement=…`."""
    return Enrolment.objects.filter(starts_on__lte=day, ends_on__gt=day, **which)


def promised_in(month: Month, **which: Any) -> QuerySet[Enrolment]:
    """The enrolments that owe the contribution of a month: those with a day in it."""
    return Enrolment.objects.filter(
        starts_on__lte=month.last_day, ends_on__gt=month.first_day, **which
    )


def months_promised(agreement: Agreement, first: Month, last: Month) -> pl.DataFrame:
    """`month` (its first day), `person_id`, `enrolment_id`: each month owed under the agreement.

    A month is owed once for a person, however many enrolments touch it; the earliest owes it.
    """
    told: dict[str, Any] = {
        "agreement": agreement.pk,
        "first": first.first_day,
        "last": last.first_day,
    }
    with connection.cursor() as cursor:
        cursor.execute(PROMISED, told)
        rows = cursor.fetchall()
    schema = {"month": pl.Date, "person_id": pl.Int64, "enrolment_id": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def free_places(agreement: Agreement, *, starts_on: date, ends_on: date) -> int:
    """How many can be enrolled for all of these days."""
    return _number(FREE_PLACES, agreement, starts_on, ends_on)


def waiting_ahead(agreement: Agreement, *, starts_on: date, ends_on: date) -> int:
    """How many stand in line who could be enrolled for these days."""
    return _number(AHEAD, agreement, starts_on, ends_on)


def line(agreement: Agreement) -> QuerySet[Waiting]:
    """The waiting list, first come first."""
    return (
        Waiting.objects.filter(agreement=agreement, state=WaitingState.WAITING)
        .select_related("person")
        .order_by("pk")
    )


def open_rows(**which: Any) -> QuerySet[RosterRow]:
    """The rows of rosters that nobody has decided yet, in the order of their lists."""
    return RosterRow.objects.filter(state="open", **which).order_by("pk")


def places_taken(agreement: Agreement) -> Iterator[tuple[date, int]]:
    """On which days the number of places taken changes, and what it is from then on."""
    taken = 0
    for day, change in agreement.place_changes.order_by("day").values_list("day", "change"):
        taken += change
        yield day, taken


def counts(agreement: Agreement, *, on: date) -> Mapping[str, int]:
    """`places`, `enrolled` (that day), `waiting` and `ended` (before their time)."""
    enrolments = agreement.enrolments.aggregate(
        enrolled=Count("pk", filter=Q(starts_on__lte=on, ends_on__gt=on)),
        ended=Count("pk", filter=~Q(end_reason="")),
    )
    return {"places": agreement.places, "waiting": line(agreement).count(), **enrolments}


def _number(question: str, agreement: Agreement, starts_on: date, ends_on: date) -> int:
    told: dict[str, Any] = {"agreement": agreement.pk, "starts_on": starts_on, "ends_on": ends_on}
    with connection.cursor() as cursor:
        cursor.execute(question, told)
        return int(cursor.fetchone()[0])

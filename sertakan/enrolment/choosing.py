"""A sponsor covers some of those who wait for a place elsewhere, without seeing who they are.

They wait in line for a place under a government's agreement. A sponsor names a place, a kind of
work and a number; the first in line are enrolled under the sponsor's own agreement, and their
turn ends in that enrolment (docs/decisions/0068).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.admission import Admission, enrol
from sertakan.enrolment.errors import CannotEnrol
from sertakan.sponsors.models import Agreement
from sertakan.vocabulary import age

# Each human once, at their earliest turn; who is enrolled for any of these days is no longer free.
FREE = """
    SELECT DISTINCT ON (coalesce(p.merged_into_id, p.id))
        w.id, coalesce(p.merged_into_id, p.id) AS person_id, w.accepted_on, w.category, w.sector,
        w.region_id, p.birth_date
    FROM enrolment_waiting w
    JOIN sponsors_agreement a ON a.id = w.agreement_id
    JOIN sponsors_sponsor s ON s.id = a.sponsor_id AND s.kind IN ('government', 'village')
    JOIN people_person p ON p.id = w.person_id
    WHERE w.state = 'waiting' AND p.died_on IS NULL
        AND (w.region_id = %(region)s OR w.region_id LIKE %(within)s)
        AND (%(category)s = '' OR w.category = %(category)s)
        AND NOT EXISTS (
            SELECT FROM enrolment_enrolment e
            JOIN people_person same ON same.id = e.person_id
            WHERE coalesce(same.merged_into_id, same.id) = coalesce(p.merged_into_id, p.id)
                AND e.starts_on < %(ends_on)s AND e.ends_on > %(starts_on)s
        )
    ORDER BY coalesce(p.merged_into_id, p.id), w.id
"""
COUNTS = f"""
    SELECT region_id, category, count(*) FROM ({FREE}) free
    WHERE birth_date > %(oldest)s AND birth_date <= %(youngest)s
    GROUP BY region_id, category ORDER BY region_id, category
"""
FIRST = f"""
    SELECT w.id, free.person_id, free.category, free.sector, free.region_id
    FROM ({FREE}) free JOIN enrolment_waiting w USING (id)
    WHERE birth_date > %(oldest)s AND birth_date <= %(youngest)s AND NOT w.id = ANY (%(taken)s)
    ORDER BY w.id LIMIT %(count)s
"""
TURNS_END = """
    UPDATE enrolment_waiting w SET state = 'enrolled', enrolment_id = e.id
    FROM enrolment_enrolment e
    WHERE w.id = ANY (%(turns)s) AND w.state = 'waiting'
        AND e.agreement_id = %(agreement)s AND e.starts_on = %(starts_on)s AND NOT e.void
        AND e.person_id = (
            SELECT coalesce(p.merged_into_id, p.id) FROM people_person p WHERE p.id = w.person_id
        )
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """So many of those who wait in a place (a code); of one category, or of any (empty)."""

    region: str
    category: str
    count: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in line, by the number of the turn; nothing tells who it is."""

    turn: int
    person: int
    category: str
    sector: str
    region: str


def waiting_in(
    region: str, *, starts_on: date, ends_on: date, limits: tuple[int, int]
) -> Mapping[tuple[str, str], int]:
    """How many could be covered for these days: by (village, category) within a region.

    `limits`: the lowest age, and the age from which on nobody is taken (`law`).
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, _told(region, "", starts_on, ends_on, limits))
        return {(place, category): count for place, category, count in cursor.fetchall()}


def first_in_line(
    choices: Sequence[Choice], *, starts_on: date, ends_on: date, limits: tuple[int, int]
) -> list[Turn]:
    """The first of those who wait, for each choice; fewer where fewer wait. Nobody twice."""
    turns: list[Turn] = []
    with connection.cursor() as cursor:
        for choice in choices:
            told = _told(choice.region, choice.category, starts_on, ends_on, limits)
            taken = [turn.turn for turn in turns]
            cursor.execute(FIRST, {**told, "count": choice.count, "taken": taken})
            turns += [Turn(*row) for row in cursor.fetchall()]
    return turns


@transaction.atomic
def enrol_from_the_line(
    *,
    agreement: Agreement,
    choices: Sequence[Choice],
    starts_on: date,
    limits: tuple[int, int],
    by: User,
    now: datetime,
) -> Admission:
    """Enrol the first in line under the sponsor's agreement; each leaves the line for it.

    Without an income of their own: the sponsor's agreement says the band, and does not learn
    theirs. Raises CannotEnrol where fewer wait than were chosen.
    """
    _wait_for_other_choosers()
    turns = first_in_line(choices, starts_on=starts_on, ends_on=agreement.ends_on, limits=limits)
    wanted = sum(choice.count for choice in choices)
    if len(turns) < wanted:
        raise CannotEnrol(
            _("Meanwhile others have covered some of those who waited. Please choose again.")
        )
    workers = pl.DataFrame(
        [(each.person, now.date(), each.category, each.sector, each.region) for each in turns],
        schema={
            "person_id": pl.Int64, "accepted_on": pl.Date, "category": pl.String,
            "sector": pl.String, "region": pl.String,
        },
        orient="row",
    )  # fmt: skip
    admission = enrol(agreement=agreement, workers=workers, starts_on=starts_on, by=by, now=now)
    if admission.enrolled < wanted:
        raise CannotEnrol(_("Somebody who waited cannot be covered now. Please choose again."))
    with connection.cursor() as cursor:
        cursor.execute(
            TURNS_END,
            {
                "turns": [each.turn for each in turns],
                "agreement": agreement.pk,
                "starts_on": starts_on,
            },
        )
    record(
        verb="covered_from_the_line", subject_type="agreement", subject_id=agreement.pk, by=by,
        at=now, people=len(turns), turns=[each.turn for each in turns],
    )  # fmt: skip
    return admission


def _wait_for_other_choosers() -> None:
    """Two sponsors who choose at once would both see the same first in line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('enrolment.choosing'))")


def _told(
    region: str, category: str, starts_on: date, ends_on: date, limits: tuple[int, int]
) -> dict[str, Any]:
    lowest, highest = limits
    return {
        "region": region,
        "within": f"{region}.%",
        "category": category,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "oldest": _born(starts_on, highest),
        "youngest": _born(starts_on, lowest),
    }


def _born(on: date, years: int) -> date:
    """The last birth date of those who are so old on the day."""
    day = date(on.year - years, on.month, min(on.day, 28))
    while age(date.fromordinal(day.toordinal() + 1), on) >= years:
        day = date.fromordinal(day.toordinal() + 1)
    return day

"""Many people at once: who of them may be enrolled, and the places for those who come first.

The people stand in a temporary table, `incoming`, in the order of `number`. They are judged in
one statement and enrolled in another. Whoever calls this holds the agreement's row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

import polars as pl
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from sertakan.enrolment.errors import CannotEnrol
from sertakan.law.book import NotInForce, the_law
from sertakan.postgres.bulk import copy_into, temporary_table
from sertakan.sponsors.checking import constraint_of
from sertakan.sponsors.models import Agreement, Segment
from sertakan.vocabulary import add_months

T = TypeVar("T")

INCOMING = {
    "number": "bigint",
    "person_id": "bigint",
    "accepted_on": "date",
    "category": "text",
    "sector": "text",
    "income": "bigint",
    "region_id": "text",
    "roster_import_id": "bigint",
    "roster_source": "text",
    "person_is_new": "boolean",
    "replaces_id": "bigint",
}
CHAIN = {"one_enrolment_of_a_person_ends_on_a_day", "one_enrolment_follows_another"}
TRIES = 5
FEW = 1000  # up to here people are looked up one by one

# `existing`: enrolments of the same human, under whichever of the records merged into one.
JUDGE = """
    CREATE TEMPORARY TABLE judged ON COMMIT DROP AS
    WITH existing AS (
        SELECT i.number, e.starts_on, e.ends_on, TRUE AS own
            FROM incoming i JOIN enrolment_enrolment e USING (person_id)
            WHERE NOT e.void
        UNION ALL
        SELECT i.number, e.starts_on, e.ends_on, FALSE
            FROM incoming i
            JOIN people_person merged ON merged.merged_into_id = i.person_id
            JOIN enrolment_enrolment e ON e.person_id = merged.id
            WHERE NOT e.void
    ), standing AS (
        SELECT number,
            bool_or(starts_on < %(ends_on)s AND ends_on > %(starts_on)s) AS overlaps,
            bool_or(ends_on >= %(still_member)s AND ends_on <= %(starts_on)s) AS goes_on,
            max(ends_on) FILTER (WHERE own AND ends_on <= %(starts_on)s) AS previous_ends_on,
            min(starts_on) FILTER (WHERE own AND starts_on >= %(ends_on)s) AS next_starts_on
        FROM existing GROUP BY number
    )
    SELECT i.*, s.previous_ends_on, s.next_starts_on,
        CASE
            WHEN p.id IS NULL THEN 'unknown_person'
            WHEN p.died_on IS NOT NULL THEN 'deceased'
            WHEN s.overlaps OR i.again THEN 'already_enrolled'
            WHEN w.id IS NOT NULL THEN 'already_waiting'
            WHEN s.goes_on THEN NULL
            WHEN p.birth_date <= a.oldest THEN 'over_age'
            WHEN p.birth_date > a.youngest THEN 'under_age'
        END AS reason
    FROM incoming i
        LEFT JOIN people_person p ON p.id = i.person_id
        LEFT JOIN standing s ON s.number = i.number
        LEFT JOIN unnest(%(accepted_on)s::date[], %(oldest)s::date[], %(youngest)s::date[])
            AS a (accepted_on, oldest, youngest) ON a.accepted_on = i.accepted_on
        LEFT JOIN enrolment_waiting w ON %(newcomers)s AND w.state = 'waiting'
            AND w.agreement_id = %(agreement)s AND w.person_id = i.person_id
"""
LAST_PLACED = """
    SELECT coalesce(max(number), -1)
    FROM (SELECT number FROM judged WHERE reason IS NULL ORDER BY number LIMIT %(places)s) placed
"""
STEP_BEHIND = """
    UPDATE enrolment_enrolment e SET previous_ends_on = %(ends_on)s
    FROM judged j
    WHERE j.reason IS NULL AND j.number <= %(last)s AND NOT e.void
        AND e.person_id = j.person_id AND e.starts_on = j.next_starts_on
"""
ENROL = """
    INSERT INTO enrolment_enrolment (
        person_id, agreement_id, starts_on, ends_on, previous_ends_on, accepted_on, category,
        sector, income, region_id, roster_import_id, roster_source, person_is_new, replaces_id,
        void, end_reason
    )
    SELECT person_id, %(agreement)s, %(starts_on)s, %(ends_on)s, previous_ends_on, accepted_on,
        category, sector, income, region_id, roster_import_id, roster_source, person_is_new,
        replaces_id, FALSE, ''
    FROM judged WHERE reason IS NULL AND number <= %(last)s ORDER BY number
"""


@contextmanager
def incoming(people: pl.DataFrame) -> Iterator[None]:
    """Within the block these people stand in `incoming`; `people` has the columns of INCOMING.

    Whoever was merged into another record comes as that one; who comes twice, once.
    """
    people = people.with_columns(person_id=_kept(people["person_id"]))
    people = people.with_columns(again=~pl.col("person_id").is_first_distinct())
    columns = {**INCOMING, "again": "boolean"}
    with temporary_table("incoming", columns):
        copy_into("incoming", list(columns), people)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE incoming")
        yield


@contextmanager
def judged(
    agreement: Agreement, *, starts_on: date, ends_on: date, newcomers: bool
) -> Iterator[None]:
    """Within the block `judged` holds the incoming, with a `reason` for each not to be enrolled.

    `reason` is null for those who may be. Newcomers are asked too whether they wait already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT accepted_on FROM incoming")
        days = [day for (day,) in cursor.fetchall()]
        limits = _age_limits(agreement, days, starts_on)
        told: dict[str, Any] = {
            "agreement": agreement.pk,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "newcomers": newcomers,
        }
        cursor.execute(JUDGE, {**limits, **told})
        yield
        cursor.execute("DROP TABLE judged")


def take_places(
    agreement: Agreement, places: int, *, starts_on: date, ends_on: date
) -> tuple[int, int]:
    """Enrol the first `places` of those judged fit: how many, and the number of the last one.

    Where nobody is enrolled the number is below every other.
    """
    told: dict[str, Any] = {
        "agreement": agreement.pk,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "places": max(places, 0),
    }
    with connection.cursor() as cursor:
        cursor.execute(LAST_PLACED, told)
        last = int(cursor.fetchone()[0])
        cursor.execute(STEP_BEHIND, {**told, "last": last})
        cursor.execute(ENROL, {**told, "last": last})
        return cursor.rowcount, last


def trying_again(work: Callable[[], T]) -> T:
    """What `work` returns, tried anew where somebody else has just enrolled one of its people."""
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return work()
        except (IntegrityError, OperationalError) as error:
            if not _enrolled_by_others(error):
                raise
    raise CannotEnrol(_("Others are enrolling the same people just now; please try again."))


def _enrolled_by_others(error: Exception) -> bool:
    if isinstance(error, IntegrityError):
        return constraint_of(error) in CHAIN
    return isinstance(error.__cause__, DeadlockDetected)  # each waits for a person of the other


def left_out() -> pl.DataFrame:
    """`number`, `person_id` and `reason` of those judged who cannot be enrolled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, person_id, reason FROM judged WHERE reason IS NOT NULL ORDER BY number"
        )
        rows = cursor.fetchall()
    schema = {"number": pl.Int64, "person_id": pl.Int64, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _kept(people: pl.Series) -> pl.Series:
    """For each person the record that was kept, where two were merged."""
    question = "SELECT id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL"
    few = people.len() <= FEW
    with connection.cursor() as cursor:
        if few:
            cursor.execute(question + " AND id = ANY (%s)", [people.to_list()])
        else:
            cursor.execute(question)
        merged = dict(cursor.fetchall())
    return people.replace(merged) if merged else people


def _age_limits(agreement: Agreement, days: list[date], starts_on: date) -> dict[str, Any]:
    """For each day of acceptance, between which birth dates a new member may be born.

    The age counts when someone registers; whoever was enrolled until so shortly before that the
    membership has not lapsed goes on, however old (`bpu/age`, `bpu/arrears/max_months`).
    """
    law = the_law()
    if agreement.segment != Segment.BPU:
        return {"accepted_on": [], "oldest": [], "youngest": [], "still_member": starts_on}
    try:
        oldest = [_born_by(day, law.in_force("bpu/age/max_exclusive", day).value) for day in days]
        youngest = [_born_by(day, law.in_force("bpu/age/min", day).value) for day in days]
        grace = law.in_force("bpu/arrears/max_months", starts_on).value
    except NotInForce as error:
        raise CannotEnrol(_("There is no law for that day: %s.") % error) from error
    still_member = add_months(starts_on, -grace)
    return {
        "accepted_on": days,
        "oldest": oldest,
        "youngest": youngest,
        "still_member": still_member,
    }


def _born_by(on: date, years: int) -> date:
    """The last birth date of those who are that old on the day; 29 February counts as 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)

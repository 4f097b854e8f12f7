"""Noting who has died, and when."""

from datetime import datetime

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.errors import NotAPerson, PersonNotFound
from sertakan.postgres.bulk import copy_into, temporary_table

DEATHS = {"person_id": "bigint", "died_on": "date"}
# The other records of the same person die with them; an earlier note stays.
NOTE = """
    UPDATE people_person p SET died_on = d.died_on
    FROM deaths d
    JOIN people_person told ON told.id = d.person_id
    WHERE p.died_on IS NULL AND (
        p.id = coalesce(told.merged_into_id, told.id)
        OR p.merged_into_id = coalesce(told.merged_into_id, told.id)
    )
"""
BORN_AFTER = """
    SELECT count(*) FILTER (WHERE p.id IS NULL), count(*) FILTER (WHERE p.birth_date > d.died_on)
    FROM deaths d LEFT JOIN people_person p ON p.id = d.person_id
"""


@transaction.atomic
def note_deaths(*, deaths: pl.DataFrame, by: User | None, now: datetime) -> int:
    """Note the day of death of people (`person_id`, `died_on`); of how many records it is new.

    A day noted before is not changed. Raises PersonNotFound, and NotAPerson for a death before
    the birth.
    """
    with temporary_table("deaths", DEATHS), connection.cursor() as cursor:
        copy_into("deaths", list(DEATHS), deaths)
        cursor.execute("ANALYZE deaths")
        cursor.execute(BORN_AFTER)
        unknown, unborn = cursor.fetchone()
        if unknown:
            raise PersonNotFound(_("One of these people is not recorded."))
        if unborn:
            raise NotAPerson(_("Nobody dies before they are born."))
        cursor.execute(NOTE)
        noted = int(cursor.rowcount)
    if noted:
        record(verb="noted_deaths", subject_type="person", by=by, at=now, people=noted)
    return noted

"""Noting who has died, and when."""

from datetime import datetime

import polars as pl
from django.db import connection, transaction

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.postgres.bulk import copy_into, temporary_table

DEATHS = {"number": "bigint", "person_id": "bigint", "died_on": "date"}
# The record kept, of each person told; judged before anything is changed.
OUTCOMES = """
    SELECT d.number, CASE
        WHEN p.id IS NULL THEN 'unknown_person'
        WHEN d.died_on < p.birth_date THEN 'before_birth'
        WHEN p.died_on = d.died_on THEN 'known'
        WHEN p.died_on IS NOT NULL THEN 'differs'
        ELSE 'noted' END
    FROM incoming_deaths d
    LEFT JOIN people_person told ON told.id = d.person_id
    LEFT JOIN people_person p ON p.id = coalesce(told.merged_into_id, told.id)
"""
# The other records of the same person die with them.
NOTE = """
    WITH dead AS (
        SELECT coalesce(told.merged_into_id, told.id) AS id, d.died_on
        FROM incoming_deaths d JOIN people_person told ON told.id = d.person_id
        WHERE d.number = ANY(%s)
    ), records AS (
        SELECT id, died_on FROM dead
        UNION ALL
        SELECT p.id, dead.died_on FROM dead JOIN people_person p ON p.merged_into_id = dead.id
    )
    UPDATE people_person p SET died_on = r.died_on FROM records r
    WHERE p.id = r.id AND p.died_on IS NULL
      AND (p.birth_date IS NULL OR p.birth_date <= r.died_on)
"""


@transaction.atomic
def note_deaths(*, deaths: pl.DataFrame, by: User | None, now: datetime) -> pl.DataFrame:
    """Note on which day people died. `deaths`: `person_id`, `died_on`, each person once.

    Returns both, in order, with `outcome`: `noted`; `known` (the same day stood there);
    `differs` (another day stands there, and stays); `before_birth`; `unknown_person`.
    """
    numbered = deaths.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("number"), "person_id", "died_on"
    )
    with temporary_table("incoming_deaths", DEATHS), connection.cursor() as cursor:
        copy_into("incoming_deaths", list(DEATHS), numbered)
        cursor.execute("ANALYZE incoming_deaths")
        cursor.execute(OUTCOMES)
        schema = {"number": pl.Int64, "outcome": pl.String}
        outcomes = pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
        noted = outcomes.filter(pl.col("outcome") == "noted")["number"].to_list()
        cursor.execute(NOTE, [noted])
    if noted:
        record(verb="noted_deaths", subject_type="person", by=by, at=now, people=len(noted))
    return (
        numbered.join(outcomes, on="number")
        .sort("number")
        .select("person_id", "died_on", "outcome")
    )

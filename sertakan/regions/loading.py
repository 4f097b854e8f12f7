"""Bringing the table of regions to what the vendored list says."""

from django.db import connections

from sertakan.postgres.bulk import copy_into, temporary_table
from sertakan.vocabulary.regions import LEVELS, all_regions

INCOMING = {"code": "text", "name": "text", "level": "smallint", "parent_id": "text"}
TAKE_IN = """
    INSERT INTO regions_region (code, name, level, parent_id)
    SELECT code, name, level, parent_id FROM incoming_regions ORDER BY code
    ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE regions_region.name <> excluded.name
"""


def load(*, using: str) -> int:
    """Add what is new in the list and rename what has a new name; the rows that were written.

    Nothing is taken out: a code that has gone from the list still stands in records. A later
    list is loaded by one more migration that calls this.
    """
    rows = (
        (region.code, region.name, LEVELS.index(region.level) + 1, region.parent or None)
        for region in all_regions()
    )
    with temporary_table("incoming_regions", INCOMING, using=using):
        copy_into("incoming_regions", list(INCOMING), rows, using=using)
        with connections[using].cursor() as cursor:
            cursor.execute(TAKE_IN)
            return int(cursor.rowcount)

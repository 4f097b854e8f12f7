"""A database of tests made again what it was, without copying it where that can be helped.

The rows that a test committed are deleted as the owner, with the triggers of their tables off.
That is not enough where a test changed a table that migrations had filled, or made, altered or
granted anything; then the caller copies the whole database from its template.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError

CATALOGS = (
    "pg_attribute",
    "pg_attrdef",
    "pg_class",
    "pg_constraint",
    "pg_extension",
    "pg_index",
    "pg_proc",
    "pg_rewrite",
    "pg_sequence",
    "pg_trigger",
    "pg_type",
)
TABLES = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
"""
TRIGGERS = """
    SELECT tgrelid::regclass::text, quote_ident(tgname), tgenabled FROM pg_trigger
    WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal
"""
STATES = {"O": "ENABLE", "A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "D": "DISABLE"}
RESTART_NUMBERS = """
    SELECT setval(s.seqrelid, s.seqstart, false)
    FROM pg_sequence s
    JOIN pg_depend d ON d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass
    WHERE d.deptype IN ('a', 'i') AND d.refobjid = ANY(%s::regclass[])
"""
END_OTHERS_AT_WORK = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""


@dataclass(slots=True)
class Pristine:
    """What a test database is like: tables with rows, tables without, and all the rest."""

    loaded: list[str]
    empty: list[str]
    fingerprint: list[tuple[Any, ...]]

    @classmethod
    def of(cls, cursor: Any) -> "Pristine":
        """The database as it is now; `cursor` is the owner's."""
        cursor.execute(TABLES)
        tables = [table for (table,) in cursor.fetchall()]
        loaded = _with_rows(cursor, tables)
        empty = [table for table in tables if table not in loaded]
        return cls(loaded, empty, _fingerprint(cursor, loaded))

    def restore(self, cursor: Any) -> bool:
        """Delete what was added; False where that does not make the database what it was.

        Other sessions that a test left in the middle of something are ended. Runs in the caller's
        transaction, which must be rolled back when this is False.
        """
        cursor.execute(END_OTHERS_AT_WORK)
        if _fingerprint(cursor, self.loaded) != self.fingerprint:
            return False
        try:
            _empty(cursor, _with_rows(cursor, self.empty))
            cursor.execute(RESTART_NUMBERS, [self.empty])
        except DatabaseError:
            return False
        self.fingerprint = _fingerprint(cursor, self.loaded)
        return True


def _with_rows(cursor: Any, tables: list[str]) -> list[str]:
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    cursor.execute(" UNION ALL ".join(asked))
    return [table for (table,) in cursor.fetchall()]


def _empty(cursor: Any, tables: list[str]) -> None:
    """Delete every row; afterwards each trigger is as it was."""
    cursor.execute(TRIGGERS, [tables])
    triggers = cursor.fetchall()
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table in tables:
        cursor.execute(f"DELETE FROM {table}")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, trigger, state in triggers:
        cursor.execute(f"ALTER TABLE {table} {STATES[state]} TRIGGER {trigger}")


def _fingerprint(cursor: Any, tables: list[str]) -> list[tuple[Any, ...]]:
    """How many rows, and the youngest: no row is added, changed or removed without a trace."""
    asked = (
        f"SELECT '{table}', count(*), max(xmin::text::bigint) FROM {table}"
        for table in (*CATALOGS, *tables)
    )
    cursor.execute(" UNION ALL ".join(asked))
    return sorted(cursor.fetchall())

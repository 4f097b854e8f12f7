"""The bare thing that a step is held against: COPY of the very rows it wrote.

The rows are copied out of the records and back into an empty twin of their table: once with
all its keys and constraints, once with none. The twin has no triggers: those are ours.
"""

import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import IO, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from sertakan.postgres.backend.base import DatabaseWrapper

BLOCK_BYTES = 1 << 20


def copy_seconds(table: str, where: str = "TRUE", *, times: int = 3) -> tuple[float, float]:
    """Median seconds of COPY of those rows into an empty twin: with constraints, and without."""
    with (
        tempfile.TemporaryFile() as rows,
        _owner() as owner,
        owner.cursor() as cursor,
    ):
        columns = _copy_out(cursor, table, where, rows)
        bare = [_copy_in(cursor, table, columns, rows, constrained=False) for _ in range(times)]
        whole = [_copy_in(cursor, table, columns, rows, constrained=True) for _ in range(times)]
    return median(whole), median(bare)


def copy_csv_seconds(csv: Path, *, times: int = 3) -> tuple[float, float]:
    """Median seconds of COPY of the file into a table of text: with a primary key, and without."""
    with csv.open(encoding="utf-8") as file:
        columns = [sql.Identifier(name) for name in file.readline().rstrip("\n").split(",")]
    with _owner() as owner, owner.cursor() as cursor:
        whole = [_copy_csv_in(cursor, csv, columns, " text PRIMARY KEY") for _ in range(times)]
        bare = [_copy_csv_in(cursor, csv, columns, " text") for _ in range(times)]
    return median(whole), median(bare)


def _owner() -> AbstractContextManager[DatabaseWrapper]:
    """A connection of the owner's: the run-time role may make no tables."""
    return cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS]).second_connection(as_owner=True)


def _copy_csv_in(
    cursor: CursorWrapper, csv: Path, columns: list[sql.Identifier], first: str
) -> float:
    kinds = [first, *[" text"] * (len(columns) - 1)]
    listed = sql.SQL(", ").join(
        name + sql.SQL(kind) for name, kind in zip(columns, kinds, strict=True)
    )
    cursor.execute(sql.SQL("CREATE TABLE bench_csv ({})").format(listed))
    begun = time.perf_counter()
    with (
        csv.open("rb") as file,
        cursor.copy("COPY bench_csv FROM STDIN (FORMAT csv, HEADER)") as copy,
    ):
        while block := file.read(BLOCK_BYTES):
            copy.write(block)
    seconds = time.perf_counter() - begun
    cursor.execute("DROP TABLE bench_csv")
    return seconds


def _copy_out(cursor: CursorWrapper, table: str, where: str, rows: IO[bytes]) -> sql.Composed:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    )
    columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
    command = sql.SQL("COPY (SELECT {} FROM {} WHERE " + where + ") TO STDOUT (FORMAT binary)")
    with cursor.copy(command.format(columns, sql.Identifier(table))) as copy:
        for block in copy:
            rows.write(block)
    return columns


def _copy_in(
    cursor: CursorWrapper, table: str, columns: sql.Composed, rows: IO[bytes], *, constrained: bool
) -> float:
    """Seconds, the commit included. The twin is dropped afterwards."""
    twin = sql.Identifier(f"bench_{table}")
    rows.seek(0)
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(twin))
    like = " INCLUDING ALL" if constrained else " INCLUDING GENERATED"
    cursor.execute(
        sql.SQL("CREATE TABLE {} (LIKE {}" + like + ")").format(twin, sql.Identifier(table))
    )
    if constrained:
        _add_foreign_keys(cursor, table, twin)
    begun = time.perf_counter()
    command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(twin, columns)
    with cursor.copy(command) as copy:
        while block := rows.read(BLOCK_BYTES):
            copy.write(block)
    seconds = time.perf_counter() - begun
    cursor.execute(sql.SQL("DROP TABLE {}").format(twin))
    return seconds


def _add_foreign_keys(cursor: CursorWrapper, table: str, twin: sql.Identifier) -> None:
    """The foreign keys of `table`, which LIKE leaves out; those to itself, to the twin."""
    cursor.execute(
        "SELECT replace(pg_get_constraintdef(oid), format('REFERENCES %%I(', %s::text),"
        " format('REFERENCES %%I(', %s::text))"
        " FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table, f"bench_{table}", table],
    )
    for (definition,) in cursor.fetchall():
        cursor.execute(sql.SQL("ALTER TABLE {} ADD " + definition).format(twin))

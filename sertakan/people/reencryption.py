"""Changing the data key: everything encrypted under another one is encrypted anew.

Goes through every column of the records that is called `<field>_encrypted`, some rows at a time,
each time in a transaction of its own. Whoever stops it loses nothing: the next run goes on with
what is left. Reading works all the while, because each value says which key it is under.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.encryption import current_prefix, decrypt_many, encrypt_many
from sertakan.people.errors import CannotDecrypt
from sertakan.postgres.bulk import copy_into, temporary_table

ENDING = "_encrypted"
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many values of one table are under one key."""

    table: str
    key_id: str
    values: int


def encrypted_columns() -> dict[str, Mapping[str, str]]:
    """By table: each encrypted column, and the field that it was encrypted as."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for model in apps.get_models():
        for column in (field.column or "" for field in model._meta.local_concrete_fields):
            if column.endswith(ENDING):
                found[model._meta.db_table][column] = column.removesuffix(ENDING)
    return dict(found)


def keys_in_use() -> list[KeyUse]:
    """How many values are under which key. Reads every table once."""
    found = []
    with connection.cursor() as cursor:
        for table, columns in encrypted_columns().items():
            cursor.execute(
                f"""
                SELECT convert_from(substr(value, 3, get_byte(value, 1)), 'UTF8'), count(*)
                FROM {table}, unnest(ARRAY[{", ".join(columns)}]) value
                WHERE value IS NOT NULL GROUP BY 1 ORDER BY 1
                """
            )
            found += [KeyUse(table, key_id, values) for key_id, values in cursor.fetchall()]
    return found


def rows_left() -> int:
    """How many rows have a value under another key than the current one."""
    left = 0
    with connection.cursor() as cursor:
        for table, columns in encrypted_columns().items():
            cursor.execute(
                f"SELECT count(*) FROM {table} WHERE {_outdated(columns)}", _prefixes(columns)
            )
            left += cursor.fetchone()[0]
    return left


def reencrypt(
    *, by: User, now: datetime, on_rows: Callable[[int], None] = lambda rows: None
) -> int:
    """Encrypt anew whatever is not under the current key; how many rows that was.

    `on_rows` hears of every piece that is done. Raises CannotDecrypt, naming the row, where a
    key is not in the ring.
    """
    done = 0
    for table, columns in encrypted_columns().items():
        for rows in _pieces(table, columns):
            on_rows(rows)
            done += rows
    key_id = settings.DATA_KEY_CURRENT
    record(verb="reencrypted", subject_type="key", subject_id=key_id, by=by, at=now, rows=done)
    return done


def _outdated(columns: Mapping[str, str]) -> str:
    return " OR ".join(f"substr({column}, 1, length(%s)) <> %s" for column in columns)


def _prefixes(columns: Mapping[str, str]) -> list[bytes]:
    return [current_prefix()] * (2 * len(columns))


def _pieces(table: str, columns: Mapping[str, str]) -> Iterator[int]:
    """The rows of each piece, once it is committed."""
    last = 0
    while True:
        with transaction.atomic():
            rows = _outdated_rows(table, columns, last)
            if rows.is_empty():
                return
            _write(table, columns, rows)
        last = rows["id"][-1]
        yield len(rows)


def _outdated_rows(table: str, columns: Mapping[str, str], last: int) -> pl.DataFrame:
    """The next rows after `last`, locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT id, {", ".join(columns)} FROM {table}
            WHERE id > %s AND ({_outdated(columns)})
            ORDER BY id LIMIT {ROWS_AT_ONCE} FOR NO KEY UPDATE
            """,
            [last, *_prefixes(columns)],
        )
        schema = {"id": pl.Int64} | dict.fromkeys(columns, pl.Binary)
        return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")


def _write(table: str, columns: Mapping[str, str], rows: pl.DataFrame) -> None:
    anew = rows.with_columns(
        pl.Series(column, _anew(table, rows["id"], rows[column], field), dtype=pl.Binary)
        for column, field in columns.items()
    )
    kinds = {"id": "bigint"} | dict.fromkeys(columns, "bytea")
    with temporary_table("incoming_encrypted", kinds), connection.cursor() as cursor:
        copy_into("incoming_encrypted", list(kinds), anew)
        cursor.execute(
            f"UPDATE {table} t SET {', '.join(f'{column} = i.{column}' for column in columns)}"
            " FROM incoming_encrypted i WHERE t.id = i.id"
        )


def _anew(table: str, ids: pl.Series, blobs: pl.Series, field: str) -> list[bytes | None]:
    try:
        return encrypt_many(decrypt_many(blobs, field), field)
    except CannotDecrypt:
        for number, blob in zip(ids, blobs, strict=True):
            try:
                decrypt_many([blob], field)
            except CannotDecrypt as error:
                raise CannotDecrypt(f"{table} {number}, {field}: {error}") from error
        raise

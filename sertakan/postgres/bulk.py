"""Rows by the hundred thousand: COPY into tables, and tables that last one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

ROWS_AT_ONCE = 50_000


def copy_into(
    table: str,
    columns: Sequence[str],
    rows: pl.DataFrame | Iterable[Sequence[Any]],
    *,
    using: str = DEFAULT_DB_ALIAS,
) -> int:
    """COPY `rows` into `columns` of `table`; the number of rows written.

    A Polars frame must have all of `columns`, in any order, and goes by the fast path; anything
    else is an iterable of tuples in the order of `columns`. Runs in the caller's transaction.
    Raises what Django raises for the database's refusals (IntegrityError and its kin).
    """
    connection = connections[using]
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(*table.split(".")),
        columns=sql.SQL(", ").join(sql.Identifier(column) for column in columns),
    )
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if isinstance(rows, pl.DataFrame):
            with cursor.copy(statement + sql.SQL(" (FORMAT csv)")) as copy:
                for piece in _as_text(rows.select(columns)).iter_slices(ROWS_AT_ONCE):
                    copy.write(_csv(piece))
        else:
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        return int(cursor.rowcount)


@contextmanager
def temporary_table(
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    like: str | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[str]:
    """A table for this transaction alone, dropped at the end of the block or at its commit.

    Either `columns` (name to SQL type) or the columns of the table `like`. It must be used
    within a transaction.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("A temporary table lives within a transaction.")
    quote = connection.ops.quote_name
    if (columns is None) == (like is None):
        raise ValueError("A temporary table has either columns or a table that it is like.")
    inside = (
        f"LIKE {quote(like)}"
        if like
        else ", ".join(f"{quote(column)} {kind}" for column, kind in (columns or {}).items())
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {quote(name)} ({inside}) ON COMMIT DROP")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {quote(name)}")


def _csv(frame: pl.DataFrame) -> bytes:
    """The frame as PostgreSQL's CSV: NULL is nothing at all, and every text stands in quotes."""
    return frame.write_csv(include_header=False, quote_style="non_numeric").encode()


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as '{...}' and bytes as '\\x...': what CSV has no word for."""
    return frame.with_columns(
        _column_as_text(name, kind)
        for name, kind in frame.schema.items()
        if kind == pl.Binary or kind.is_nested()
    )


def _column_as_text(name: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Binary:
        return (pl.lit(r"\x") + pl.col(name).bin.encode("hex")).alias(name)
    if isinstance(kind, pl.List) and not kind.inner.is_nested():
        return _array(pl.col(name)).alias(name)
    raise TypeError(f"The column {name} ({kind}) cannot be copied; please make it text first.")


def _array(column: pl.Expr) -> pl.Expr:
    """A list as PostgreSQL writes an array, with every element in quotes."""
    element = pl.element().cast(pl.String).str.replace_all(r'(["\\])', r"\${1}")
    quoted = column.list.eval(pl.format('"{}"', element).fill_null("NULL"))
    return pl.lit("{") + quoted.list.join(",") + pl.lit("}")

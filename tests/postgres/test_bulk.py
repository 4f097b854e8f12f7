"""Rows go in by COPY as they are, whatever stands in them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sertakan.postgres.bulk import copy_into, temporary_table

pytestmark = pytest.mark.django_db

KINDS = {
    "number": "bigint",
    "name": "text",
    "born": "date",
    "seen": "timestamptz",
    "agrees": "boolean",
    "share": "numeric",
    "tags": "text[]",
    "months": "integer[]",
    "sealed": "bytea",
}
ROWS = [
    (
        1,
        "Siti, \"Bu RT\"\n\\N \\. 'x' \t é",
        date(1970, 2, 28),
        datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        True,
        Decimal("0.25"),
        ['a"b', "c\\d", "", "NULL", None, "{e,f}"],
        [1, None, 3],
        b"\x00\xff\\",
    ),
    (2, "", None, None, False, None, [], [], b""),
    (3, None, None, None, None, None, None, None, None),
    (4, "\\.", date(9999, 12, 31), None, None, Decimal("-1.50"), None, None, None),
]


def rows_of(table, columns="*"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
        return cursor.fetchall()


def frame_of(rows):
    return pl.DataFrame(
        rows,
        orient="row",
        schema={
            "number": pl.Int64,
            "name": pl.String,
            "born": pl.Date,
            "seen": pl.Datetime("us", "UTC"),
            "agrees": pl.Boolean,
            "share": pl.Decimal(10, 2),
            "tags": pl.List(pl.String),
            "months": pl.List(pl.Int32),
            "sealed": pl.Binary,
        },
    )


def as_read(row):
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


@pytest.mark.parametrize("given_as", [list, frame_of])
def test_every_kind_of_value_arrives_as_it_was(given_as):
    with temporary_table("incoming", KINDS):
        written = copy_into("incoming", list(KINDS), given_as(ROWS))

        assert written == 4
        assert [as_read(row) for row in rows_of("incoming")] == ROWS


def test_columns_of_a_frame_go_by_name_and_the_others_stay_out():
    frame = pl.DataFrame({"extra": ["x"], "name": ["Budi"], "number": [7]})
    with temporary_table("incoming", KINDS):
        copy_into("incoming", ["number", "name"], frame)

        assert rows_of("incoming", "number, name, born") == [(7, "Budi", None)]


def test_a_frame_of_one_column_and_a_frame_of_no_rows():
    with temporary_table("incoming", {"name": "text"}):
        assert copy_into("incoming", ["name"], pl.DataFrame({"name": ["b", None, "", "\\."]})) == 4
        assert copy_into("incoming", ["name"], pl.DataFrame({"name": []})) == 0
        assert copy_into("incoming", ["name"], []) == 0

        assert rows_of("incoming") == [("",), ("\\.",), ("b",), (None,)]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) | st.none()
    )
)
def test_any_text_arrives_as_it_was(texts):
    frame = pl.DataFrame({"n": range(len(texts)), "t": texts, "a": [[t] for t in texts]}).cast(
        {"t": pl.String, "a": pl.List(pl.String)}
    )
    with (
        transaction.atomic(),
        temporary_table("texts", {"n": "integer", "t": "text", "a": "text[]"}),
    ):
        copy_into("texts", ["n", "t", "a"], frame)
        assert rows_of("texts") == [(n, text, [text]) for n, text in enumerate(texts)]


def test_more_rows_than_one_piece():
    with temporary_table("incoming", {"number": "integer"}):
        copy_into("incoming", ["number"], pl.DataFrame({"number": range(120_001)}))

        assert rows_of("incoming", "count(*), sum(number)") == [(120_001, 120_000 * 120_001 // 2)]


def test_a_refusal_of_the_database_is_djangos():
    with (
        temporary_table("incoming", {"number": "integer PRIMARY KEY"}),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        copy_into("incoming", ["number"], pl.DataFrame({"number": [1, 1]}))


def test_a_column_that_copy_has_no_words_for_is_refused_by_name():
    frame = pl.DataFrame({"place": [{"lat": 1.0}]})
    with (
        temporary_table("incoming", {"place": "text"}),
        pytest.raises(TypeError, match="The column place"),
        transaction.atomic(),
    ):
        copy_into("incoming", ["place"], frame)


def test_a_temporary_table_like_another_is_gone_after_the_block():
    with temporary_table("incoming", like="accounts_user"):
        assert rows_of("incoming") == []

    with pytest.raises(ProgrammingError), transaction.atomic():
        rows_of("incoming")


@pytest.mark.django_db(transaction=True)
def test_a_temporary_table_needs_a_transaction():
    with (
        pytest.raises(RuntimeError, match="within a transaction"),
        temporary_table("incoming", {"number": "integer"}),
    ):
        pass

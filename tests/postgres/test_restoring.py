"""After a test that commits, the database is what it was before."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connection

from sertakan.postgres.grants import append_only_sql

User = get_user_model()
pytestmark = pytest.mark.django_db(transaction=True)


def everything(run_as_owner):
    """Tables with their rows, triggers with their state, rights, and the next numbers."""
    tables = run_as_owner(
        "SELECT oid::regclass::text FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    rows = {table: run_as_owner(f"SELECT count(*) FROM {table}") for (table,) in tables}
    return (
        rows,
        run_as_owner(
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger ORDER BY 1, 2"
        ),
        run_as_owner("SELECT relname, relacl::text FROM pg_class WHERE relkind <> 't' ORDER BY 1"),
        run_as_owner(
            "SELECT attrelid::regclass::text, attname, attnotnull FROM pg_attribute"
            " WHERE attrelid::regclass::text ~ '^accounts_' ORDER BY 1, attnum"
        ),
        run_as_owner(
            "SELECT proname, prosrc FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2"
        ),
        run_as_owner("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"),
    )


def add_rows(run):
    User.objects.create_user("sari@example.org", name="Sari")


def change_what_was_loaded(run):
    ContentType.objects.first().delete()


def make_a_table(run):
    run("CREATE TABLE diary (line text)")
    run("INSERT INTO diary VALUES ('x')")
    run(append_only_sql("diary"))


def alter_a_table(run):
    run("ALTER TABLE accounts_user ALTER COLUMN name DROP NOT NULL")


def take_a_right(run):
    run("REVOKE UPDATE ON accounts_user FROM sertakan_app")


def switch_a_trigger_off(run):
    run(append_only_sql("accounts_user"))
    run("ALTER TABLE accounts_user DISABLE TRIGGER accounts_user_append_only")


def change_a_function(run):
    run(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'"
    )


def leave_a_session_open(run):
    left = connection.copy()
    left.cursor().execute("BEGIN; LOCK TABLE accounts_user IN ROW EXCLUSIVE MODE")
    User.objects.create_user("sari@example.org", name="Sari")


@pytest.mark.parametrize(
    "change",
    [
        add_rows,
        change_what_was_loaded,
        make_a_table,
        alter_a_table,
        take_a_right,
        switch_a_trigger_off,
        change_a_function,
        leave_a_session_open,
    ],
)
def test_whatever_a_test_changed_is_as_before(change, run_as_owner, owner_connection):
    before = everything(run_as_owner)
    change(run_as_owner)
    assert everything(run_as_owner) != before
    owner_connection.close()

    connection.creation.restore_test_db()

    assert everything(run_as_owner) == before


def test_append_only_rows_are_gone_and_still_append_only(run_as_owner, owner_connection):
    run_as_owner(append_only_sql("accounts_user"))
    owner_connection.close()
    connection.creation.look_at_test_db()
    User.objects.create_user("sari@example.org", name="Sari")

    connection.creation.restore_test_db()

    assert User.objects.count() == 0
    User.objects.create_user("budi@example.org", name="Budi")
    with pytest.raises(IntegrityError, match="append-only"):
        User.objects.update(name="x")
    owner_connection.close()
    connection.creation.copy_test_db()


def test_a_session_at_rest_is_left_alone(run_as_owner, owner_connection):
    with connection.second_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT 1")
        owner_connection.close()

        connection.creation.restore_test_db()

        cursor.execute("SELECT count(*) FROM accounts_user")
        assert cursor.fetchall() == [(0,)]


def test_the_connection_of_another_thread_restores_too(run_as_owner, owner_connection):
    User.objects.create_user("sari@example.org", name="Sari")
    owner_connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(call_command, "flush", interactive=False).result()

    assert User.objects.count() == 0

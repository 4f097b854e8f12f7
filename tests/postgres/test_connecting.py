"""Django's connection over the embedded server and the two roles."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import NotSupportedError, OperationalError, connection, transaction

from sertakan.postgres import roles
from sertakan.postgres.backend.base import DatabaseWrapper
from sertakan.postgres.errors import DatabaseUnavailable
from tests.postgres.conftest import pid_of
from tests.postgres.test_server import kill


@pytest.fixture
def wrapper(server, django_db_blocker):
    """Django's connection to a server of its own, which nobody has started."""
    settings = {
        **connection.settings_dict,
        "NAME": roles.DATABASE,
        "USER": roles.RUNTIME,
        "PASSWORD": server.password(roles.RUNTIME),
        "HOST": str(server.socket_folder),
        "PORT": "5432",
        "OPTIONS": {},
        "OWNER": {"user": roles.OWNER, "password": server.password(roles.OWNER)},
        "RUNTIME_ROLE": roles.RUNTIME,
        "EMBEDDED": server,
    }
    wrapper = DatabaseWrapper(settings)
    with django_db_blocker.unblock():
        yield wrapper
        wrapper.close()


def ask(wrapper, statement):
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_connection_starts_the_server(wrapper):
    assert ask(wrapper, "SELECT current_user, session_user") == [(roles.RUNTIME, roles.RUNTIME)]


def test_as_owner_it_is_the_owner_for_the_block_only(wrapper):
    with wrapper.as_owner():
        assert ask(wrapper, "SELECT current_user") == [(roles.OWNER,)]
    assert ask(wrapper, "SELECT current_user") == [(roles.RUNTIME,)]


def test_the_owner_is_no_superuser_and_neither_is_the_run_time_role(wrapper):
    found = ask(
        wrapper,
        "SELECT rolname, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles "
        f"WHERE rolname IN ('{roles.OWNER}', '{roles.RUNTIME}') ORDER BY rolname",
    )
    assert found == [(roles.RUNTIME, False, False, False), (roles.OWNER, False, False, False)]


def test_after_a_kill_of_the_server_the_next_request_finds_it_again(wrapper, server):
    ask(wrapper, "SELECT 1")
    kill(pid_of(server))

    with pytest.raises(OperationalError):
        ask(wrapper, "SELECT 1")
    wrapper.close_if_unusable_or_obsolete()  # as Django does between two requests

    assert ask(wrapper, "SELECT 1") == [(1,)]


@pytest.mark.django_db
def test_the_role_does_not_change_within_a_transaction():
    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="within a transaction"),
        connection.as_owner(),
    ):
        pass


@pytest.mark.django_db(transaction=True)
def test_a_second_connection_waits_for_the_first():
    waited = []

    def lock_too():
        with connection.second_connection() as second, second.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(1)")
            waited.append("second")

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(1)")
        thread = threading.Thread(target=lock_too)
        thread.start()
        thread.join(timeout=0.3)
        waited.append("first")
    thread.join()

    assert waited == ["first", "second"]


def test_records_are_never_flushed(monkeypatch):
    monkeypatch.setattr(connection.creation, "known", {})

    with pytest.raises(CommandError, match="never flushed"):
        call_command("flush", interactive=False)


def test_a_login_that_may_not_be_the_run_time_role_reads_what_to_do(wrapper, server):
    server.ensure_running()
    wrapper.settings_dict |= {"EMBEDDED": None, "RUNTIME_ROLE": "nobody_made_it"}

    with pytest.raises(DatabaseUnavailable, match="please run `sertakan migrate` once"):
        ask(wrapper, "SELECT 1")


def test_an_older_server_is_refused_by_its_number(wrapper):
    wrapper.features.minimum_database_version = (99,)

    with pytest.raises(NotSupportedError, match=r"PostgreSQL 99 or later is required \(found 18"):
        wrapper.check_database_version_supported()


def test_the_oldest_server_is_15():
    assert connection.features.minimum_database_version == (15,)

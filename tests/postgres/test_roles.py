"""Two roles: the owner makes tables, the run-time role works with them."""

import pytest
from django.contrib.auth import get_user_model
from django.db import ProgrammingError, connection

User = get_user_model()


def rows(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.mark.django_db
def test_the_program_works_as_the_run_time_role():
    assert rows("SELECT current_user") == [("sertakan_app",)]
    rows("RESET ROLE")
    assert rows("SELECT current_user") == [("sertakan_app",)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a integer)",
        "TRUNCATE accounts_user CASCADE",
        "ALTER TABLE accounts_user DISABLE TRIGGER ALL",
        "DROP TABLE accounts_user CASCADE",
        "DELETE FROM django_migrations",
    ],
)
def test_the_run_time_role_may_not(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        rows(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_for_the_next(time, run_as_owner):
    assert User.objects.count() == 0
    User.objects.create_user("sari@example.org", name="Sari")
    assert run_as_owner("SELECT name FROM accounts_user") == [("Sari",)]

"""Databases for tests: made and migrated by the owner, used as the run-time role.

The run-time role may not TRUNCATE, and no one may rub out append-only tables, so Django's own way
to clean up after a test that commits is closed. Here the owner deletes what the test has added;
where the test did more than add, its database is copied anew from a template. What migrations
have loaded stays.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.db.backends.postgresql import creation

from sertakan.postgres.backend.restoring import Pristine

if TYPE_CHECKING:
    from sertakan.postgres.backend.base import DatabaseWrapper


END_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND backend_type = 'client backend'
"""


class DatabaseCreation(creation.DatabaseCreation):
    """Django's way of making a test database, as the owner, with a template beside it."""

    connection: "DatabaseWrapper"
    known: ClassVar[dict[str, Pristine]] = {}  # by name, for the connections of every thread

    @property
    def is_test_database(self) -> bool:
        """Whether this database was made for tests by this process."""
        return self._name in self.known

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        """Make and migrate the database, and keep a copy of it as it is now."""
        with self.connection.as_owner():
            name: str = super().create_test_db(*args, **kwargs)
        self._copy(name, self._template)
        self.look_at_test_db()
        return name

    def look_at_test_db(self) -> None:
        """Take the test database as it is now for what tests find."""
        with self.connection.as_owner(), self.connection.cursor() as cursor:
            self.known[self._name] = Pristine.of(cursor)

    def restore_test_db(self) -> None:
        """Make the test database again what it was before the first test."""
        with (
            self.connection.as_owner(),
            transaction.atomic(using=self.connection.alias),
            self.connection.cursor() as cursor,
        ):
            restored = self.known[self._name].restore(cursor)
            transaction.set_rollback(not restored, using=self.connection.alias)
        if not restored:
            self.copy_test_db()

    def copy_test_db(self) -> None:
        """Drop the test database and copy it anew from the template."""
        self._copy(self._template, self._name)
        self.look_at_test_db()

    @property
    def _name(self) -> str:
        return str(self.connection.settings_dict["NAME"])

    @property
    def _template(self) -> str:
        return f"{self._name}_template"

    def _copy(self, source: str, target: str) -> None:
        quote = self.connection.ops.quote_name
        with self.connection.as_owner(), self.connection._nodb_cursor() as cursor:
            self._drop(cursor, target)
            cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        with self.connection.as_owner(), self.connection._nodb_cursor() as cursor:
            for name in (test_database_name, f"{test_database_name}_template"):
                self._drop(cursor, name)

    def _drop(self, cursor: Any, name: str) -> None:
        """Not WITH (FORCE), which a worker of autovacuum makes fail for all but superusers."""
        cursor.execute(END_SESSIONS, [name])
        cursor.execute(f"DROP DATABASE IF EXISTS {self.connection.ops.quote_name(name)}")

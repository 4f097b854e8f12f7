"""Databases for tests: made and migrated by the owner, used as the run-time role.

The run-time role may not TRUNCATE, and no one may rub out append-only tables, so Django's own way
to clean up after a test that commits is closed. Here the owner deletes what the test has added;
where the test did more than add, its database is copied anew from a template. What migrations
have loaded stays.
"""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.backends.postgresql import creation

from sertakan.postgres.backend.restoring import Pristine

if TYPE_CHECKING:
    from sertakan.postgres.backend.base import DatabaseWrapper


class DatabaseCreation(creation.DatabaseCreation):
    """Django's way of making a test database, as the owner, with a template beside it."""

    connection: "DatabaseWrapper"
    pristine: Pristine | None = None

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        """Make and migrate the database, and keep a copy of it as it is now."""
        with self.connection.as_owner():
            name: str = super().create_test_db(*args, **kwargs)
        self._copy(name, self._template())
        self._look()
        return name

    def restore_test_db(self) -> None:
        """Make the test database again what it was before the first test."""
        if self.pristine is None:
            raise RuntimeError("Only a database of tests is restored.")
        with (
            self.connection.as_owner(),
            transaction.atomic(using=self.connection.alias),
            self.connection.cursor() as cursor,
        ):
            restored = self.pristine.restore(cursor)
            transaction.set_rollback(not restored, using=self.connection.alias)
        if not restored:
            self._copy(self._template(), self.connection.settings_dict["NAME"])
            self._look()

    def _look(self) -> None:
        with self.connection.as_owner(), self.connection.cursor() as cursor:
            self.pristine = Pristine.of(cursor)

    def _template(self) -> str:
        return f"{self.connection.settings_dict['NAME']}_template"

    def _copy(self, source: str, target: str) -> None:
        quote = self.connection.ops.quote_name
        with self.connection.as_owner(), self.connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(target)} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        quote = self.connection.ops.quote_name
        with self.connection.as_owner(), self.connection._nodb_cursor() as cursor:
            for name in (test_database_name, f"{test_database_name}_template"):
                cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")

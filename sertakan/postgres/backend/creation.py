"""Databases for tests: made and migrated by the owner, used as the run-time role.

The run-time role may not TRUNCATE, and no one may rub out append-only tables. So a test that
commits is not cleaned up after: its database is dropped and copied anew from a template, which
also keeps what migrations have loaded.
"""

from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import creation

if TYPE_CHECKING:
    from sertakan.postgres.backend.base import DatabaseWrapper


class DatabaseCreation(creation.DatabaseCreation):
    """Django's way of making a test database, as the owner, with a template beside it."""

    connection: "DatabaseWrapper"
    is_test_database = False

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        """Make and migrate the database, and keep a copy of it as it is now."""
        with self.connection.as_owner():
            name = super().create_test_db(*args, **kwargs)
        self.is_test_database = True
        self._copy(name, self._template())
        self.connection.ensure_connection()
        return name

    def restore_test_db(self) -> None:
        """Make the test database again what it was before the first test."""
        self._copy(self._template(), self.connection.settings_dict["NAME"])

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

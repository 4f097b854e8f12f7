"""`flush`: for databases of tests alone, which are made again what they were."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush

from sertakan.postgres.connecting import connected


class Command(flush.Command):
    """What Django's test cases call after a test that commits."""

    def handle(self, **options: Any) -> None:
        """Restore the test database. Refused on any other."""
        connection = connected(options["database"])
        if not connection.creation.is_test_database:
            raise CommandError("Records are never flushed; only a database of tests can be.")
        connection.creation.restore_test_db()

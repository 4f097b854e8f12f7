"""`migrate`, as the owner; afterwards the run-time role is given what it may do."""

from typing import Any

from django.core.management.commands import migrate

from sertakan.postgres.connecting import connected
from sertakan.postgres.grants import grant_all, make_runtime_role


class Command(migrate.Command):
    """Django's `migrate` between making the run-time role and granting to it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as the owner."""
        connection = connected(options["database"])
        with connection.as_owner():
            only_asked = options["plan"] or options["check_unapplied"]
            if not only_asked:
                make_runtime_role(connection)
            super().handle(*args, **options)
            if not only_asked:
                grant_all(connection)

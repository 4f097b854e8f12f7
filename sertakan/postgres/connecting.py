"""Django's connections, known for what they are here."""

from django.db import DEFAULT_DB_ALIAS, connections

from sertakan.postgres.backend.base import DatabaseWrapper


def connected(using: str = DEFAULT_DB_ALIAS) -> DatabaseWrapper:
    """This thread's connection to the database `using`."""
    connection = connections[using]
    if not isinstance(connection, DatabaseWrapper):
        raise TypeError(f"The database {using} is not set up with sertakan.postgres.backend.")
    return connection

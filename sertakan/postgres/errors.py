"""What can go wrong before the first statement runs."""

from django.db import OperationalError


class DatabaseUnavailable(OperationalError):
    """The database cannot be used now; the message says in one sentence what to do."""

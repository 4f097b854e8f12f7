"""What the server must be able to do."""

from django.db.backends.postgresql import features


class DatabaseFeatures(features.DatabaseFeatures):
    """PostgreSQL 15 or newer; Django refuses an older one by name."""

    minimum_database_version = (15,)

"""The place of this package among Django's apps."""

from django.apps import AppConfig


class PostgresConfig(AppConfig):
    """Brings the commands `migrate` and `flush`; has no tables of its own."""

    name = "sertakan.postgres"
    label = "sertakan_postgres"

    read_only = ("django_migrations",)

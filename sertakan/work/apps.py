"""The place of this package among Django's apps."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Jobs. Which tasks there are is said in each app's `tasks.py`, imported at the start."""

    name = "sertakan.work"
    label = "work"
    columns_fixed = {
        "work_job": (
            "id",
            "kind",
            "args",
            "scope",
            "alone",
            "language",
            "started_by_id",
            "created_at",
            "retry_of_id",
        )
    }

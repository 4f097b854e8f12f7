"""The one place where the pages look at the clock."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """The day in Indonesia's western time zone."""
    return timezone.localdate()

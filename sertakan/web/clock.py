"""The one place where the pages look at the clock: the same clock that background work looks at."""

from datetime import date

from django.utils import timezone

from sertakan.work.clock import now

__all__ = ["now", "today"]


def today() -> date:
    """The day in Indonesia's western time zone."""
    return timezone.localdate(now())

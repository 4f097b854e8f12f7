"""The one place where background work looks at the clock: the same that the pages go by.

A demonstration plays on a day of its own (SERTAKAN_DEMO_DAY); the hour is always the clock's.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, on today's day."""
    moment = timezone.now()
    day: date | None = settings.DEMO_DAY
    if day is None:
        return moment
    return timezone.localtime(moment).replace(year=day.year, month=day.month, day=day.day)

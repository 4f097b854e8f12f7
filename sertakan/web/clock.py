"""The one place where the pages look at the clock.

A demonstration plays on a day of its own (SERTAKAN_DEMO_DAY), so that it looks the same in any
year; the hour is always the clock's.
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
    here = timezone.localtime(moment)
    return here.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The day in Indonesia's western time zone."""
    return timezone.localdate(now())

"""What the worker does for the totals."""

from datetime import datetime

from django.utils import timezone

from sertakan.analytics import operations
from sertakan.vocabulary import Month
from sertakan.work.periodic import every
from sertakan.work.queue import PEOPLE


@every("17 19 * * *", queue=PEOPLE)  # 02:17 in Jakarta
def rebuild_totals(*, now: datetime) -> None:
    """Make the totals of this month and the last again, of which payments may still change."""
    this_month = Month.of(timezone.localdate(now))
    operations.rebuild(first_month=this_month - 1, last_month=this_month, now=now)

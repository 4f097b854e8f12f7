"""What the worker does for the totals."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from sertakan.analytics import operations
from sertakan.vocabulary import Month
from sertakan.work.kinds import work
from sertakan.work.models import Job
from sertakan.work.periodic import every
from sertakan.work.progress import Progress
from sertakan.work.queue import PEOPLE

MAKE_TOTALS, TOTALS = "make_totals", "totals"  # the kind of the work, and its scope


@every("17 19 * * *", queue=PEOPLE)  # 02:17 in Jakarta
def rebuild_totals(*, now: datetime) -> None:
    """Make the totals of this month and the last again, of which payments may still change."""
    this_month = Month.of(timezone.localdate(now))
    operations.rebuild(first_month=this_month - 1, last_month=this_month, now=now)


@work(MAKE_TOTALS)
def make_totals(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """Make the totals of the job's `first` to `last` month again."""
    first, last = Month.parse(job.args["first"]), Month.parse(job.args["last"])
    months = list(first.through(last))
    for number, month in enumerate(months):
        progress(done=number, total=len(months), what=str(month))
        operations.rebuild(first_month=month, last_month=month, now=now)
    return {"months": len(months)}

"""Doing a job: all of it stands, or nothing, and at most once.

A job is marked as running in a transaction of its own, so that pages see it. The work then runs in
one transaction with the mark that it is done, and holds a lock of the database all the while. A
job that is marked as running and whose lock is free has lost its worker; whatever that worker did
was never committed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from sertakan.audit.errors import Refused
from sertakan.work.errors import Stopping
from sertakan.work.kinds import function_of
from sertakan.work.models import Job, State
from sertakan.work.progress import Progress
from sertakan.work.queue import order

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

LOCK = "hashtextextended('work_job', %s)"
BEGINS_WITHIN = timedelta(minutes=1)  # from the mark to the lock; it takes milliseconds


class Lost(Exception):
    """The job was ended by somebody else meanwhile; nothing of it may stand."""


def run(number: int, *, clock: Clock) -> None:
    """Do the job, unless it was done or begun already."""
    job = _begin(number, clock())
    if job is None:
        return
    with translation.override(job.language), Progress(job) as progress:
        try:
            _do(job, progress, clock)
        except Stopping:
            _give_back(job)
        except Refused as refusal:
            _fail(job, str(refusal), clock())
        except Exception as fault:
            # Not its words: they may name people.
            log.error("job failed", job=job.pk, kind=job.kind, **_where(fault))
            _fail(job, _("Something went wrong, and nothing of it was kept."), clock())


def fail_those_without_worker(*, now: datetime) -> int:
    """Mark the jobs as failed whose worker has died; how many. They may be begun anew."""
    running = Job.objects.filter(state=State.RUNNING, started_at__lt=now - BEGINS_WITHIN)
    return sum(_fail_without_worker(job, now) for job in running)


@transaction.atomic
def _begin(number: int, now: datetime) -> Job | None:
    waiting = Job.objects.filter(pk=number, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started_at=now):
        return None
    return Job.objects.select_related("started_by").get(pk=number)


@transaction.atomic
def _do(job: Job, progress: Progress, clock: Clock) -> None:
    if not _hold(job):
        raise Lost
    result = function_of(job.kind)(job, now=clock(), progress=progress)
    _end(job, clock(), state=State.DONE, result=result or {})


@transaction.atomic
def _fail(job: Job, refusal: str, now: datetime) -> None:
    _end(job, now, state=State.FAILED, refusal=refusal[:500])


@transaction.atomic
def _give_back(job: Job) -> None:
    """Let it be done later, from the start."""
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    if running.update(state=State.WAITING, started_at=None, done=0, total=None, what=""):
        order(job)


@transaction.atomic
def _fail_without_worker(job: Job, now: datetime) -> bool:
    if not _hold(job):
        return False
    with translation.override(job.language):
        refusal = _("The program stopped while it worked on this, and nothing of it was kept.")
    log.error("job without worker", job=job.pk, kind=job.kind)
    still = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    return bool(still.update(state=State.FAILED, refusal=refusal, finished_at=now))


def _end(job: Job, now: datetime, **values: Any) -> None:
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    told = {"done": job.done, "total": job.total, "what": job.what}
    if not running.update(finished_at=now, **told, **values):
        raise Lost


def _hold(job: Job) -> bool:
    """Hold the job until the transaction ends; False where another transaction holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({LOCK})", [job.pk])
        return bool(cursor.fetchone()[0])


def _where(fault: Exception) -> dict[str, object]:
    """The kind of a fault and the line that it came from."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return {"error": type(fault).__name__}
    file = place.tb_frame.f_code.co_filename
    return {"error": type(fault).__name__, "file": file, "line": place.tb_lineno}

"""Orders to the worker, kept in the database by procrastinate.

Whoever orders does it over Django's connection, in the transaction that is open there; also from
within the worker, whose own connection is another.
"""

from asgiref.sync import async_to_sync
from procrastinate import manager, tasks
from procrastinate.contrib.django.django_connector import DjangoConnector

from sertakan.work.models import Job

RUN = "sertakan.work.run"
PEOPLE = "people"  # what people have started, and what takes long
CLOCK = "clock"  # what is done by the clock, and soon over
STALLED_SECONDS = 120  # without a heartbeat; a worker gives one every ten

_manager = manager.JobManager(connector=DjangoConnector())


def order(job: Job) -> None:
    """Let the worker do this job, once the transaction is committed."""
    tasks.configure_task(name=RUN, job_manager=_manager, queue=PEOPLE).defer(job=job.pk)


def order_again_what_stalled() -> int:
    """Whatever a dead worker had fetched is fetched once more; how many orders that was.

    None of them does harm when it is done twice: a job that has begun is not begun again.
    """
    stalled = list(
        async_to_sync(_manager.get_stalled_jobs)(seconds_since_heartbeat=STALLED_SECONDS)
    )
    for each in stalled:
        async_to_sync(_manager.retry_job)(each)
    return len(stalled)


def forget_orders(*, older_than_hours: int) -> None:
    """Delete orders that have ended, failed or not. Those that went well are gone at once."""
    async_to_sync(_manager.delete_old_jobs)(
        nb_hours=older_than_hours,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )

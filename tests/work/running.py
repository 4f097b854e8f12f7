"""Doing in this process what a worker would do."""

from django.utils import timezone

from sertakan.work import queries, running
from sertakan.work.models import State


def run_waiting(*, clock=timezone.now):
    """Do every waiting job, the oldest first, and those started by it; the jobs as they ended."""
    done = []
    while job := queries.waiting_or_running().filter(state=State.WAITING).first():
        running.run(job.pk, clock=clock)
        job.refresh_from_db()
        done.append(job)
    return done

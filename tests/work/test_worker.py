"""A worker process does what was started, is ended without losing anything, and may die."""

import signal
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from sertakan.audit.models import Event, Seal
from sertakan.audit.operations import record
from sertakan.messages.models import Message
from sertakan.work import kinds, queue, running
from sertakan.work.models import Job
from sertakan.work.operations import start
from tests.messages.making import posted
from tests.work.conftest import NOW
from tests.work.processes import a_worker, until

pytestmark = pytest.mark.django_db(transaction=True)

IMPORTED = (
    "import os, django",
    "os.environ['DJANGO_SETTINGS_MODULE'] = 'sertakan.config.settings'",
    "django.setup()",
    "import tests.work.counting",
)


@pytest.fixture
def sari(transactional_db):
    return get_user_model().objects.create_user("sari@example.org", name="Sari")


def started(by, **args):
    return start("count", args=args, by=by, now=NOW)


def state_of(job):
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


@pytest.mark.parametrize("login_is_owner", [False, True])
def test_a_worker_works_as_the_role_that_owns_nothing(sari, login_is_owner):
    job = started(sari, to=3)

    with a_worker(*IMPORTED, login_is_owner=login_is_owner) as worker:
        until(lambda: state_of(job) == "done", worker)
        worker.send_signal(signal.SIGTERM)
        said, _ = worker.communicate(timeout=30)

    job.refresh_from_db()
    assert (worker.returncode, said) == (0, "")
    assert job.result == {"role": "sertakan_app"}
    assert ProcrastinateJob.objects.filter(task_name=queue.RUN).count() == 0


def test_a_worker_does_what_the_clock_says(sari):
    now = timezone.now()
    posted(now=now)
    record(verb="posted", subject_type="message", by=sari, at=now)

    with a_worker(*IMPORTED) as worker:
        until(Message.objects.filter(state="kept").exists, worker)
        until(Seal.objects.exists, worker)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_ended_gives_its_job_back_and_the_next_one_does_it(sari, how):
    job = started(sari, to=2_000, pause=0.05)

    with a_worker(*IMPORTED) as worker:
        until(lambda: Job.objects.filter(pk=job.pk, done__gt=0), worker)
        worker.send_signal(how)
        worker.communicate(timeout=30)

    assert (worker.returncode, state_of(job), Event.objects.count()) == (0, "waiting", 0)


def test_a_worker_that_is_killed_leaves_nothing_and_its_job_is_marked(sari):
    job = started(sari, to=2_000, pause=0.05)

    with a_worker(*IMPORTED) as worker:
        until(lambda: Job.objects.filter(pk=job.pk, done__gt=0), worker)
        worker.kill()
        worker.wait()
    later = Job.objects.get(pk=job.pk).started_at + timedelta(minutes=2)
    until(lambda: running.fail_those_without_worker(now=later) or state_of(job) == "failed")

    assert Event.objects.filter(verb="counted").count() == 0
    assert Job.objects.get(pk=job.pk).refusal == (
        "The program stopped while it worked on this, and nothing of it was kept."
    )


def test_what_a_dead_worker_had_only_fetched_is_fetched_again(sari, run_as_owner, monkeypatch):
    monkeypatch.setitem(kinds._KINDS, "count", lambda job, *, now, progress: None)
    job = started(sari)
    run_as_owner("UPDATE procrastinate_jobs SET status = 'doing'")  # by no worker that lives

    assert queue.order_again_what_stalled() == 1

    [order] = ProcrastinateJob.objects.all()
    assert (order.status, order.args) == ("todo", {"job": job.pk})


def test_orders_that_failed_long_ago_are_forgotten(sari, run_as_owner):
    started(sari)
    run_as_owner("UPDATE procrastinate_jobs SET status = 'doing'")
    run_as_owner("UPDATE procrastinate_jobs SET status = 'failed'")

    queue.forget_orders(older_than_hours=1)
    assert ProcrastinateJob.objects.count() == 1
    run_as_owner("UPDATE procrastinate_events SET at = at - interval '2 hours'")
    queue.forget_orders(older_than_hours=1)

    assert ProcrastinateJob.objects.count() == 0

"""A job is started with the deed, done once, and tells what came of it."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from sertakan.audit.models import Event
from sertakan.work import kinds, progress, queries, running
from sertakan.work.errors import CannotRetry, RunsAlready
from sertakan.work.models import Job
from sertakan.work.operations import retry, start
from sertakan.work.stopping import STOP
from tests.work.conftest import NOW
from tests.work.running import run_waiting

pytestmark = pytest.mark.django_db


def clock():
    return NOW


def started(by, kind="count", **others):
    return start(kind, args={"to": 3}, by=by, now=NOW, **others)


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_job_is_done_and_tells_what_came_of_it(sari):
    job = started(sari, scope="agreement:7")
    assert (job.state, job.percent, job.has_ended) == ("waiting", None, False)

    [job] = run_waiting(clock=clock)

    assert (job.state, job.percent, job.has_ended) == ("done", 100, True)
    assert (job.done, job.total, job.what, job.result) == (3, 3, "rows read", {"counted": 3})
    assert (job.started_by, job.language, job.finished_at) == (sari, "en", NOW)
    assert [list(queries.started_by(sari)), list(queries.of_scope("agreement:7"))] == [[job], [job]]


def test_a_job_and_its_order_fall_with_the_deed(sari):
    with transaction.atomic():
        started(sari)
        transaction.set_rollback(True)

    assert (Job.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_the_order_names_the_job_and_nothing_else(sari):
    job = started(sari)

    [order] = ProcrastinateJob.objects.all()
    assert (order.task_name, order.queue_name, order.args) == (
        "sertakan.work.run",
        "people",
        {"job": job.pk},
    )


def test_what_is_refused_says_why_and_leaves_nothing(sari):
    started(sari, "refuse")

    [job] = run_waiting(clock=clock)

    assert (job.state, job.refusal) == ("failed", "There is no roster under this number.")
    assert verbs() == []


def test_what_breaks_says_so_without_its_words(sari):
    started(sari, "break_down")

    [job] = run_waiting(clock=clock)

    assert (job.state, job.refusal) == (
        "failed",
        "Something went wrong, and nothing of it was kept.",
    )
    assert verbs() == []


def test_a_job_is_done_once_however_often_it_is_ordered(sari):
    job = started(sari)

    for _ in range(3):
        running.run(job.pk, clock=clock)

    assert verbs() == ["counted"]


def test_work_of_an_unknown_kind_is_not_started(sari):
    with pytest.raises(ValueError, match="no work of the kind sing"):
        start("sing", by=sari, now=NOW)


def test_a_kind_has_one_function():
    with pytest.raises(ValueError, match="two functions"):
        kinds.work("count")(lambda job, *, now, progress: None)


def test_two_do_not_work_alone_in_the_same_place(sari):
    started(sari, scope="agreement:7", alone=True)
    started(sari, scope="agreement:8", alone=True)

    with pytest.raises(RunsAlready, match="being worked on already"):
        started(sari, scope="agreement:7", alone=True)
    run_waiting(clock=clock)
    started(sari, scope="agreement:7", alone=True)


def test_what_failed_is_begun_anew_once(sari):
    started(sari, "refuse", scope="agreement:7")
    [failed] = run_waiting(clock=clock)

    again = retry(job=failed, by=sari, now=NOW)

    assert (again.kind, again.args, again.scope, again.state) == (
        "refuse",
        {"to": 3},
        "agreement:7",
        "waiting",
    )
    assert verbs() == ["retried"]
    with pytest.raises(CannotRetry, match="already"):
        retry(job=failed, by=sari, now=NOW)
    with pytest.raises(CannotRetry, match="that failed"):
        retry(job=again, by=sari, now=NOW)


def test_a_worker_that_is_to_end_gives_the_job_back(sari, monkeypatch):
    job = started(sari)
    STOP.set()
    try:
        running.run(job.pk, clock=clock)
    finally:
        STOP.clear()

    job.refresh_from_db()
    assert (job.state, job.started_at, job.done) == ("waiting", None, 0)
    assert ProcrastinateJob.objects.count() == 2  # ordered again
    assert verbs() == []
    assert [job.state for job in run_waiting(clock=clock)] == ["done"]


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_nothing_of_the_work_is(sari, monkeypatch):
    seen = []

    def look(job, *, now, progress):
        Event.objects.create(at=now, verb="half", subject_type="job")
        progress(120, 17306, "rows read")
        with connection.second_connection() as other, other.cursor() as cursor:
            cursor.execute(
                "SELECT state, done, total, what, (SELECT count(*) FROM audit_event) FROM work_job"
            )
            seen.extend(cursor.fetchall())

    monkeypatch.setitem(kinds._KINDS, "look", look)
    started(sari, "look")

    run_waiting(clock=clock)

    assert seen == [("running", 120, 17306, "rows read", 0)]
    assert verbs() == ["half"]


def test_progress_is_told_four_times_a_second_at_most(sari, monkeypatch):
    moment, told = [0.0], []
    monkeypatch.setattr(progress, "monotonic", lambda: moment[0])
    monkeypatch.setattr(progress.Progress, "_write", lambda self: told.append(self._job.done))
    tell = progress.Progress(started(sari))

    for done, moment[0] in enumerate([0.0, 0.1, 0.3, 0.4, 0.6], start=1):
        tell(done, 5)

    assert told == [1, 3, 5]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_found_and_one_that_is_alive_is_not(sari):
    dead, alive = started(sari), started(sari)
    Job.objects.update(state="running", started_at=NOW)
    later = NOW + timedelta(minutes=2)
    holds, may_end = threading.Event(), threading.Event()

    def work():
        try:
            with transaction.atomic():
                running._hold(alive)
                holds.set()
                may_end.wait()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    holds.wait()
    try:
        assert running.fail_those_without_worker(now=NOW) == 0  # too early to say
        assert running.fail_those_without_worker(now=later) == 1
    finally:
        may_end.set()
        thread.join()

    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.refusal, alive.state) == (
        "failed",
        "The program stopped while it worked on this, and nothing of it was kept.",
        "running",
    )


def test_a_job_that_was_taken_for_dead_leaves_nothing(sari, monkeypatch):
    def slow(job, *, now, progress):
        Event.objects.create(at=now, verb="late", subject_type="job")
        Job.objects.filter(pk=job.pk).update(state="failed", refusal="dead", finished_at=now)

    monkeypatch.setitem(kinds._KINDS, "slow", slow)
    started(sari, "slow")

    with pytest.raises(running.Lost):
        running._do(running._begin(Job.objects.get().pk, NOW), lambda *words: None, clock)

    assert verbs() == []


REFUSED = {
    "state = 'lost'": "a_job_has_a_known_state",
    "state = 'running'": "a_job_has_the_times_of_its_state",
    "finished_at = now()": "a_job_has_the_times_of_its_state",
    "refusal = 'no'": "a_failed_job_says_why_and_no_other_does",
    "done = 4, total = 3": "a_job_does_not_do_more_than_there_is",
    "state = 'done', started_at = now(), finished_at = now()": "has not begun",
    "args = '{}'": "permission denied",
    "kind = 'other'": "permission denied",
    "started_by_id = 1": "permission denied",
}


def change(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(sari, what):
    started(sari)

    with pytest.raises((IntegrityError, ProgrammingError), match=REFUSED[what]):
        change(f"UPDATE work_job SET {what}")


def test_the_database_refuses_a_failure_without_a_reason(sari):
    started(sari)
    change("UPDATE work_job SET state = 'running', started_at = now()")

    with pytest.raises(IntegrityError, match="a_failed_job_says_why"):
        change("UPDATE work_job SET state = 'failed', finished_at = now()")


def test_the_database_refuses_to_change_what_has_ended_or_to_delete_any(sari):
    started(sari)
    run_waiting(clock=clock)

    with pytest.raises(IntegrityError, match=r"job \d+ has ended \(done\)"):
        change("UPDATE work_job SET state = 'waiting', started_at = NULL, finished_at = NULL")
    with pytest.raises(IntegrityError, match="is not deleted"):
        change("DELETE FROM work_job")


def test_the_database_refuses_a_second_retry_and_a_second_alone(sari):
    failed = started(sari, "refuse")
    run_waiting(clock=clock)
    again = retry(job=failed, by=sari, now=NOW)
    job = started(sari, scope="x", alone=True)

    again.pk = None
    with pytest.raises(IntegrityError, match="retry_of"), transaction.atomic():
        again.save(force_insert=True)
    job.pk = None
    with pytest.raises(IntegrityError, match="one_job_alone_in_its_scope"), transaction.atomic():
        job.save(force_insert=True)

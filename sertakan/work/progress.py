"""How far a job is, told while its transaction is still open."""

from time import monotonic
from types import TracebackType
from typing import Any

from sertakan.postgres.backend.base import DatabaseWrapper
from sertakan.postgres.connecting import connected
from sertakan.work.errors import Stopping
from sertakan.work.models import Job
from sertakan.work.stopping import STOP

AT_MOST_EVERY_SECONDS = 0.25
TELL = "UPDATE work_job SET done = %s, total = %s, what = %s WHERE id = %s AND state = 'running'"


class Progress:
    """Called by the work as it goes: `progress(done=120, total=17306, what=_("rows read"))`.

    Written from a connection of its own, four times a second at most, so that pages see it. Where
    the worker has been asked to end, it raises Stopping: the job is given back.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._told_at = float("-inf")
        self._second: Any = None
        self._connection: DatabaseWrapper | None = None

    def __call__(self, done: int, total: int | None = None, what: str | None = None) -> None:
        """`done` of `total` (None: as before); `what` is said beside it, in the job's language."""
        job = self._job
        says_something_new = what is not None and what != job.what
        job.total = job.total if total is None else max(total, done)
        job.done = done if job.total is None else min(done, job.total)
        job.what = job.what if what is None else what[:200]
        if STOP.is_set():
            raise Stopping
        if says_something_new or monotonic() - self._told_at >= AT_MOST_EVERY_SECONDS:
            self._write()
            self._told_at = monotonic()

    def advance(self, more: int = 1) -> None:
        """So many more are done."""
        self(self._job.done + more)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._second is not None:
            self._second.__exit__(None, None, None)

    def _write(self) -> None:
        if self._connection is None:
            self._second = connected().second_connection()
            self._connection = self._second.__enter__()
        with self._connection.cursor() as cursor:
            cursor.execute(TELL, [self._job.done, self._job.total, self._job.what, self._job.pk])

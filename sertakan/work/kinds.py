"""Which kinds of work there are. Each stands in the `tasks.py` of its app.

    @work("roster_check")
    def check_roster(job: Job, *, now: datetime, progress: Progress) -> dict[str, Any]:
        imported = imports.take_in(…, by=job.started_by, now=now, on_rows=progress.advance)
        return {"import": imported.pk}

The function runs in one transaction that also marks the job as done: all of it stands, or
nothing. What it raises as Refused is shown to who started it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sertakan.work.models import Job
    from sertakan.work.progress import Progress


class Work(Protocol):
    """Does one job; what it gives back is the job's `result`: JSON, nothing personal."""

    def __call__(
        self, job: "Job", *, now: datetime, progress: "Progress"
    ) -> dict[str, Any] | None: ...


_KINDS: dict[str, Work] = {}


def work(kind: str) -> Callable[[Work], Work]:
    """Let the decorated function do the jobs of this kind."""

    def register(function: Work) -> Work:
        if kind in _KINDS:
            raise ValueError(f"There are two functions for work of the kind {kind}.")
        _KINDS[kind] = function
        return function

    return register


def function_of(kind: str) -> Work:
    """What does this kind of work. Raises KeyError."""
    return _KINDS[kind]


def is_known(kind: str) -> bool:
    """Whether there is a function for this kind."""
    return kind in _KINDS

"""What is done by the clock.

    @every("*/5 * * * *")
    def seal_events(*, now: datetime) -> None: ...

stands in the `tasks.py` of the highest app that it needs: the layers allow no other place, and
each app keeps its own. A worker that starts late still does what was due within ten minutes.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from procrastinate.contrib.django import app

from sertakan.work import clock
from sertakan.work.queue import CLOCK


class ByTheClock(Protocol):
    """Called with the moment at which it is done."""

    __module__: str
    __name__: str

    def __call__(self, *, now: datetime) -> object: ...


def every(cron: str, *, queue: str = CLOCK) -> Callable[[ByTheClock], ByTheClock]:
    """Do the decorated function at the times of `cron` (UTC; a sixth field is for seconds).

    It waits once at most, however late it is; several workers share its times. It must do no harm
    when it is done twice. What takes minutes goes to the queue PEOPLE.
    """

    def register(function: ByTheClock) -> ByTheClock:
        name = f"{function.__module__}.{function.__name__}"

        def do(timestamp: int) -> None:
            function(now=clock.now())

        task = app.task(name=name, queue=queue, queueing_lock=name)(do)
        app.periodic(cron=cron)(task)
        return function

    return register

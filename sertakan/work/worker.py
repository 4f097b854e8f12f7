"""The worker: two lines of work in one process, over connections of the run-time role.

One does what the clock says, so that mail leaves while somebody's long job runs; the other does
what people have started, two at a time. Asked to end, it lets what runs give its job back
(`progress` raises Stopping) and waits a little; what does not come back in time is cut off, leaves
nothing behind, and is found by the next worker (`running.fail_those_without_worker`).
"""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any

from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from sertakan.postgres.connecting import connected
from sertakan.work.queue import CLOCK, PEOPLE
from sertakan.work.stopping import STOP

JOBS_AT_ONCE = 2
GRACE_SECONDS = 20.0
PARENT_SECONDS = 1.0
OPTIONS: dict[str, Any] = {
    "install_signal_handlers": False,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": GRACE_SECONDS,
}


def work_until_stopped(*, parent: int | None = None) -> bool:
    """Work until SIGTERM or Ctrl-C, or until the process `parent` is gone.

    False where it ended for another reason: whoever watches over it starts it again. What is still
    running after the grace is cut off together with the process.
    """
    connected().ensure_connection()  # starts the embedded server where it does not run
    connected().close()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with django_app.replace_connector(connector) as app:
        return asyncio.run(_work(app, parent))


async def _work(app: App, parent: int | None) -> bool:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    async with app.open_async():
        lines = [
            asyncio.create_task(
                app.run_worker_async(queues=[queue], concurrency=at_once, **OPTIONS)
            )
            for queue, at_once in ((CLOCK, 1), (PEOPLE, JOBS_AT_ONCE))
        ]
        waiting = asyncio.create_task(_until(asked, parent))
        await asyncio.wait([*lines, waiting], return_when=asyncio.FIRST_COMPLETED)
        wanted = waiting.done()
        waiting.cancel()
        STOP.set()
        await _end(lines)
    return wanted


async def _until(asked: asyncio.Event, parent: int | None) -> None:
    """Until somebody asks for the end, or the parent is gone."""
    while not asked.is_set() and (parent is None or os.getppid() == parent):
        try:
            await asyncio.wait_for(asked.wait(), PARENT_SECONDS if parent else None)
        except TimeoutError:
            continue


async def _end(lines: list[asyncio.Task[None]], cut_off: Callable[[int], Any] = os._exit) -> None:
    for line in lines:
        line.cancel()
    _done, running = await asyncio.wait(lines, timeout=GRACE_SECONDS)
    if running:
        cut_off(1)  # a thread cannot be ended otherwise

"""`sertakan worker`: sends messages, does the jobs that people start, and what the clock says."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import structlog
import typer

from sertakan.cli.refusals import refuse

log = structlog.get_logger(__name__)

START_AGAIN_SECONDS = 5.0
PATIENCE_SECONDS = 30.0


def worker(
    beside: Annotated[int, typer.Option(hidden=True, help="End when this parent is gone.")] = 0,
) -> None:
    """Do the work in the background until Ctrl-C."""
    import django

    django.setup()
    from sertakan.work.worker import work_until_stopped

    refuse_older_database()
    if not work_until_stopped(parent=beside or None):
        refuse("The worker has lost its database.")


def refuse_older_database() -> None:
    """Work only with what has been migrated to this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse("The database is not at this version yet; please run `sertakan migrate`.")
    connection.close()


class WorkerBeside:
    """A worker process that is kept alive, and ended together with this one."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start it, and start it again whenever it ends by itself.

        The first is started before this returns: a fork by another thread (the web server's) in
        the middle of it would keep open the pipe by which a start is known to be over.
        """
        self._launch()
        self._keeper.start()

    def end(self) -> None:
        """Ask it to end, and wait until it has; in the end it is killed."""
        with self._one_at_a_time:
            self._ending.set()
            process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self._keeper.join()

    def _keep(self) -> None:
        process = self._process
        while process is not None:
            status = process.wait()
            if not self._ending.is_set():
                log.warning("worker ended, and is started again", status=status)
            self._ending.wait(START_AGAIN_SECONDS)
            process = self._launch()

    def _launch(self) -> "subprocess.Popen[bytes] | None":
        """A new process, out of reach of the terminal's Ctrl-C; None when all is to end."""
        with self._one_at_a_time:
            if self._ending.is_set():
                return None
            words = [sys.executable, "-m", "sertakan.cli", "worker", "--beside", str(os.getpid())]
            self._process = subprocess.Popen(words, start_new_session=True)
            return self._process


@contextmanager
def worker_beside() -> Iterator[None]:
    """Within the block a worker runs beside this process."""
    process = WorkerBeside()
    process.start()
    try:
        yield
    finally:
        process.end()

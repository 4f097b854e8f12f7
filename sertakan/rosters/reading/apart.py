"""The process that opens workbooks: apart from ours, with a limit to its memory.

A broken or hostile workbook may bring the reader down, and all that runs with it. So one helper
process opens them, in the order asked for, while ours works on what was opened before. Where it
dies or takes too long the file is refused, and a new one opens the next.

    python -m sertakan.rosters.reading.apart FD     (the helper; it talks over the socket FD)
"""

import contextlib
import resource
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from sertakan.rosters.reading import refusals
from sertakan.rosters.reading.raw_sheets import RawSheet
from sertakan.rosters.reading.refusals import Unreadable

MEMORY_BYTES = 3 << 30
SECONDS = 120
_ASKED_AHEAD = 2

Answer = list[RawSheet] | Unreadable


class Apart:
    """Opens workbooks in the helper process. Close it when done, or use it in a `with` block."""

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """Of the helper, where one runs."""
        return self._helper.pid if self._helper else None

    def close(self) -> None:
        """End the helper."""
        if self._connection is not None:
            self._connection.close()
        if self._helper is not None:
            self._helper.kill()
            self._helper.wait()
        self._helper = self._connection = None

    def open_all(self, paths: Iterable[Path]) -> Iterator[Answer]:
        """What stands in each workbook, or why it is refused, in order."""
        waiting: deque[Path] = deque()
        for path in paths:
            waiting.append(path)
            self._ask(path)
            if len(waiting) >= _ASKED_AHEAD:
                yield self._answer(waiting)
        while waiting:
            yield self._answer(waiting)

    def _ask(self, path: Path) -> None:
        with contextlib.suppress(OSError):  # a dead helper is noticed when it does not answer
            self._connected().send(path)

    def _answer(self, waiting: "deque[Path]") -> Answer:
        waiting.popleft()
        try:
            connection = self._connected()
            if connection.poll(SECONDS):
                answer: Answer = connection.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.close()
        for path in waiting:  # asked of the one that is gone
            self._ask(path)
        return Unreadable(refusals.BROKEN)

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection, theirs = Pipe()
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._helper = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            theirs.close()
        return self._connection


def _serve(connection: Connection) -> None:
    """The helper's life: a path in, an answer out."""
    from sertakan.rosters.reading.opening import open_workbook

    while True:
        try:
            path = connection.recv()
        except EOFError:
            return
        try:
            connection.send(open_workbook(path))
        except Unreadable as refused:
            connection.send(refused)
        except MemoryError:
            connection.send(Unreadable(refusals.TOO_BIG_FOR_MEMORY))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _serve(Connection(int(sys.argv[1])))

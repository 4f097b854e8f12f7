"""Seconds and memory of one step: this process, and every process of the database server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.25
KIB = 1024


@dataclass(slots=True)
class Measured:
    """What one step took. Memory in bytes: the peak over all its processes."""

    seconds: float = 0.0
    python_bytes: int = 0
    postgres_bytes: int = 0


@contextmanager
def measured(postmaster: int | None) -> Iterator[Measured]:
    """Measure the block; `postmaster` is the server's process id where it runs here."""
    result = Measured()
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(result, postmaster, done), daemon=True)
    _forget_peak()
    watcher.start()
    begun = time.perf_counter()
    try:
        yield result
    finally:
        result.seconds = time.perf_counter() - begun
        done.set()
        watcher.join()
        result.python_bytes = _status(Path("/proc/self/status"), "VmHWM:")


def _watch(result: Measured, postmaster: int | None, done: threading.Event) -> None:
    while postmaster is not None and not done.wait(EVERY_SECONDS):
        used = sum(_status(folder / "smaps_rollup", "Pss:") for folder in _family(postmaster))
        result.postgres_bytes = max(result.postgres_bytes, used)


def _forget_peak() -> None:
    """Let the kernel count this process's peak from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def _family(postmaster: int) -> list[Path]:
    """The /proc folders of the server and of its children."""
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
    try:
        pids = [str(postmaster), *children.read_text().split()]
    except OSError:
        return []
    return [Path("/proc") / pid for pid in pids]


def _status(file: Path, field: str) -> int:
    """The bytes that a line `field  N kB` of a /proc file tells; 0 if the process has gone."""
    try:
        for line in file.read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) * KIB
    except (OSError, IndexError):
        pass
    return 0

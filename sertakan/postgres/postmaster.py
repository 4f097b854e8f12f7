"""The process that serves a data folder: which one it is, whether it lives, how it is ended."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sertakan.postgres.errors import DatabaseUnavailable

PROCESSES = Path("/proc")
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A live server: its process, and the folder of its socket (empty while it starts)."""

    pid: int
    socket_folder: str


def of(data: Path) -> Postmaster | None:
    """The live server of this data folder, or None.

    A process that only bears the number written in `postmaster.pid` is not taken for it.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None
    if not is_alive(pid) or not _serves(pid, data):
        return None
    return Postmaster(pid, lines[4] if len(lines) > 4 else "")


def is_alive(pid: int) -> bool:
    """Whether a process runs under this number; one that has ended but was not buried does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        state = (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return True


def end(running: Postmaster) -> None:
    """Stop it in order; where it does not end, at once. It recovers at its next start."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        with suppress(ProcessLookupError):
            os.kill(running.pid, how)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if not is_alive(running.pid):
                _forget_socket(running)
                return
            time.sleep(0.05)
    raise DatabaseUnavailable(f"The PostgreSQL server (process {running.pid}) does not end.")


def _forget_socket(running: Postmaster) -> None:
    """Remove the folder of its socket, which it leaves empty when it ends in order."""
    if running.socket_folder:
        with suppress(OSError):
            Path(running.socket_folder).rmdir()


def _serves(pid: int, data: Path) -> bool:
    """A server works in its data folder; without /proc, its command line names the folder."""
    if PROCESSES.joinpath("self").exists():
        try:
            return (PROCESSES / str(pid) / "cwd").samefile(data)
        except OSError:
            return False
    shown = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(data) in shown.stdout

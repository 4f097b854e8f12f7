"""A PostgreSQL server of our own, for machines where nobody names one.

`EmbeddedServer(folder, secrets).ensure_running()` may be called by any number of processes at
once and at any time. The server outlives them; `stop()` ends it. It listens on a Unix socket in
a short private folder only, and everyone shows a password.
"""

import fcntl
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import psycopg
from psycopg import Connection

from sertakan.postgres import postmaster, roles
from sertakan.postgres.configuration import CONFIGURATION, CONFIGURATION_TEXT
from sertakan.postgres.errors import DatabaseUnavailable
from sertakan.postgres.private_files import (
    give_to_owner_of_parent,
    owner_of,
    private_folder,
    private_text,
    refuse_unless_private,
    remove_folder,
)
from sertakan.postgres.programs import RunAs, program, run_as_for

PORT = 5432
SOCKETS = Path("/tmp")
VERSION = "18"
PATIENCE_SECONDS = 180
ATTEMPTS = 3


@dataclass(frozen=True)
class EmbeddedServer:
    """The server whose files lie in `folder` and whose passwords lie in `secrets`."""

    folder: Path
    secrets: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket_folder(self) -> Path:
        """Short whatever the checkout's path; another for each checkout and each user."""
        place = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:12]
        return SOCKETS / f"sertakan-{owner_of(self.folder.parent)}-{place}"

    def password(self, role: str) -> str:
        """The password of one of the server's roles, made on the first call."""
        return private_text(self.secrets / f"postgres_{role}", lambda: token_urlsafe(32))

    def ensure_running(self) -> None:
        """Create the server's files if there are none, and start it if it does not answer.

        Raises DatabaseUnavailable with one sentence when that is not possible.
        """
        if self._answers():
            return
        private_folder(self.folder, owners={owner_of(self.folder)})
        try:
            with self._only_one():
                if not self._answers():
                    self._start(run_as_for(self.folder))
        except OSError as error:
            raise DatabaseUnavailable(
                f"PostgreSQL cannot be started in {self.folder}: {error}."
            ) from error

    def stop(self) -> bool:
        """End the server, and wait until it has ended. False when it did not run."""
        if not self.data.exists():
            return False
        with self._only_one():
            running = postmaster.of(self.data)
            if running is None:
                return False
            postmaster.end(running)
            return True

    def refuse_foreign_socket_folder(self) -> None:
        """Raise DatabaseUnavailable when the socket folder is there and not ours alone."""
        with suppress(FileNotFoundError):
            refuse_unless_private(self.socket_folder, owners={owner_of(self.folder)})

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """Hold the lock; a process that is killed lets go of it."""
        lock = self.folder / "lock"
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            give_to_owner_of_parent(lock)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _answers(self) -> bool:
        """Whether this very server takes connections and is fully set up."""
        connection = self._connect()
        if connection is None:
            return False
        with connection:
            return roles.is_set_up(connection)

    def _connect(self) -> Connection | None:
        """A connection as superuser to this very server, or None where it does not answer.

        Raises DatabaseUnavailable when another server answers in its place.
        """
        self.refuse_foreign_socket_folder()
        if not self.data.exists():
            return None
        try:
            connection = psycopg.connect(
                host=str(self.socket_folder),
                port=PORT,
                user=roles.SUPERUSER,
                password=self.password(roles.SUPERUSER),
                dbname="postgres",
                connect_timeout=10,
                require_auth="scram-sha-256",
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            self._refuse_refusal(str(error))
            return None
        self._refuse_other_server(connection)
        return connection

    def _refuse_refusal(self, said: str) -> None:
        """Raise DatabaseUnavailable when the server runs and says no for good."""
        if "password authentication failed" in said:
            raise DatabaseUnavailable(
                f"The server in {self.folder} does not take the password in {self.secrets}; "
                "these two folders belong together."
            )
        if "FATAL:" in said and "the database system is" not in said:
            reason = said.rpartition("FATAL:")[2].strip()
            raise DatabaseUnavailable(f"PostgreSQL in {self.folder} takes no connections: {reason}")

    def _refuse_other_server(self, connection: Connection) -> None:
        """Compare the server's identifier with the one in our files."""
        control = self.data / "global" / "pg_control"
        ours = int.from_bytes(control.read_bytes()[:8], sys.byteorder, signed=True)
        asked = connection.execute("SELECT system_identifier FROM pg_control_system()").fetchone()
        if asked != (ours,):
            connection.close()
            raise DatabaseUnavailable(
                f"Another PostgreSQL server answers in {self.socket_folder}; please stop it."
            )

    def _create(self, run_as: RunAs) -> None:
        """Make the server's files beside their place, then move them there in one step."""
        for left_over in self.folder.glob("new-*"):
            remove_folder(left_over)
        new = self.folder / f"new-{token_urlsafe(6)}"
        run_as.make_folder(new)
        password = new / "password"
        password.write_text(self.password(roles.SUPERUSER) + "\n")
        run_as.give(password)
        made = run_as.run(
            *(program("initdb"), "--pgdata", new / "data", "--username", roles.SUPERUSER),
            *("--pwfile", password, "--auth", "scram-sha-256", "--encoding", "UTF8"),
            *("--locale-provider", "builtin", "--locale", "C.UTF-8"),
        )
        if made.returncode:
            reason = (made.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise DatabaseUnavailable(f"PostgreSQL cannot be set up in {self.folder}: {reason}")
        (new / "data" / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        with (new / "data" / "postgresql.conf").open("a") as configuration:
            configuration.write(f"\ninclude = '{CONFIGURATION}'\n")
        (new / "data").rename(self.data)
        remove_folder(new)

    def _refuse_other_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != VERSION:
            raise DatabaseUnavailable(
                f"{self.data} was made by PostgreSQL {found} and cannot be read by {VERSION}; "
                "please dump it with that version, or move the folder away to begin anew."
            )

    def _start(self, run_as: RunAs) -> None:
        """Start the server, or wait for one that is starting, and set it up."""
        if not self.data.exists():
            self._create(run_as)
        self._refuse_other_version()
        deadline = time.monotonic() + PATIENCE_SECONDS
        started: list[int] = []
        while time.monotonic() < deadline and self._is_worth_trying(started):
            connection = self._connect()
            if connection is not None:
                with connection:
                    passwords = {login: self.password(login) for login in roles.LOGINS}
                    roles.set_up(connection, passwords)
                return
            running = postmaster.of(self.data)
            if running and self._is_out_of_reach(running):
                postmaster.end(running)
            if running is None and not any(postmaster.is_alive(pid) for pid in started[-1:]):
                started.append(self._launch(run_as))
            time.sleep(0.02 if len(started) < 2 else 0.5)
        raise DatabaseUnavailable(
            f"PostgreSQL in {self.folder} does not start: {self._last_words()}"
        )

    def _is_worth_trying(self, started: list[int]) -> bool:
        """A server that ends at once ends again; but a killed one's last processes take a while."""
        if len(started) < ATTEMPTS or postmaster.is_alive(started[-1]):
            return True
        return "shared memory block" in self._last_words()

    def _is_out_of_reach(self, running: postmaster.Postmaster) -> bool:
        """The checkout was moved, or somebody swept the socket away: only a new start helps."""
        if not running.socket_folder:
            return False
        return running.socket_folder != str(self.socket_folder) or not self._socket.exists()

    def _launch(self, run_as: RunAs) -> int:
        """Start a server process; its number. What a dead one left behind is put aside."""
        run_as.make_folder(self.socket_folder)
        self.refuse_foreign_socket_folder()
        for left_over in (self.data / "postmaster.pid", self._socket, self._socket_lock):
            left_over.unlink(missing_ok=True)
        run_as.make_folder(self.folder / "log")
        configuration = self.data / CONFIGURATION
        configuration.write_text(
            CONFIGURATION_TEXT.format(port=PORT, socket_folder=self.socket_folder)
        )
        run_as.give(configuration)
        self._first_log.unlink(missing_ok=True)
        return run_as.start(program("postgres"), "-D", self.data, log=self._first_log)

    @property
    def _socket(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}"

    @property
    def _socket_lock(self) -> Path:
        return self.socket_folder / f".s.PGSQL.{PORT}.lock"

    @property
    def _first_log(self) -> Path:
        """What the server says before its own log begins."""
        return self.folder / "log" / "start.log"

    def _last_words(self) -> str:
        """The last thing that the server said before it gave up."""
        said: list[str] = []
        for log in sorted(
            (self.folder / "log").glob("*.log"), key=lambda file: file.stat().st_mtime
        ):
            said += log.read_text(errors="replace").splitlines()
        grave = [line for line in said if "FATAL:" in line or "PANIC:" in line]
        return (grave or said or ["it said nothing"])[-1]

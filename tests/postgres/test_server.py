"""The embedded server starts whatever happened before, and serves nobody else."""

import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from sertakan.postgres import postmaster, roles
from sertakan.postgres.errors import DatabaseUnavailable
from sertakan.postgres.programs import ACCOUNTS, give_to_account, program
from sertakan.postgres.server import PORT, EmbeddedServer
from tests.postgres.conftest import ask, pid_of

START = """
import sys; from pathlib import Path; from sertakan.postgres.server import EmbeddedServer
EmbeddedServer(Path(sys.argv[1]), Path(sys.argv[2])).ensure_running()
"""


def start_in_another_process(server: EmbeddedServer) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", START, server.folder, server.secrets])


def wait_until(is_so, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not postmaster.is_alive(pid))


def test_it_starts_once_and_stops_once(server):
    server.ensure_running()
    first = pid_of(server)
    server.ensure_running()

    assert pid_of(server) == first
    assert server.stop() is True
    assert not postmaster.is_alive(first)
    assert server.stop() is False


def test_it_outlives_the_process_that_started_it(server):
    assert start_in_another_process(server).wait() == 0

    assert ask(server, "SELECT 1") == [(1,)]
    assert os.getsid(pid_of(server)) != os.getsid(0)


def test_four_processes_that_start_it_at_once_get_one_server(server):
    processes = [start_in_another_process(server) for _ in range(4)]

    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    assert ask(server, "SELECT 1") == [(1,)]
    assert sorted(path.name for path in server.folder.iterdir()) == ["data", "lock", "log"]


def test_what_was_committed_survives_a_kill_of_the_server(server):
    server.ensure_running()
    ask(server, "CREATE TABLE diary (line text)")
    ask(server, "INSERT INTO diary VALUES ('kept')")
    kill(pid_of(server))

    server.ensure_running()

    assert ask(server, "SELECT line FROM diary") == [("kept",)]


def test_a_killed_client_leaves_nothing_behind(server):
    server.ensure_running()
    ask(server, "CREATE TABLE diary (line text)")
    before = pid_of(server)
    script = """
import psycopg, sys, time
connection = psycopg.connect(sys.argv[1])
connection.execute("INSERT INTO diary VALUES ('half')")
print("written", flush=True)
time.sleep(60)
"""
    where = psycopg.conninfo.make_conninfo(
        host=str(server.socket_folder),
        user=roles.OWNER,
        password=server.password(roles.OWNER),
        dbname=roles.DATABASE,
    )
    client = subprocess.Popen([sys.executable, "-c", script, where], stdout=subprocess.PIPE)
    client.stdout.readline()
    client.kill()
    client.wait()
    client.stdout.close()

    server.ensure_running()

    assert ask(server, "SELECT line FROM diary") == []
    assert pid_of(server) == before


def test_a_killed_starter_is_no_obstacle(server):
    starter = start_in_another_process(server)
    wait_until(lambda: list(server.folder.glob("new-*/data/base")))
    starter.kill()
    starter.wait()

    server.ensure_running()

    assert ask(server, "SELECT 1") == [(1,)]
    assert not list(server.folder.glob("new-*"))


def test_a_stale_pid_file_that_names_somebody_elses_process_is_no_obstacle(server):
    server.ensure_running()
    pid_file = server.data / "postmaster.pid"
    socket_lock = server.socket_folder / f".s.PGSQL.{PORT}.lock"
    kill(pid_of(server))
    for file in (pid_file, socket_lock):
        _, *rest = file.read_text().splitlines(keepends=True)
        file.write_text("".join([f"{os.getpid()}\n", *rest]))

    server.ensure_running()

    assert ask(server, "SELECT 1") == [(1,)]
    assert pid_of(server) != os.getpid()


def test_a_long_path_with_spaces_is_no_obstacle(server_in, tmp_path):
    server = server_in(tmp_path / "a checkout" / ("x" * 120) / ("y" * 120) / "var")

    server.ensure_running()

    assert ask(server, "SELECT 1") == [(1,)]
    assert len(os.fsencode(server.socket_folder)) < 60


def test_two_checkouts_have_a_server_each(server_in, tmp_path):
    here, there = server_in(tmp_path / "here"), server_in(tmp_path / "there")
    here.ensure_running()
    there.ensure_running()

    ask(here, "CREATE TABLE diary (line text)")

    with pytest.raises(psycopg.errors.UndefinedTable):
        ask(there, "SELECT * FROM diary")
    there.stop()
    assert ask(here, "SELECT 1") == [(1,)]


def test_a_checkout_that_is_moved_while_the_server_runs_takes_it_along(server_in, tmp_path):
    before = server_in(tmp_path / "before")
    before.ensure_running()
    ask(before, "CREATE TABLE diary (line text)")

    (tmp_path / "before").rename(tmp_path / "after")
    after = server_in(tmp_path / "after")
    after.ensure_running()

    assert ask(after, "SELECT * FROM diary") == []


def test_a_socket_that_was_swept_away_comes_back(server):
    server.ensure_running()
    for left_over in server.socket_folder.iterdir():
        left_over.unlink()
    server.socket_folder.rmdir()

    server.ensure_running()

    assert ask(server, "SELECT 1") == [(1,)]


def test_everyone_shows_a_password(server):
    server.ensure_running()

    for role in (roles.SUPERUSER, roles.OWNER, roles.RUNTIME):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(
                host=str(server.socket_folder), user=role, password="guess", dbname="postgres"
            )
    assert ask(server, "SHOW listen_addresses") == [("",)]


def test_no_other_user_of_the_machine_can_connect(server):
    server.ensure_running()

    for private in (server.folder, server.data, server.secrets, server.socket_folder):
        found = private.stat()
        assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o700, os.geteuid())
    assert {stat.S_IMODE(file.stat().st_mode) for file in server.secrets.iterdir()} == {0o600}
    if os.geteuid() == 0:  # only root can really try to be somebody else
        script = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
        tried = subprocess.run(
            ["/usr/bin/env", "python3", "-c", script, server.socket_folder / f".s.PGSQL.{PORT}"],
            user="nobody",
            env={"PATH": "/usr/bin:/bin"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert "PermissionError" in tried.stderr


def test_nothing_outside_its_own_folders_changes(server, tmp_path):
    places = [*tmp_path.parents, tmp_path, *program("postgres").parents, program("postgres")]
    before = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in places]

    server.ensure_running()

    after = [(path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in places]
    assert after == before
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_a_socket_folder_that_others_may_enter_is_refused(server):
    server.folder.mkdir(parents=True, mode=0o700)
    server.socket_folder.mkdir(mode=0o755)

    with pytest.raises(DatabaseUnavailable, match="Others may enter"):
        server.ensure_running()


def test_a_socket_folder_that_is_a_link_is_refused(server, tmp_path):
    server.folder.mkdir(parents=True, mode=0o700)
    server.socket_folder.symlink_to(tmp_path)

    try:
        with pytest.raises(DatabaseUnavailable, match="should be a folder"):
            server.ensure_running()
    finally:
        server.socket_folder.unlink()


def test_passwords_of_another_server_are_refused_in_one_sentence(server_in, tmp_path):
    server = server_in(tmp_path / "var")
    server.ensure_running()
    for file in server.secrets.iterdir():
        file.unlink()

    with pytest.raises(DatabaseUnavailable, match="these two folders belong together"):
        server.ensure_running()


def test_files_of_another_version_are_refused_in_one_sentence(server):
    server.ensure_running()
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(DatabaseUnavailable, match="made by PostgreSQL 17"):
        server.ensure_running()


def test_a_server_that_cannot_start_says_why(server):
    server.ensure_running()
    server.stop()
    with (server.data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write("max_connections = plenty\n")

    with pytest.raises(DatabaseUnavailable, match=r"does not start: .*postgresql\.auto\.conf"):
        server.ensure_running()


def test_a_server_that_starts_and_refuses_says_why(server):
    server.ensure_running()
    server.stop()
    (server.data / "global" / "pg_filenode.map").unlink()

    with pytest.raises(DatabaseUnavailable, match=r"takes no connections: .*pg_filenode\.map"):
        server.ensure_running()


def test_the_log_names_no_person(server):
    server.ensure_running()
    ask(server, "CREATE TABLE worker (nik text PRIMARY KEY)")
    ask(server, "INSERT INTO worker VALUES ('3577010101900001')")

    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(server, "INSERT INTO worker VALUES ('3577010101900001')")

    def written():
        return "".join(file.read_text() for file in (server.folder / "log").glob("*.log"))

    wait_until(lambda: "duplicate key value" in written())
    assert "3577010101900001" not in written()


@pytest.fixture
def open_folder():
    """A folder that every account can pass through, as a checkout of root may be."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def can_run_postgres(account: str) -> bool:
    """Not where the checkout itself lies in a folder of root alone."""
    try:
        subprocess.run([program("postgres"), "--version"], user=account, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@pytest.mark.root
def test_where_root_has_no_namespaces_an_account_runs_it_if_it_can_reach_it(server_in, open_folder):
    server = server_in(open_folder)
    server.folder.mkdir(mode=0o700)
    known = server.socket_folder
    account = next(name for name in ACCOUNTS if name in {a.pw_name for a in pwd.getpwall()})
    if not can_run_postgres(account):
        with pytest.raises(DatabaseUnavailable, match="please run as an ordinary user"):
            give_to_account(server.folder)
        return

    give_to_account(server.folder)
    server.ensure_running()

    assert ask(server, "SELECT 1") == [(1,)]
    assert server.socket_folder == known
    assert server.data.owner() == server.socket_folder.owner() == account
    assert open_folder.owner() == "root"


@pytest.mark.root
def test_what_root_starts_in_the_checkout_of_a_user_is_the_users(server_in, open_folder):
    shutil.chown(open_folder, "nobody")
    server = server_in(open_folder / "var")
    if not can_run_postgres("nobody"):
        with pytest.raises(DatabaseUnavailable, match="Permission denied"):
            server.ensure_running()
        return

    server.ensure_running()

    owners = {path.owner() for path in (open_folder / "var").rglob("*")}
    assert owners == {"nobody"}
    assert server.socket_folder.owner() == "nobody"
    stop = multiprocessing.get_context("fork").Process(target=as_nobody, args=[server.stop])
    stop.start()
    stop.join()
    assert stop.exitcode == 0
    assert postmaster.of(server.data) is None


def as_nobody(call) -> None:
    os.setuid(pwd.getpwnam("nobody").pw_uid)
    assert call() is True


@pytest.mark.root
def test_where_no_account_can_reach_the_folder_root_reads_what_to_do(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "postgres").mkdir(mode=0o700)

    with pytest.raises(DatabaseUnavailable, match="please run as an ordinary user"):
        give_to_account(closed / "postgres")

    assert (closed / "postgres").owner() == "root"

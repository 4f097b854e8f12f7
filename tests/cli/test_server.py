"""The pages are served where they can be, and the refusals are one sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sertakan.postgres.postmaster import is_alive

SERTAKAN = [sys.executable, "-m", "sertakan.cli"]


@pytest.fixture
def here(tmp_path):
    """The environment of a checkout that nobody has started yet; its server ends with the test."""
    environment = {**os.environ, "SERTAKAN_VAR": str(tmp_path / "var")}
    environment.pop("DATABASE_URL", None)
    environment.pop("DATABASE_OWNER_URL", None)
    yield environment
    subprocess.run([*SERTAKAN, "stop"], env=environment, check=True, capture_output=True)


def run(environment, *words):
    return subprocess.run(
        [*SERTAKAN, *words], env=environment, capture_output=True, text=True, check=False
    )


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(address, process, *, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return urllib.request.urlopen(address)
        except urllib.error.HTTPError as answer:
            return answer
        except OSError:
            time.sleep(0.1)
    raise AssertionError(process.communicate())


@pytest.fixture
def migrated(here):
    assert run(here, "migrate").returncode == 0


def children(parent):
    """The processes of `sertakan worker` that were started by this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            started_by = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (OSError, IndexError):
            continue  # it has ended
        if started_by == parent and b"worker" in words:
            found.append(int(folder.name))
    return found


def until(question):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"nothing came of {question}")


def test_a_database_of_an_older_version_is_not_served(here):
    served = run(here, "serve", "--port", str(free_port()))

    assert served.returncode == 2
    assert served.stderr == (
        "The database is not at this version yet; please run `sertakan migrate`.\n"
    )


def test_migrate_then_serve_then_stop(here):
    assert run(here, "migrate").returncode == 0
    port = free_port()
    process = subprocess.Popen(
        [*SERTAKAN, "serve", "--port", str(port)],
        env=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert wait_for(f"http://127.0.0.1:{port}/", process).status == 200

        workers = children(process.pid)
        assert len(workers) == 1

        taken = run(here, "serve", "--port", str(port))
        assert taken.returncode == 2
        assert "Address already in use" in taken.stderr
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)

    assert "Traceback" not in said
    assert [pid for pid in workers if is_alive(pid)] == []
    assert run(here, "stop").stdout == "PostgreSQL has stopped.\n"
    assert run(here, "stop").stdout == "PostgreSQL was not running.\n"


def test_the_worker_is_started_again_and_goes_when_the_pages_are_killed(here, migrated):
    port = free_port()
    process = subprocess.Popen(
        [*SERTAKAN, "serve", "--port", str(port)],
        env=here,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        [first] = until(lambda: children(process.pid))
        os.kill(first, signal.SIGKILL)
        [second] = until(lambda: [pid for pid in children(process.pid) if pid != first])
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # the worker is in no group of ours
        process.wait()

    until(lambda: not is_alive(second))


def test_pages_may_stand_without_a_worker(here, migrated):
    port = free_port()
    process = subprocess.Popen(
        [*SERTAKAN, "serve", "--port", str(port), "--no-worker"], env=here, stdout=subprocess.PIPE
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        workers = children(process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=30)

    assert workers == []


def test_a_worker_does_not_work_on_an_older_database(here):
    refused = run(here, "worker")

    assert refused.returncode == 2
    assert refused.stderr == (
        "The database is not at this version yet; please run `sertakan migrate`.\n"
    )


def test_a_bad_environment_is_one_sentence(here):
    refused = run({**here, "SERTAKAN_ENV": "prod"}, "migrate")

    assert refused.returncode == 2
    assert refused.stderr == (
        "SERTAKAN_ENV must be one of development, test, production, not 'prod'.\n"
    )

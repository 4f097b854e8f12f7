"""The pages are served where they can be, and the refusals are one sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

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


def wait_for(address, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return urllib.request.urlopen(address)
        except urllib.error.HTTPError as answer:
            return answer
        except OSError:
            time.sleep(0.1)
    raise AssertionError(process.communicate())


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

        taken = run(here, "serve", "--port", str(port))
        assert taken.returncode == 2
        assert "Address already in use" in taken.stderr
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)

    assert "Traceback" not in said
    assert run(here, "stop").stdout == "PostgreSQL has stopped.\n"
    assert run(here, "stop").stdout == "PostgreSQL was not running.\n"


def test_a_bad_environment_is_one_sentence(here):
    refused = run({**here, "SERTAKAN_ENV": "prod"}, "migrate")

    assert refused.returncode == 2
    assert refused.stderr == (
        "SERTAKAN_ENV must be one of development, test, production, not 'prod'.\n"
    )

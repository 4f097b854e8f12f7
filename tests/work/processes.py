"""Real worker processes on the database of the test."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from sertakan.postgres import roles

PATIENCE_SECONDS = 60


def environment(*, login_is_owner=False):
    """What lets another process work on this test's database, as the run-time role."""
    database = connection.settings_dict
    user, password = database["USER"], database["PASSWORD"]
    if login_is_owner:  # one login for everything: it has to become the run-time role
        user = database["OWNER"].get("user", user)
        password = database["OWNER"].get("password", password)
    host, port = database["HOST"], database["PORT"] or "5432"
    url = f"postgresql://{quote(user)}:{quote(password)}@/{database['NAME']}"
    return {
        **os.environ,
        "SERTAKAN_VAR": str(settings.SERTAKAN_VAR),
        "DATABASE_URL": f"{url}?host={quote(host, safe='')}&port={port}",
        "SERTAKAN_RUNTIME_ROLE": database.get("RUNTIME_ROLE", roles.RUNTIME),
    }


@contextmanager
def a_worker(*code, **how):
    """`sertakan worker` in a process of its own; `code` is run in it first."""
    words = "; ".join([*code, "from sertakan.cli import main", "main()"])
    process = subprocess.Popen(
        [sys.executable, "-c", words, "worker"],
        env=environment(**how),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(question, process=None):
    """The first answer that is not empty; the process must live meanwhile."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        if process is not None and process.poll() is not None:
            raise AssertionError(process.communicate()[0])
        time.sleep(0.05)
    raise AssertionError(f"nothing came of {question}")

"""What every test may lean on.

Tests with the database work as the run-time role, on a database of their own, made and migrated
by the owner: on the embedded server, or on the one that DATABASE_URL names. A test that commits
(`@pytest.mark.django_db(transaction=True)`) leaves the database as it found it all the same: it
is copied anew from a template.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.db import connection as default_connection
from django.utils import translation

from sertakan.postgres.backend.base import DatabaseWrapper
from sertakan.postgres.private_files import private_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help="a test that is skipped counts as failed"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.geteuid() != 0:
        only_root = [item for item in items if item.get_closest_marker("root")]
        items[:] = [item for item in items if item not in only_root]
        config.hook.pytest_deselected(items=only_root)
    if shutil.which("chromium"):
        return
    for item in items:
        if item.get_closest_marker("chromium"):
            item.add_marker(pytest.mark.skip("there is no chromium on this machine"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} TESTS DID NOT RUN; pytest -rs tells why.", red=True, bold=True
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    report = yield
    if not hasattr(report, "wasxfail"):
        fail_if_skipped(report, item)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[Any]:
    report = yield
    fail_if_skipped(report, collector)
    return report


def fail_if_skipped(report: Any, node: pytest.Item | pytest.Collector) -> None:
    """With --no-skips, what did not run has failed: a test, or a whole file of them."""
    if report.skipped and node.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"{node.nodeid} was skipped: {report.longrepr}"


@pytest.fixture(autouse=True)
def _messages_as_the_code_says_them() -> Iterator[None]:
    """Outside of pages, tests read messages in English; each page chooses its own language."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Two runs of the tests at once have a database each."""
    locks = private_folder(settings.SERTAKAN_VAR / "tests")
    for number in count(1):
        descriptor = os.open(locks / f"{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        break
    default_connection.settings_dict["TEST"]["NAME"] = f"test_sertakan_{number}"
    yield
    os.close(descriptor)


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[DatabaseWrapper]:
    """A second connection, the owner's. It sees what is committed."""
    with default_connection.second_connection(as_owner=True) as owner:
        yield owner


@pytest.fixture
def run_as_owner(owner_connection: DatabaseWrapper) -> Callable[..., list[tuple] | None]:
    """Run one statement as the owner and commit it; its rows, where it has any."""

    def run(statement: str, parameters: Any = None) -> list[tuple] | None:
        with owner_connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else None

    return run

"""Servers of their own for the tests that start, kill and move them."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from sertakan.postgres import postmaster, roles
from sertakan.postgres.server import PORT, EmbeddedServer


@pytest.fixture
def server_in() -> Iterator[Callable[[Path], EmbeddedServer]]:
    """An embedded server under the given folder; none outlives the test."""
    servers: list[EmbeddedServer] = []

    def make(var: Path) -> EmbeddedServer:
        servers.append(EmbeddedServer(var / "postgres", var / "secrets"))
        return servers[-1]

    yield make
    for server in servers:
        running = postmaster.of(server.data)
        if running:
            with suppress(ProcessLookupError):
                os.kill(running.pid, signal.SIGQUIT)
            postmaster.end(running)
        for left_over in server.socket_folder.glob(".s.*"):
            left_over.unlink()
        with suppress(FileNotFoundError):
            server.socket_folder.rmdir()


@pytest.fixture
def server(server_in: Callable[[Path], EmbeddedServer], tmp_path: Path) -> EmbeddedServer:
    """A server that has not been started yet."""
    return server_in(tmp_path / "var")


def ask(server: EmbeddedServer, statement: str, role: str = roles.OWNER) -> list[tuple] | None:
    """What the server answers to one statement, which is committed."""
    with psycopg.connect(
        host=str(server.socket_folder),
        port=PORT,
        user=role,
        password=server.password(role),
        dbname=roles.DATABASE,
        autocommit=True,
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def pid_of(server: EmbeddedServer) -> int:
    """The number of the server's process."""
    running = postmaster.of(server.data)
    assert running is not None
    return running.pid

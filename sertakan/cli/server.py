"""Commands that make the database ready, serve the pages, and stop the embedded server."""

import os
import socket
import sys
from contextlib import nullcontext
from typing import Annotated, NoReturn

import typer

from sertakan.cli.refusals import refuse
from sertakan.cli.worker import refuse_older_database, worker_beside


def migrate() -> None:
    """Bring the database to this version of the program, as its owner."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=1, interactive=False)


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave background work to `sertakan worker`.")
    ] = False,
) -> None:
    """Serve the pages until Ctrl-C, with a worker beside them."""
    import django
    from granian import Granian
    from granian.constants import Interfaces

    django.setup()
    refuse_older_database()
    _refuse_taken_port(host, port)
    _gather_static_files()
    typer.echo(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    pages = Granian(
        "sertakan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    )
    with nullcontext() if no_worker else worker_beside():
        pages.serve()


def serve_anew(port: int) -> NoReturn:
    """Become `sertakan serve`, with the environment as it is.

    The web server forks, and a fork has none of the threads that this process has started, but
    all of their locks: whatever needs them (polars, above all) would wait for ever.
    """
    sys.stdout.flush()
    words = ["-m", "sertakan.cli", "serve", "--port", str(port)]
    os.execv(sys.executable, [sys.executable, *words])


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            refuse(f"Nothing can be served at {host}:{port}: {error.strerror}.")


def _gather_static_files() -> None:
    """In production static files are served from one folder, under names that never change."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)


def stop() -> None:
    """Stop the embedded PostgreSQL server. Nothing is lost; the next command starts it again."""
    from django.conf import settings

    server = settings.DATABASES["default"]["EMBEDDED"]
    if server is None:
        typer.echo("The database is the one that DATABASE_URL names; it is not stopped from here.")
    elif server.stop():
        typer.echo("PostgreSQL has stopped.")
    else:
        typer.echo("PostgreSQL was not running.")

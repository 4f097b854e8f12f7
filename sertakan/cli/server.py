"""Commands that make the database ready, serve the pages, and stop the embedded server."""

from typing import Annotated

import typer


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
) -> None:
    """Serve the pages until Ctrl-C."""
    import django
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces

    django.setup()
    connection.ensure_connection()
    connection.close()
    typer.echo(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}")
    Granian(
        "sertakan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    ).serve()


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

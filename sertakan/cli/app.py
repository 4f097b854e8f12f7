"""The commands of `sertakan`, gathered."""

import typer

from sertakan.cli import server

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(server.migrate)
app.command()(server.serve)
app.command()(server.stop)

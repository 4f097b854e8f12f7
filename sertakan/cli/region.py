"""`sertakan region`: the borders of places."""

from pathlib import Path
from typing import Annotated

import typer

from sertakan.cli.acting import By, acting_user, now
from sertakan.cli.refusals import refuse, with_records

app = typer.Typer(no_args_is_help=True, help="Places: the borders that maps are drawn with.")


@app.callback()
def root() -> None:
    """Nothing of its own: it keeps the name of the command below."""


@app.command()
@with_records
def boundaries(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON in WGS 84.")],
    by: By,
    source: Annotated[
        str, typer.Option(help="Whose borders they are (default: the name of the file).")
    ] = "",
) -> None:
    """Load the borders of places, by their Kemendagri codes; all of the file or nothing."""
    from sertakan.regions.operations import load_boundaries

    try:
        content = file.read_bytes()
    except OSError as error:
        refuse(f"{file} cannot be read: {error.strerror}.")
    kept = load_boundaries(content, source=source or file.name, by=acting_user(by), now=now())
    typer.echo(f"Borders loaded: {kept}.")

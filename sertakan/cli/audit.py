"""`sertakan audit`: who did what, and whether the chain is whole."""

from typing import Annotated

import typer

from sertakan.cli.acting import Json, now
from sertakan.cli.listing import show
from sertakan.cli.refusals import FOUND_SOMETHING, refuse, with_records

app = typer.Typer(no_args_is_help=True, help="Who did what, and whether the chain is whole.")


@app.command()
@with_records
def seal() -> None:
    """Put the events of late into the chain, and print its last link, to be kept elsewhere."""
    from sertakan.audit import operations, queries

    links = operations.seal(now=now())
    typer.echo(f"{links} events sealed. The chain ends with {queries.last_link() or 'nothing'}")


@app.command()
@with_records
def verify(
    noted: Annotated[
        str | None,
        typer.Option(metavar="POSITION:HASH", help="A link that was printed when it was sealed."),
    ] = None,
) -> None:
    """Read the whole chain again; exit status 1 names the first link that does not hold."""
    from sertakan.audit import queries

    broken = queries.first_broken_link(noted=_link(noted) if noted else None)
    if broken:
        typer.echo(broken)
        raise typer.Exit(FOUND_SOMETHING)
    typer.echo(f"Every link holds. The chain ends with {queries.last_link() or 'nothing'}")


def _link(written: str):  # type: ignore[no-untyped-def]  # Link, imported when Django is set up
    from sertakan.audit.queries import Link

    position, _, link_hash = written.partition(":")
    try:
        return Link(int(position), bytes.fromhex(link_hash))
    except ValueError:
        refuse(f"{written} is no link; write it as position:hash, as it was printed.")


@app.command("list")
@with_records
def list_events(
    subject: Annotated[str, typer.Option(help="Only of this kind of thing, e.g. bill.")] = "",
    number: Annotated[str, typer.Option(help="Only of the thing with this number.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: Json = False,
) -> None:
    """Events, the latest first."""
    from sertakan.audit import queries

    rows = [
        {
            "id": event.pk,
            "at": event.at.isoformat(timespec="seconds"),
            "by": event.actor.email if event.actor else "",
            "verb": event.verb,
            "subject": event.subject_type,
            "number": event.subject_id,
            "details": event.details if as_json else _in_words(event.details),
        }
        for event in queries.events_of(subject, number)[:limit]
    ]
    show(rows, ["id", "at", "by", "verb", "subject", "number", "details"], as_json=as_json)


def _in_words(details: dict[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in details.items())

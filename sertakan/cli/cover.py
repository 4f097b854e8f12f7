"""`sertakan cover`: who is covered, on any day, as known on any day; and whether it adds up."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import Json, On, day, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import FOUND_SOMETHING, refuse, with_records

if TYPE_CHECKING:
    from sertakan.contributions.cover import PersonCover

app = typer.Typer(no_args_is_help=True, help="Who is covered, on any day, as known on any day.")

Who = Annotated[str, typer.Argument(metavar="NIK|NUMBER", help="The NIK or the record's number.")]
KnownOn = Annotated[
    date | None,
    typer.Option("--known-on", parser=day, metavar="YYYY-MM-DD", help="Leave out what came later."),
]
COLUMNS = [
    "segment", "status", "accepted_on", "member_since", "continuous_months", "paid_months",
    "paid_through", "arrears_months", "covered_through", "grace_through",
]  # fmt: skip


@app.command("show")
@with_records
def show_cover(who: Who, on: On = None, known_on: KnownOn = None, as_json: Json = False) -> None:
    """The cover of a person, the best first, one row for each segment of an enrolment."""
    from sertakan.contributions.cover import covers_of
    from sertakan.people.queries import find

    person = find(who)
    covers = covers_of(person.pk, on=on or today(), known_on=known_on)
    if not covers:
        refuse(f"{person.name} was never enrolled.")
    show([_row(each) for each in covers], COLUMNS, as_json=as_json)


@app.command()
@with_records
def ending(
    within: Annotated[int, typer.Option(min=1, max=366, help="Days.")] = 30,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Those covered whose cover ends within so many days if nothing more is paid."""
    from sertakan.contributions.cover import ends_within

    rows = ends_within(on=on or today(), days=within)
    columns = ["person", "segment", "paid_through", "covered_through", "grace_through"]
    show(rows.iter_rows(named=True), columns, as_json=as_json)


@app.command()
@with_records
def check() -> None:
    """Recompute bills, money and paid months from the facts; exit status 1 on any difference."""
    from rich.console import Console
    from rich.progress import Progress

    from sertakan.analytics.checking import check_totals
    from sertakan.contributions.checking import CHECKS, differences

    found: list[str] = []
    console = Console(stderr=True)
    with Progress(transient=True, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(CHECKS) + 1)
        for each in CHECKS:
            progress.update(task, description=each.holds)
            found += differences(each)
            progress.advance(task)
        progress.update(task, description="the totals by month are those of the facts")
        totals = check_totals()
    for month in totals.old:
        typer.echo(f"{month}: something was done since; please run `sertakan coverage rebuild`.")
    _tell([*found, *totals.differences])


def _tell(found: Iterable[str]) -> None:
    sentences = list(found)
    for sentence in sentences:
        typer.echo(sentence)
    if sentences:
        raise typer.Exit(FOUND_SOMETHING)
    typer.echo("Bills, money, paid months and totals agree.")


def _row(found: "PersonCover") -> dict[str, Any]:
    return {
        "segment": found.segment,
        "accepted_on": found.accepted_on,
        **found.cover.as_answer(),
        "covered_through": found.end.covered_through,
        "grace_through": found.end.grace_through,
    }

"""`sertakan ledger`: what stands on the accounts, and whether it is in order."""

from typing import Annotated

import typer

from sertakan.cli.acting import Json, On
from sertakan.cli.listing import show
from sertakan.cli.refusals import FOUND_SOMETHING, refuse, with_records

app = typer.Typer(no_args_is_help=True, help="Entries, balances, and whether they balance.")


@app.command()
@with_records
def check() -> None:
    """Recompute every entry; exit status 1 on any difference, each named on a line."""
    from sertakan.ledger import queries

    differences = queries.check()
    for difference in differences:
        typer.echo(difference)
    if differences:
        raise typer.Exit(FOUND_SOMETHING)
    typer.echo("Every entry balances.")


@app.command()
@with_records
def balances(on: On = None, as_json: Json = False) -> None:
    """What stands on every account at the end of a day, in rupiah: debit above zero."""
    from sertakan.ledger import queries

    rows = [
        {
            "account": each.code,
            "kind": each.kind,
            "debit": each.debit,
            "credit": each.credit,
            "balance": each.rupiah,
        }
        for each in queries.trial_balance(on=on)
    ]
    show(rows, ["account", "kind", "debit", "credit", "balance"], as_json=as_json)


@app.command("show")
@with_records
def show_entries(
    name: Annotated[str, typer.Argument(help="An account, or the reference of an entry.")],
    limit: Annotated[int, typer.Option(min=1, help="At most so many entries.")] = 100,
    as_json: Json = False,
) -> None:
    """The lines of one entry, or of the entries that move an account, the latest first."""
    from sertakan.ledger import queries

    found = queries.entries().filter(reference=name) or queries.entries(name)[:limit]
    rows = [
        {
            "on": entry.on,
            "reference": entry.reference,
            "memo": entry.memo,
            "account": line.account.code,
            "rupiah": line.rupiah,
        }
        for entry in found
        for line in entry.lines.all()
    ]
    if not rows:
        refuse(f"There is no account and no entry {name}.")
    show(rows, ["on", "reference", "memo", "account", "rupiah"], as_json=as_json)

"""The commands of `sertakan`, gathered. A group is imported only when it is called."""

from importlib import import_module
from typing import Any

import typer
import typer.core
import typer.main

COMMANDS = {
    "migrate": ("server", "Bring the database to this version of the program."),
    "serve": ("server", "Serve the pages until Ctrl-C."),
    "worker": ("worker", "Send messages and do what people and the clock have started."),
    "stop": ("server", "Stop the embedded PostgreSQL server."),
    "demo": ("demo", "Take an example city through the whole chain and serve the pages."),
    "bench": ("bench", "Measure every step against a bare COPY of the same rows."),
}
GROUPS = {
    "roster": ("roster", "Check rosters, take them in, review what is doubtful."),
    "agreement": ("agreement", "Sponsors and their agreements: places, budget, period."),
    "enrol": ("enrol", "Enrol, end, replace; the waiting list; monthly screening."),
    "bill": ("bill", "Issue bills and read them."),
    "pay": ("pay", "Receive payments, each once."),
    "cover": ("cover", "Who is covered, on any day, as known on any day."),
    "claim": ("claim", "A death: report, decide, approve, pay."),
    "region": ("region", "Places: the borders that maps are drawn with."),
    "coverage": ("coverage", "Coverage by place, category, sponsor and month."),
    "ledger": ("ledger", "Entries, balances, and whether they balance."),
    "audit": ("audit", "Who did what, and whether the chain is whole."),
    "law": ("law", "Ask the law, show a number of it, compare a draft."),
    "person": ("person", "Find, correct and merge people."),
    "key": ("key", "The keys of personal data."),
}


class Commands(typer.core.TyperGroup):
    """Every command by name, each from its own module of `sertakan.cli`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the chain's tables above."""
        return [*COMMANDS, *GROUPS]

    def get_command(self, ctx: Any, name: str) -> Any:
        """The command or group of that name, imported now."""
        if name in COMMANDS:
            module = import_module(f"sertakan.cli.{COMMANDS[name][0]}")
            single = typer.Typer(add_completion=False)
            single.command(name)(getattr(module, name))
            return typer.main.get_command(single)
        if name in GROUPS:
            return typer.main.get_group(import_module(f"sertakan.cli.{GROUPS[name][0]}").app)
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands with their lines, without importing any."""
        lines = [(name, text) for name, (_, text) in {**COMMANDS, **GROUPS}.items()]
        with formatter.section("Commands"):
            formatter.write_dl(lines)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    help="SERTAKAN: from a messy list to a paid family.",
)


@app.callback()
def root() -> None:
    """Nothing of its own: it makes the rest a group."""

"""`sertakan roster`: look at rosters before anything is recorded; then take them in."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sertakan.cli import roster_import
from sertakan.cli.acting import day
from sertakan.cli.refusals import REFUSED, refuse
from sertakan.rosters.check import Checked, CheckedFile, check
from sertakan.rosters.judging.reference import BadReference
from sertakan.rosters.reporting.error_workbooks import write_error_workbooks
from sertakan.rosters.reporting.findings import write_findings
from sertakan.vocabulary.regions import dotted, regions_within

app = typer.Typer(
    no_args_is_help=True, help="Check rosters, take them in, review what is doubtful."
)

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Workbooks, CSV files or folders of them.")
]
OnDay = Annotated[
    date, typer.Option("--on", parser=day, metavar="YYYY-MM-DD", help="The day that ages count on.")
]
Out = Annotated[
    Path, typer.Option("--out", metavar="FINDINGS.csv", help="One line for each person.")
]
RegionCode = Annotated[
    str,
    typer.Option("--region", metavar="CODE", help="Kemendagri code the lists come from (35.77)."),
]
Covered = Annotated[
    Path | None, typer.Option("--covered", metavar="CSV", help="Who is insured already.")
]
Deaths = Annotated[Path | None, typer.Option("--deaths", metavar="CSV", help="Who has died.")]
Errors = Annotated[
    Path | None,
    typer.Option("--errors", metavar="WORKBOOK_DIR", help="Workbooks to send back to the offices."),
]


@app.command("check")
def check_rosters(
    paths: Paths,
    on: OnDay,
    out: Out,
    region: RegionCode = "",
    covered: Covered = None,
    deaths: Deaths = None,
    errors: Errors = None,
) -> None:
    """Say of every person in these lists whether they can be enrolled, and if not, why.

    Exit status 2 where a file could not be read; the others are checked all the same.
    """
    if region and not regions_within(dotted(region)):
        refuse(f"--region {region}: there is no such Kemendagri code.")
    errors_console = Console(stderr=True)
    try:
        with _progress(errors_console) as bar:
            task = bar.add_task("Membaca", total=None)

            def heard(file: CheckedFile, number: int, count: int) -> None:
                bar.update(task, completed=number, total=count, description=file.name)

            checked = check(
                paths, on, region, covered, deaths, keep_lists=errors is not None, progress=heard
            )
        write_findings(checked.rows, out)
        if errors is not None:
            write_error_workbooks(checked, errors)
    except BadReference as bad:
        refuse(bad)
    except OSError as failed:
        refuse(f"{failed.filename or out}: {failed.strerror}.")
    _show(checked, errors_console)
    if checked.refused or not checked.files:
        raise typer.Exit(REFUSED)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _show(checked: Checked, console: Console) -> None:
    counts = dict(checked.rows["outcome"].value_counts().iter_rows())
    table = Table("accepted", "rejected", "duplicate", "review", "rows")
    outcomes = ("accepted", "rejected", "duplicate", "review")
    table.add_row(*(f"{counts.get(name, 0):,}" for name in outcomes), f"{checked.rows.height:,}")
    Console().print(table)
    for file in checked.files:
        for sentence in (file.refused, file.skipped, *file.notes):
            if sentence:
                console.print(
                    f"{file.name}: {sentence}", markup=False, highlight=False, soft_wrap=True
                )
    if not checked.files:
        console.print("Tidak ada berkas di sana.", markup=False)


roster_import.add_to(app)

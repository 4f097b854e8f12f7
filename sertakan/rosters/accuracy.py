"""How often is the check right? Against a city whose truth is known.

    python -m sertakan.rosters.accuracy PATH [--on DAY] [--region CODE]

PATH holds `rosters/`, `reference/` and `truth.csv`. Rows whose outcome is `any` cannot be known
and are not counted. Exit status 1 below the target.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from sertakan.rosters.check import check
from sertakan.rosters.reporting.findings import findings

TARGETS = {
    "outcome and reasons": 0.999,
    "birth_date": 0.99,
    "sex": 0.99,
    "category": 0.99,
    "region": 0.99,
    "duplicate_of": 0.99,
    "fixes": 0.99,
}
POSSIBLE_DUPLICATES = 0.97  # precision and recall
_KEY = ["file", "sheet", "row"]


def compare(found: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Truth and findings side by side (`found_*`), a line missing on either side included."""
    found = found.with_columns(pl.all().cast(pl.String)).rename(
        {name: f"found_{name}" for name in found.columns if name not in _KEY}
    )
    both = truth.join(found, on=_KEY, how="full", coalesce=True).fill_null("")
    return both.filter(pl.col("outcome") != "any").with_columns(
        pl.col("^(found_)?(reasons|fixes)$").str.split(";").list.sort().list.join(";")
    )


def agreement(both: pl.DataFrame) -> dict[str, float]:
    """The share of rows that are right, by what is asked."""
    same = {
        name: both[f"found_{name}"] == both[name]
        for name in TARGETS
        if name != "outcome and reasons"
    }
    outcome = (both["found_outcome"] == both["outcome"]) & (
        both["found_reasons"] == both["reasons"]
    )
    shares = {"outcome and reasons": outcome, **same}
    return {name: float(right.mean() or 0.0) for name, right in shares.items()}  # type: ignore[arg-type]


def by_reason(both: pl.DataFrame) -> list[tuple[str, int, int, int]]:
    """Each reason with how often it is true, found, and both."""

    def rows_with(column: str) -> pl.DataFrame:
        reasons = both.select(*_KEY, reason=pl.col(column).str.split(";")).explode("reason")
        return reasons.filter(pl.col("reason") != "")

    true, found = rows_with("reasons"), rows_with("found_reasons")
    right = true.join(found, on=[*_KEY, "reason"])
    names = sorted({*true["reason"], *found["reason"]})
    return [
        (name, *(frame.filter(pl.col("reason") == name).height for frame in (true, found, right)))
        for name in names
    ]


def region_of(truth: pl.DataFrame) -> str:
    """The regency that all regions of the truth lie in, else their province, else nothing."""
    codes = truth["region"].drop_nulls()
    for length in (5, 2):
        heads = codes.filter(codes != "").str.slice(0, length).unique()
        if len(heads) == 1:
            return str(heads[0])
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement; 1 where it is below the target."""
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__)
    parser.add_argument("city", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 11, 1))
    parser.add_argument("--region", default=None)
    given = parser.parse_args(arguments)
    truth = pl.read_csv(given.city / "truth.csv", infer_schema=False).fill_null("")
    region = region_of(truth) if given.region is None else given.region
    started = time.perf_counter()
    checked = check(
        [given.city / "rosters"],
        given.on,
        region,
        given.city / "reference" / "existing_coverage.csv",
        given.city / "reference" / "civil_registry_deaths.csv",
    )
    seconds = time.perf_counter() - started
    both = compare(findings(checked.rows), truth)
    good = _print(both, agreement(both), by_reason(both))
    for file in checked.refused:
        print(f"{file.name}: {file.refused}")
    print(f"{checked.rows.height:,} rows in {seconds:.2f} s")
    return 0 if good else 1


def _print(
    both: pl.DataFrame, shares: dict[str, float], reasons: list[tuple[str, int, int, int]]
) -> bool:
    console = Console()
    good = True
    table = Table("what", "right", "target", title=f"{both.height:,} rows")
    for name, share in shares.items():
        good &= share >= TARGETS[name]
        table.add_row(name, f"{share:.4%}", f"{TARGETS[name]:.1%}")
    console.print(table)
    table = Table("reason", "true", "found", "both", "precision", "recall")
    for name, true, found, right in reasons:
        precision, recall = right / found if found else 1.0, right / true if true else 1.0
        if name == "possible_duplicate":
            good &= min(precision, recall) >= POSSIBLE_DUPLICATES
        table.add_row(name, str(true), str(found), str(right), f"{precision:.4f}", f"{recall:.4f}")
    console.print(table)
    wrong = both.filter(
        (pl.col("found_outcome") != pl.col("outcome"))
        | (pl.col("found_reasons") != pl.col("reasons"))
    )
    for row in wrong.head(20).iter_rows(named=True):
        console.print(
            f"{row['file']}|{row['sheet']}|{row['row']}: {row['outcome']} {row['reasons']}"
            f" → {row['found_outcome']} {row['found_reasons']}",
            highlight=False,
        )
    return good


if __name__ == "__main__":
    sys.exit(main())

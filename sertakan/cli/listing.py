"""Rows on the screen: a table for people, JSON for programs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import typer


def show(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Print the rows: one JSON array, or a table of `columns` (their names are the headings)."""
    if as_json:
        listed = [{column: row.get(column) for column in columns} for row in rows]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1, default=str))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*(Text(_written(row.get(column))) for column in columns))
    Console().print(table)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(_written(each) for each in value)
    return str(value)

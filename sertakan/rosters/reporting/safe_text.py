"""Text that no spreadsheet takes for a formula."""

import re

import polars as pl

_FORMULA = r"^([=+@\t\r]|-.)"
_HARMLESS = r"^[+-]?[\d\s().,\-]+$"


def defused(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would calculate it."""
    dangerous = re.match(_FORMULA, text) and not re.match(_HARMLESS, text)
    return f"'{text}" if dangerous else text


def defused_column(column: pl.Expr) -> pl.Expr:
    """The same for a column. Numbers, telephone numbers and a single `-` stay as they are."""
    dangerous = column.str.contains(_FORMULA) & ~column.str.contains(_HARMLESS)
    return pl.when(dangerous).then(pl.lit("'") + column).otherwise(column)

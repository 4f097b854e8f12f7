"""The one table of who may do what: a row for each page. What has no row is open to nobody."""

from collections.abc import Mapping

from sertakan.access.table import (
    account,
    agreements,
    auditing,
    branch,
    city,
    coverage,
    managing,
    public,
    sponsoring,
)
from sertakan.access.table.rows import ANYONE, SIGNED_IN, Row

__all__ = ["ANYONE", "SIGNED_IN", "TABLE", "Row"]

PARTS = (public, account, sponsoring, city, coverage, agreements, branch, auditing, managing)


def _one_table() -> Mapping[str, Row]:
    rows = [row for part in PARTS for row in part.ROWS]
    table = {row.page: row for row in rows}
    if len(table) < len(rows):
        twice = {row.page for row in rows if rows.count(row) > 1 or table[row.page] is not row}
        raise ValueError(f"These pages have two rows: {', '.join(sorted(twice))}.")
    return table


TABLE = _one_table()

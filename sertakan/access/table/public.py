"""Pages for anyone."""

from sertakan.access.table.rows import ANYONE, Row

ROWS = (
    Row("start", ANYONE),
    Row("coverage-csv", ANYONE),
    Row("health", ANYONE),
)

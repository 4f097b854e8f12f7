"""The branch's pages."""

from sertakan.access.table.rows import BRANCH, Row

ROWS = (Row("branch-home", BRANCH),)

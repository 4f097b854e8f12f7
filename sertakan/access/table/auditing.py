"""The auditor's pages."""

from sertakan.access.table.rows import AUDITOR, Row

ROWS = (Row("audit-home", AUDITOR),)

"""The administrator's pages."""

from sertakan.access.table.rows import ADMINISTRATOR, Row

ROWS = (Row("manage-home", ADMINISTRATOR),)

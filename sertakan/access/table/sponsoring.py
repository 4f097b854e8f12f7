"""The sponsor's pages."""

from sertakan.access.table.rows import SPONSOR, Row

ROWS = (Row("sponsor-home", SPONSOR),)

"""The city officer's pages, some of them the kelurahan operator's."""

from sertakan.access.table.rows import CITY, Row

ROWS = (Row("city-home", CITY),)

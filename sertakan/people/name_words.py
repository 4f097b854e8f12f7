"""The words that people are called by: where a search finds words like the one asked for."""

from collections.abc import Iterable

import polars as pl
from django.db import connection

REMEMBER = """
    INSERT INTO people_nameword (word)
    SELECT DISTINCT found.word
    FROM unnest(%s::text[]) written, unnest(people_name_words(written)) found(word)
    WHERE NOT EXISTS (SELECT FROM people_nameword w WHERE w.word = found.word)
    ORDER BY found.word
    ON CONFLICT (word) DO NOTHING
"""


def remember_words(names: Iterable[str]) -> None:
    """Add the words of these names to those that a search knows."""
    written = pl.Series(names, dtype=pl.String).str.split(" ").explode().unique()
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [written.to_list()])


def words_of(name: str) -> list[str]:
    """The words of one name as they are searched by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_name_words(%s)", [name])
        return list(cursor.fetchone()[0])

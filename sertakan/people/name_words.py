"""The words that people are called by: where a search finds words like the one asked for."""

from collections.abc import Iterable

import polars as pl
from django.db import connection, transaction

from sertakan.rosters.linkage.names import fold

NEW_WORDS = """
    SELECT DISTINCT found.word
    FROM unnest(%s::text[]) written, unnest(people_name_words(written)) found(word)
    WHERE NOT EXISTS (SELECT FROM people_nameword w WHERE w.word = found.word)
"""
ALL_WORDS = "SELECT DISTINCT word FROM people_person, unnest(people_name_words(name)) word"
REMEMBER = """
    INSERT INTO people_nameword (word, sound) SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (word) DO NOTHING
"""


def remember_words(names: Iterable[str]) -> None:
    """Add the words of these names to those that a search knows."""
    pieces = pl.Series(names, dtype=pl.String).str.split(" ").explode().unique()
    with connection.cursor() as cursor:
        cursor.execute(NEW_WORDS, [pieces.to_list()])
        _remember([word for (word,) in cursor.fetchall()])


@transaction.atomic
def remember_anew() -> int:
    """Make the words of all names anew, e.g. where the rules of spelling have changed; how many."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_WORDS)
        words = [word for (word,) in cursor.fetchall()]
        cursor.execute("DELETE FROM people_nameword")
        _remember(words)
    return len(words)


def _remember(words: list[str]) -> None:
    """In order, so that two who remember the same words do not wait for each other in a ring."""
    words = sorted(words)
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [words, [fold(word) for word in words]])

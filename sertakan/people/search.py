"""Finding people by name, as another office may have written it.

A person is indexed by the words of the name; the words themselves, of which there are few, by
the trigrams of their sound. So a search asks first which words are like the ones typed, and then
who is called so: `moch subandi` finds `Muhammad Soebandi`.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

from sertakan.people.models import NameWords, Person
from sertakan.regions.queries import lying_within
from sertakan.rosters.linkage.names import compare_names, fold
from sertakan.rosters.linkage.titles import name_words

LIKE_WORDS = 20  # words taken for one that was typed
CONSIDERED = 200  # people looked at before the best are chosen
WORDS_AT_MOST = 6

ALIKE = """
    SELECT typed.word, found.word, found.sound
    FROM unnest(%s::text[], %s::text[]) typed(word, sound), LATERAL (
        SELECT w.word, w.sound FROM people_nameword w
        WHERE w.sound %% typed.sound OR w.word LIKE typed.word || '%%'
        ORDER BY similarity(w.sound, typed.sound) DESC, w.word
        LIMIT 100
    ) found
"""


class Alike(NamedTuple):
    """The words of people's names that may be meant by a word: those of its sound, and these
    with others that are near. The word itself stands first in both."""

    sounding: list[str]
    near: list[str]


def search(name: str, *, region: str = "", limit: int = 20) -> list[Person]:
    """People called so or nearly so, the likest first, in `region` (a code) where given.

    A record that was merged is found under its name, and the one kept is given.
    """
    typed = _words(name)[:WORDS_AT_MOST]
    if not typed:
        return []
    alike = words_alike(typed)
    people = Person.objects.filter(lying_within("region__code", region))
    found: dict[int, Person] = {}
    for asked in _ever_wider(typed, alike):
        for person in _called(people, asked):
            found.setdefault(person.pk, person)
        if len(found) >= limit:
            break
    return _likest(name, found.values(), limit)


def like_words(name: str) -> list[str]:
    """The words of a name and every word that may be meant by one of them."""
    return [word for alike in words_alike(_words(name)).values() for word in alike.near]


def words_alike(typed: Sequence[str]) -> dict[str, Alike]:
    """For each word, which words may be meant by it."""
    known: dict[str, list[tuple[str, str]]] = {word: [] for word in typed}
    if typed:
        with connection.cursor() as cursor:
            cursor.execute(ALIKE, [list(typed), [fold(word) for word in typed]])
            for word, found, sound in cursor.fetchall():
                known[word].append((found, sound))
    return {word: _alike(word, known[word]) for word in typed}


def _words(name: str) -> list[str]:
    """The words of a name without titles and initials."""
    return [word for word in name_words(name) if len(word) > 1]


def _alike(word: str, known: list[tuple[str, str]]) -> Alike:
    distances = sorted((_distance(word, other, sound), other) for other, sound in known)
    sounding = [other for distance, other in distances if distance == 0]
    near = [other for distance, other in distances if distance <= 1 + len(word) // 4]
    return Alike(_first(word, sounding), _first(word, near))


def _first(word: str, others: list[str]) -> list[str]:
    return list(dict.fromkeys([word, *others[:LIKE_WORDS]]))


def _distance(typed: str, known: str, sound: str) -> float:
    """0 for one sound, half a key for the beginning of a word, else keys that slipped."""
    typed_sound = fold(typed)
    if typed_sound == sound:
        return 0
    if known.startswith(typed):
        return 0.5
    return min(OSA.distance(typed, known), OSA.distance(typed_sound, sound) + 0.5)


def _ever_wider(typed: list[str], alike: dict[str, Alike]) -> Iterable[list[list[str]]]:
    """What to ask for: all words as typed, all by their sound, all nearly so, all but one."""
    yield [[word] for word in typed]
    yield [alike[word].sounding for word in typed]
    yield [alike[word].near for word in typed]
    if len(typed) > 1:
        for fewer in combinations(typed, len(typed) - 1):
            yield [alike[word].near for word in fewer]


def _called(people: QuerySet[Person], asked: list[list[str]]) -> QuerySet[Person]:
    condition = Q()
    for words in asked:
        condition &= Q(words__overlap=words)
    return people.alias(words=NameWords("name")).filter(condition)[:CONSIDERED]


def _likest(name: str, people: Iterable[Person], limit: int) -> list[Person]:
    ranked = sorted(people, key=lambda person: (*_unlike(name, person.name), person.pk))
    kept_ids = list(dict.fromkeys(person.merged_into_id or person.pk for person in ranked))[:limit]
    by_id = {person.pk: person for person in ranked} | Person.objects.in_bulk(
        [pk for pk in kept_ids if pk not in {person.pk for person in ranked}]
    )
    return [by_id[pk] for pk in kept_ids]


def _unlike(asked: str, name: str) -> tuple[float, float]:
    plain = " ".join(name_words(name))
    return -compare_names(asked, name).level, -token_sort_ratio(" ".join(name_words(asked)), plain)

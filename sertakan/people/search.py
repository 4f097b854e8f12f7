"""Finding people by name, as another office may have written it.

A person is indexed by the words of the name; the words themselves, of which there are few, by
their trigrams. So a search asks first which words are like the ones typed, and then who is
called so: `moch subandi` finds `Muhammad Soebandi`.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from django.db import connection
from django.db.models import Q, QuerySet
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

from sertakan.people.models import NameWords, Person
from sertakan.regions.queries import lying_within
from sertakan.rosters.linkage.names import SHORT_FORM, SHORT_FORMS, compare_names, fold
from sertakan.rosters.linkage.titles import name_words

LIKE_WORDS = 20  # words taken for one that was typed
CONSIDERED = 200  # people looked at before the best are chosen
WORDS_AT_MOST = 6

ALIKE = """
    SELECT typed.word, found.word
    FROM unnest(%s::text[]) typed(word), LATERAL (
        SELECT w.word FROM people_nameword w
        WHERE w.word %% typed.word OR w.word LIKE typed.word || '%%'
        ORDER BY similarity(w.word, typed.word) DESC, w.word
        LIMIT 100
    ) found
"""


def search(name: str, *, region: str = "", limit: int = 20) -> list[Person]:
    """People called so or nearly so, the likest first, in `region` (a code) where given.

    A record that was merged is found under its name, and the one kept is given.
    """
    typed = [word for word in name_words(name) if len(word) > 1][:WORDS_AT_MOST]
    if not typed:
        return []
    alike = alike_words(typed)
    people = Person.objects.filter(lying_within("region__code", region))
    found: dict[int, Person] = {}
    for asked in _ever_wider(typed, alike):
        for person in _called(people, asked):
            found.setdefault(person.pk, person)
        if len(found) >= limit:
            break
    return _likest(name, found.values(), limit)


def alike_words(typed: Sequence[str]) -> dict[str, list[str]]:
    """For each word the words of people's names that may be meant by it, itself first."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [list(typed)])
        known: dict[str, set[str]] = {word: set() for word in typed}
        for word, found in cursor.fetchall():
            known[word].add(found)
    return {word: _chosen(word, known[word]) for word in typed}


def _chosen(word: str, known: set[str]) -> list[str]:
    """Itself, its short forms, and the likest of the known words."""
    forms = SHORT_FORMS.get(SHORT_FORM.get(word, ""), "").split()
    near = sorted((_distance(word, other), other) for other in known)
    likest = [other for distance, other in near if distance <= 1 + len(word) // 4]
    return list(dict.fromkeys([word, *forms, *likest[:LIKE_WORDS]]))


def _distance(typed: str, known: str) -> float:
    """0 for one sound, half a key for the beginning of a word, else keys that slipped."""
    if fold(typed) == fold(known):
        return 0
    if known.startswith(typed):
        return 0.5
    return min(OSA.distance(typed, known), OSA.distance(fold(typed), fold(known)) + 0.5)


def _ever_wider(typed: list[str], alike: dict[str, list[str]]) -> Iterable[list[list[str]]]:
    """What to ask for: all words as typed, all or words like them, all but one of these."""
    yield [[word] for word in typed]
    yield [alike[word] for word in typed]
    if len(typed) > 1:
        for fewer in combinations(typed, len(typed) - 1):
            yield [alike[word] for word in fewer]


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

"""Who of those that stand may a newcomer be, under another NIK? Asked at the counter.

Those are looked at whose NIK is one key away, and those who share a birth date and a word of
the name; the registry's linkage weighs them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sertakan.people.encryption import decrypt_many, nik_index_many
from sertakan.people.models import Person
from sertakan.people.search import like_words
from sertakan.rosters.linkage.records import PersonFacts
from sertakan.rosters.linkage.score_pair import PairScore, score_pair
from sertakan.vocabulary import Nik, NikError

LEAST_BITS = 3.0  # eight to one
LOOKED_AT = 500

NEAR = """
    SELECT id FROM people_person WHERE nik_index = ANY(%s) AND merged_into_id IS NULL
    UNION
    (SELECT id FROM people_person
     WHERE birth_date = ANY(%s) AND people_name_words(name) && %s AND merged_into_id IS NULL
     LIMIT %s)
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person that the newcomer may be: `score` says how likely, in bits, and why."""

    person: Person
    score: PairScore


def candidates_for(newcomer: PersonFacts, *, on: date) -> list[Candidate]:
    """Those who are likely the newcomer, the likeliest first; `on` settles a NIK's century."""
    with connection.cursor() as cursor:
        cursor.execute(
            NEAR,
            [
                nik_index_many(_niks_near(newcomer.nik)) if newcomer.nik else [],
                list(_birth_dates(newcomer, on)),
                like_words(newcomer.name or ""),
                LOOKED_AT,
            ],
        )
        people = list(Person.objects.filter(pk__in=[number for (number,) in cursor.fetchall()]))
    scored = [
        Candidate(person, score_pair(newcomer, facts))
        for person, facts in zip(people, _facts(people), strict=True)
    ]
    likely = [each for each in scored if each.score.match_weight >= LEAST_BITS]
    return sorted(likely, key=lambda each: (-each.score.match_weight, each.person.pk))


def _niks_near(nik: str) -> Iterator[str]:
    """The NIK, and each that one slip of a key makes of it: a digit changed, two swapped."""
    yield nik
    for place, digit in enumerate(nik):
        for other in "0123456789":
            if other != digit:
                yield nik[:place] + other + nik[place + 1 :]
    for place in range(len(nik) - 1):
        if nik[place] != nik[place + 1]:
            yield nik[:place] + nik[place + 1] + nik[place] + nik[place + 2 :]


def _birth_dates(newcomer: PersonFacts, on: date) -> set[date]:
    """As stated, as the NIK says, and each with day and month exchanged."""
    stated = {newcomer.birth_date} if newcomer.birth_date else set()
    try:
        days = stated | {Nik(newcomer.nik or "").birth_date(on=on)}
    except NikError:
        days = stated
    return days | {date(day.year, day.day, day.month) for day in days if day.day <= 12}


def _facts(people: list[Person]) -> Iterator[PersonFacts]:
    niks = decrypt_many([person.nik_encrypted for person in people], "nik")
    phones = decrypt_many([person.phone_encrypted for person in people], "phone")
    mothers = decrypt_many([person.mother_name_encrypted for person in people], "mother_name")
    for person, nik, phone, mother in zip(people, niks, phones, mothers, strict=True):
        yield PersonFacts(
            nik=nik,
            name=person.name,
            birth_date=person.birth_date,
            sex=person.sex or None,
            address=person.address or None,
            phone=phone,
            mother_name=mother,
        )

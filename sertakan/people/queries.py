"""Finding people: by NIK, by number, by name, and as the person that a newcomer may be."""

from sertakan.people.candidates import Candidate, candidates_for
from sertakan.people.encryption import decrypt, nik_index
from sertakan.people.errors import PersonNotFound
from sertakan.people.models import Person
from sertakan.people.search import search

__all__ = ["Candidate", "by_nik", "candidates_for", "find", "kept", "masked_nik", "search"]

NIK_DIGITS, MOST_DIGITS = 16, 18  # of a NIK; of a number that the database can hold


def by_nik(nik: str) -> Person | None:
    """The person with this NIK of 16 digits: the record kept, where two were merged."""
    person = Person.objects.select_related("merged_into").filter(nik_index=nik_index(nik)).first()
    return kept(person) if person else None


def kept(person: Person) -> Person:
    """The record that stands for this one: itself, or the one it was merged into."""
    return person.merged_into or person


def find(written: str) -> Person:
    """The person under a NIK or a number, as a clerk writes it. Raises PersonNotFound."""
    digits = written.strip()
    person = None
    if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS:
        if len(digits) == NIK_DIGITS:
            person = by_nik(digits)
        else:
            found = Person.objects.select_related("merged_into").filter(pk=digits).first()
            person = kept(found) if found else None
    if person is None:
        raise PersonNotFound(written)
    return person


def masked_nik(person: Person) -> str:
    """Fit for a page: the first six digits and the last two."""
    nik = decrypt(person.nik_encrypted, "nik")
    return f"{nik[:6]}********{nik[-2:]}"

"""The QR of a membership card: what it is signed with, and what may be told to who scans it.

The number of a card is that of the person in `people`; it means nothing without our records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from sertakan.contributions.own_cover import OwnCover, own_cover
from sertakan.documents.card_keys import key_id, published, signing_key
from sertakan.documents.card_token import Card, read, sign
from sertakan.people.models import Person
from sertakan.people.queries import kept


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a card tells: a name fit to be seen by strangers, and the cover on a day.

    `own` is None where nobody with this number is recorded any more.
    """

    card: Card
    name: str
    own: OwnCover | None


def token_of(person: Person, *, issued_on: date, valid_through: date) -> str:
    """The token for the card of a person, under the current key."""
    return sign(Card(person.pk, issued_on, valid_through), signing_key(settings.CARD_KEYS[0]))


def public_keys() -> Mapping[str, Ed25519PublicKey]:
    """The keys by which cards can be checked, by key id."""
    keys = [signing_key(seed).public_key() for seed in settings.CARD_KEYS]
    return {key_id(key): key for key in keys}


def published_keys() -> str:
    """The same as text, a line for each."""
    return published(public_keys().values())


def scan(token: str, *, on: date) -> Scanned:
    """What the card says on a day. Raises BadToken."""
    card = read(token, public_keys())
    person = Person.objects.select_related("merged_into").filter(pk=card.number).first()
    if person is None:
        return Scanned(card, "", None)
    person = kept(person)
    return Scanned(card, discreet_name(person.name), own_cover(person, on=on))


def discreet_name(name: str) -> str:
    """The first name, and of each further word its first letter: Wati S••• ."""
    first, *others = name.split()
    return " ".join([first, *(f"{word[0]}•••" for word in others)])

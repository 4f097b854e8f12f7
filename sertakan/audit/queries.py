"""What was done, and whether what was written down is still what stands there."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import QuerySet

from sertakan.audit.models import Event, Seal

ROWS_AT_ONCE = 2_000
FIRST_HASH = bytes(32)
CHAIN = """
    SELECT s.position, s.previous_hash, s.hash, s.event_id, CASE WHEN e.id IS NOT NULL THEN
        jsonb_build_array(
            s.position, s.sealed_at AT TIME ZONE 'UTC', e.id, e.at AT TIME ZONE 'UTC', e.actor_id,
            e.verb, e.subject_type, e.subject_id, e.details
        )::text END
    FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id
    ORDER BY s.position
"""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain and the hash that stood there, noted down elsewhere."""

    position: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.position}:{self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold, and why."""

    position: int
    event_id: int | None
    why: str

    def __str__(self) -> str:
        event = f", event {self.event_id}" if self.event_id else ""
        return f"Link {self.position}{event}: {self.why}."


def last_link() -> Link | None:
    """Where the chain ends. Kept outside the database, it shows later that nothing was cut off."""
    seal = Seal.objects.order_by("-position").first()
    return Link(seal.position, bytes(seal.hash)) if seal else None


def first_broken_link(*, noted: Link | None = None) -> Broken | None:
    """The first link that is missing, or whose event or hash was changed; None where all hold.

    `noted` is a link of earlier (`last_link`): a chain made anew from the start, or cut off
    before it, does not have it. Reads row after row, in bounded memory.
    """
    position, hash_before = 0, FIRST_HASH
    for link, previous_hash, link_hash, event_id, words in _chain():
        position += 1
        if link != position:
            return Broken(position, None, "the link is missing")
        if words is None:
            return Broken(position, event_id, "its event is gone")
        if previous_hash != hash_before:
            return Broken(position, event_id, "it does not follow from the link before it")
        if sha256(previous_hash + words.encode()).digest() != link_hash:
            return Broken(position, event_id, "its event or the link itself was changed")
        if noted and noted.position == position and noted.hash != link_hash:
            return Broken(position, event_id, "another hash was noted for it")
        hash_before = link_hash
    if noted and noted.position > position:
        return Broken(position + 1, None, "the chain was cut off here")
    return None


def events_of(subject_type: str = "", subject_id: str = "") -> QuerySet[Event]:
    """Events, the latest first: of everything, of one kind of thing, or of one thing."""
    events = Event.objects.select_related("actor").order_by("-pk")
    if subject_type:
        events = events.filter(subject_type=subject_type)
    return events.filter(subject_id=subject_id) if subject_id else events


def _chain() -> Iterator[tuple[int, bytes, bytes, int, str | None]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(CHAIN)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for position, previous_hash, link_hash, event_id, words in rows:
                yield position, bytes(previous_hash), bytes(link_hash), event_id, words

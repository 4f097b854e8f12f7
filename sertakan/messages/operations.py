"""Writing messages into the outbox, reading one, and forgetting what was written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.encryption.at_rest import decrypt, encrypt_many
from sertakan.messages.errors import CannotPost, MessageForgotten
from sertakan.messages.models import Channel, Message, State

AT_ONCE = 5_000
SECRET_KINDS = ("account", "code")  # they open a door, and are of no use afterwards
SECRETS_KEPT = timedelta(days=1)
KEPT = timedelta(days=30)
OVER = (State.SENT, State.KEPT, State.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be posted.

    `recipient` is an e-mail address, or a phone number as it is dialled (+62…). `once` names the
    letter for all time: a second one of the same name is not written (`lapse:agreement 7:2026-12`;
    nothing personal). After `expires_at` it is not sent any more.
    """

    channel: Channel
    recipient: str
    subject: str
    body: str
    kind: str
    language: str = "id"
    about_type: str = ""
    about_id: object = ""
    once: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands in a message."""

    recipient: str
    subject: str
    body: str


def post(letters: Iterable[Letter], *, now: datetime) -> int:
    """Write the letters into the outbox, in the caller's transaction; how many were written.

    They stand or fall with the deed, and are sent after its commit. Those whose `once` is there
    already are left out. Raises CannotPost for a letter without a recipient.
    """
    written = list(letters)
    if any(not letter.recipient.strip() for letter in written):
        raise CannotPost(_("A message needs a recipient."))
    with transaction.atomic():
        pieces = (written[at : at + AT_ONCE] for at in range(0, len(written), AT_ONCE))
        return sum(_insert(piece, now) for piece in pieces)


def open_message(*, message: Message, by: User, now: datetime) -> Opened:
    """Read what was written to whom; that somebody looked is recorded. Raises MessageForgotten."""
    opened = contents(message)
    record(
        verb="opened", subject_type="message", subject_id=message.pk, by=by, at=now,
        kind=message.kind,
    )  # fmt: skip
    return opened


def contents(message: Message) -> Opened:
    """What stands in the message, for sending it. Raises MessageForgotten."""
    recipient, subject, body = (
        message.recipient_encrypted,
        message.subject_encrypted,
        message.body_encrypted,
    )
    if recipient is None or subject is None or body is None:
        raise MessageForgotten(_("What this message said is not kept any more."))
    return Opened(
        decrypt(recipient, "recipient"), decrypt(subject, "subject"), decrypt(body, "body")
    )


def forget(*, older_than: timedelta = KEPT, now: datetime) -> int:
    """Empty the messages that are over and were written so long ago; how many.

    Those that open a door (a code, a link to sign in) are emptied after a day. That a message
    went, when and what about, stays.
    """
    over = Message.objects.filter(state__in=OVER, forgotten_at=None)
    emptied = {
        "recipient_encrypted": None,
        "subject_encrypted": None,
        "body_encrypted": None,
        "forgotten_at": now,
    }
    secrets = over.filter(kind__in=SECRET_KINDS, created_at__lt=now - min(SECRETS_KEPT, older_than))
    with transaction.atomic():
        return secrets.update(**emptied) + over.filter(created_at__lt=now - older_than).update(
            **emptied
        )


INSERT = """
    INSERT INTO outbox_message
        (channel, kind, language, recipient_encrypted, subject_encrypted, body_encrypted,
         about_type, about_id, once, expires_at, state, attempts, next_try_at, last_error,
         created_at)
    SELECT *, 'waiting', 0, %s::timestamptz, '', %s::timestamptz
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[],
        %s::text[], %s::text[], %s::text[], %s::timestamptz[])
    ON CONFLICT (once) DO NOTHING
"""


def _insert(letters: Sequence[Letter], now: datetime) -> int:
    columns: list[list[Any]] = [
        [str(letter.channel) for letter in letters],
        [letter.kind for letter in letters],
        [letter.language for letter in letters],
        encrypt_many([letter.recipient.strip() for letter in letters], "recipient"),
        encrypt_many([letter.subject for letter in letters], "subject"),
        encrypt_many([letter.body for letter in letters], "body"),
        [letter.about_type for letter in letters],
        [str(letter.about_id) for letter in letters],
        [letter.once for letter in letters],
        [letter.expires_at for letter in letters],
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [now, now, *columns])
        return int(cursor.rowcount)

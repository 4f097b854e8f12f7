"""A message that did not go is tried once more.

One that is over stays over; what is sent is a second one with the same words.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.messages.errors import CannotPost
from sertakan.messages.models import Message, State

AGAIN = (State.FAILED, State.GIVEN_UP, State.KEPT)
COPIED = (
    "channel", "kind", "language", "recipient_encrypted", "subject_encrypted", "body_encrypted",
    "about_type", "about_id", "expires_at",
)  # fmt: skip


@transaction.atomic
def try_again(*, message: Message, by: User, now: datetime) -> Message:
    """Send it at once. Raises CannotPost where it went, is under way, too old, or was emptied."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state not in AGAIN:
        raise CannotPost(_("This message went, or is on its way."))
    if message.forgotten_at or (message.expires_at and message.expires_at <= now):
        raise CannotPost(_("This message is too old to be sent."))
    if message.state == State.FAILED:
        message.next_try_at = now
        message.save(update_fields=["next_try_at"])
        again = message
    else:
        same = {name: getattr(message, name) for name in COPIED}
        again = Message.objects.create(created_at=now, next_try_at=now, **same)
    record(
        verb="retried", subject_type="message", subject_id=message.pk, by=by, at=now,
        kind=message.kind, message=again.pk,
    )  # fmt: skip
    return again

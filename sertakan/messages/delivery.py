"""Sending what waits in the outbox.

Each message is claimed, sent, and marked, with a commit after the first and the last. The claim
counts the attempt and puts the next one off for `IN_FLIGHT`, so that no other process takes the
message meanwhile, and one that ends the process every time is given up in the end.

Whoever crashes between sending and marking leaves a message that may have gone. It is sent again
after `IN_FLIGHT`, under the same name (Message-ID, Idempotency-Key) by which a mail server or a
gateway can drop the second: at least once, and once where the other side looks at the name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from sertakan.encryption.errors import CannotDecrypt
from sertakan.messages.models import Channel, Message, State
from sertakan.messages.operations import contents
from sertakan.messages.sending.mail import MailServer
from sertakan.messages.sending.outgoing import NotSent, Outgoing, Sender
from sertakan.messages.sending.short_messages import ShortMessages

log = structlog.get_logger(__name__)

IN_FLIGHT = timedelta(minutes=20)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 9  # the last some four hours after the first
AT_ONCE = 100
OPEN = (State.WAITING, State.FAILED)


def deliver(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Send messages that are due, oldest first; how many were dealt with.

    Several may call it at once, and no message is taken by two of them. Where a whole channel is
    away, its other messages are left as they are until the next call.
    """
    dealt_with = 0
    _give_up_what_is_late(now)
    with _senders() as senders:
        away: set[str] = set()
        while dealt_with < at_most and (message := _claim(now, away)):
            if _deal_with(message, senders.get(message.channel), now):
                away.add(message.channel)
            dealt_with += 1
    return dealt_with


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: a minute, two, four, … six hours."""
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)


@contextmanager
def _senders() -> Iterator[dict[str, Sender]]:
    """By channel, what there is to send with."""
    senders: dict[str, Sender] = {}
    if settings.EMAIL_HOST:
        senders[Channel.EMAIL] = MailServer()
    if settings.SMS_GATEWAY:
        short = ShortMessages(settings.SMS_GATEWAY)
        senders |= {Channel.SMS: short, Channel.WHATSAPP: short}
    try:
        yield senders
    finally:
        for sender in senders.values():
            sender.close()


@transaction.atomic
def _claim(now: datetime, away: set[str]) -> Message | None:
    """The next message that is due, taken so that nobody else takes it."""
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(state__in=OPEN, next_try_at__lte=now)
        .exclude(channel__in=away)
        .order_by("next_try_at", "pk")
        .first()
    )
    if message is None:
        return None
    message.attempts += 1
    message.next_try_at = now + IN_FLIGHT
    message.save(update_fields=["attempts", "next_try_at"])
    return message


def _deal_with(message: Message, sender: Sender | None, now: datetime) -> bool:
    """Send it and mark what came of it. True where nothing else would go this way either."""
    if sender is None:
        _mark(message, state=State.KEPT)
        return False
    try:
        opened = contents(message)
        sender.send(
            Outgoing(
                name=f"sertakan-{message.pk}-{message.created_at.timestamp():.0f}",
                channel=message.channel,
                recipient=opened.recipient,
                subject=opened.subject,
                body=opened.body,
            )
        )
    except NotSent as failure:
        _mark_failure(message, failure, now)
        return failure.all_of_them
    except CannotDecrypt as refusal:
        _mark_failure(message, NotSent(str(refusal)), now)
        return False
    _mark(message, state=State.SENT, sent_at=now, last_error="")
    return False


def _mark_failure(message: Message, failure: NotSent, now: datetime) -> None:
    over = failure.for_good or message.attempts >= MOST_ATTEMPTS
    state = State.GIVEN_UP if over else State.FAILED
    log.warning("message not sent", message=message.pk, state=state, why=str(failure))
    _mark(
        message,
        state=state,
        last_error=str(failure)[:200],
        next_try_at=now + wait_after(message.attempts),
    )


def _mark(message: Message, **values: object) -> None:
    """Write what came of it, unless somebody else has found it over meanwhile."""
    Message.objects.filter(pk=message.pk, state__in=OPEN).update(**values)


def _give_up_what_is_late(now: datetime) -> None:
    """No code is sent after it has expired, and nothing is tried for ever."""
    due = Message.objects.filter(state__in=OPEN, next_try_at__lte=now)
    due.filter(expires_at__lte=now).update(
        state=State.GIVEN_UP, last_error="it expired before it could be sent"
    )
    due.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.GIVEN_UP, last_error="each attempt ended without an answer"
    )

"""Django's way to send mail, led into the outbox: all that leaves the house goes one way.

A mail says by its header `X-Sertakan-Kind` what it is; without one it is `account`, as all mail
of sign-in is. Each recipient gets a message of their own, as plain text. The outbox takes no
attachments: papers are fetched by those who have signed in.
"""

from collections.abc import Iterator, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post
from sertakan.work import clock

KIND = "X-Sertakan-Kind"


class OutboxBackend(BaseEmailBackend):
    """For EMAIL_BACKEND."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Post the mails, in the caller's transaction; how many there were."""
        letters = [letter for mail in email_messages for letter in _letters(mail)]
        post(letters, now=clock.now())  # a door: whoever sends mail by Django gives no time
        return len(email_messages)


def _letters(mail: EmailMessage) -> Iterator[Letter]:
    if mail.attachments:
        raise ValueError("The outbox takes no attachments; please send a link.")
    for recipient in mail.recipients():
        yield Letter(
            channel=Channel.EMAIL,
            recipient=recipient,
            subject=str(mail.subject),
            body=str(mail.body),
            kind=mail.extra_headers.get(KIND, "account"),
            language=(get_language() or "id")[:5],
        )

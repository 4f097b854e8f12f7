"""By e-mail, over Django's connection to the mail server of the settings."""

import smtplib
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from sertakan.messages.sending.outgoing import NotSent, Outgoing

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class MailServer:
    """A connection to the mail server, opened for the first message."""

    def __init__(self) -> None:
        self._connection = EmailBackend(fail_silently=False)

    def send(self, message: Outgoing) -> None:
        """Hand the mail over. Raises NotSent, for good where the server said so (5xx)."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=message.body,
            to=[message.recipient],
            headers={"Message-ID": f"<{message.name}@{domain}>", **AUTOMATIC},
        )
        try:
            self._connection.open()
            self._connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            [(code, _said)] = refused.recipients.values()
            self._drop()
            raise _not_sent(refused, code) from None
        except smtplib.SMTPDataError as refused:
            self._drop()
            raise _not_sent(refused, refused.smtp_code) from None
        except smtplib.SMTPResponseException as refused:  # us, not this message
            self._drop()
            raise NotSent(_words(refused, refused.smtp_code), all_of_them=True) from None
        except (OSError, smtplib.SMTPException) as away:
            self._drop()
            raise NotSent(_words(away), all_of_them=True) from None
        except ValueError as unfit:
            raise NotSent(_words(unfit), for_good=True) from None

    def close(self) -> None:
        """Say good-bye to the server."""
        self._connection.close()

    def _drop(self) -> None:
        """What was said half cannot be taken up again."""
        with suppress(OSError, smtplib.SMTPException):
            self._connection.close()


def _not_sent(refused: Exception, code: int) -> NotSent:
    return NotSent(_words(refused, code), for_good=500 <= code < 600)


def _words(error: Exception, code: int = 0) -> str:
    """The kind of error and the server's number: its words may repeat the address."""
    return f"{type(error).__name__} {code}" if code else type(error).__name__

"""The outbox, and codes for one use.

Recipient, subject and text are encrypted (`encryption.at_rest`): an address is personal, and a
code is a secret. They are emptied some time after the message has gone; that it went stays.
"""

from django.db import models
from django.db.models import F, Q


class Channel(models.TextChoices):
    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    NOBODY = "nobody"  # written like any other, and sent to nobody: see `codes.send`


class State(models.TextChoices):
    WAITING = "waiting"
    FAILED = "failed"  # and will be tried again
    SENT = "sent"
    KEPT = "kept"  # there is nothing to send it with; it can be read in the outbox
    GIVEN_UP = "given_up"


class Message(models.Model):
    """One message to one recipient."""

    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    recipient_encrypted = models.BinaryField(null=True)
    subject_encrypted = models.BinaryField(null=True)
    body_encrypted = models.BinaryField(null=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    once = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="outbox_due",
                condition=Q(state__in=["waiting", "failed"]),
            ),
            models.Index(
                fields=["created_at"],
                name="outbox_to_forget",
                condition=Q(forgotten_at=None, state__in=["sent", "kept", "given_up"]),
            ),
            models.Index(fields=["about_type", "about_id"], name="outbox_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_message_has_a_known_channel", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="a_message_has_a_known_state", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="a_message_is_forgotten_as_a_whole",
                condition=Q(
                    forgotten_at=None,
                    recipient_encrypted__isnull=False,
                    subject_encrypted__isnull=False,
                    body_encrypted__isnull=False,
                )
                | Q(
                    forgotten_at__isnull=False,
                    recipient_encrypted=None,
                    subject_encrypted=None,
                    body_encrypted=None,
                    state__in=["sent", "kept", "given_up"],
                ),
            ),
            models.CheckConstraint(
                name="a_message_is_sent_at_some_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="nobody_gives_up_without_a_reason",
                condition=~Q(state__in=["failed", "given_up"]) | ~Q(last_error=""),
            ),
            models.CheckConstraint(
                name="a_message_expires_after_it_was_written",
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} by {self.channel}: {self.state}"


class OneTimeCode(models.Model):
    """A code that was told to somebody. Neither code nor subject can be read from it.

    One is open for a subject at a time; a used one never changes again (migration 0002).
    """

    purpose = models.CharField(max_length=30)
    subject_hash = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts_left = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["purpose", "subject_hash", "issued_at"], name="code_of_subject"),
            models.Index(fields=["expires_at"], name="code_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_code_open_for_a_subject",
                fields=["purpose", "subject_hash"],
                condition=Q(used_at=None, attempts_left__gt=0),
            ),
            models.CheckConstraint(
                name="a_code_expires_after_it_was_issued",
                condition=Q(expires_at__gt=F("issued_at")),
            ),
            models.CheckConstraint(
                name="a_code_is_used_while_it_holds",
                condition=Q(used_at=None)
                | Q(used_at__gte=F("issued_at"), used_at__lt=F("expires_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

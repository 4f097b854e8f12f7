"""The place of this package among Django's apps."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The outbox, and codes for one use. (Django's own `messages` are notes on a page.)"""

    name = "sertakan.messages"
    label = "outbox"
    columns_fixed = {
        "outbox_message": (
            "id",
            "channel",
            "kind",
            "language",
            "about_type",
            "about_id",
            "once",
            "created_at",
            "expires_at",
        ),
        "outbox_onetimecode": (
            "id",
            "purpose",
            "subject_hash",
            "code_hash",
            "issued_at",
            "expires_at",
        ),
    }

"""Writing down who did what, and sealing it into a chain of hashes."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sertakan.accounts.models import User
from sertakan.audit.models import Event


def record(
    *,
    verb: str,
    subject_type: str,
    subject_id: object = "",
    by: User | None,
    at: datetime,
    **details: Any,
) -> Event:
    """Write one event, in the caller's transaction, so that it stands or falls with the deed.

    `verb` is a past tense in lower case (`enrolled`); `by` is None for what the program does by
    itself. `details` are words, numbers, days, lists of them: never personal data.
    """
    return Event.objects.create(
        at=at,
        actor=by,
        verb=verb,
        subject_type=subject_type,
        subject_id=str(subject_id),
        details=details,
    )


@transaction.atomic
def seal(*, now: datetime) -> int:
    """Put every committed event that has no link yet into the chain; the number of links made.

    One sealer works at a time; a second waits, and then finds what is left. Writers of events
    wait for neither.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_events(%s)", [now])
        return int(cursor.fetchone()[0])

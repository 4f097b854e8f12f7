"""Limited attempts, counted in the database so that every process counts together."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

TRY = """
    INSERT INTO access_attempts (what, "window", count) VALUES (%s, %s, 1)
    ON CONFLICT (what, "window") DO UPDATE SET count = access_attempts.count + 1
    RETURNING count
"""


def within_limit(matter: str, who: str, *, most: int, seconds: int, now: datetime) -> bool:
    """Count one attempt of `who` at `matter`; whether it is one of the first `most`.

    Counted by stretches of `seconds`. `who` (an address, a NIK) is kept as a keyed hash alone.
    """
    what = hmac.new(settings.SECRET_KEY.encode(), f"{matter}|{who}".encode(), hashlib.sha256)
    began = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(TRY, [what.digest(), began])
        return bool(cursor.fetchone()[0] <= most)


def forget(*, now: datetime, older_than: timedelta = timedelta(days=2)) -> int:
    """Throw away counts and tokens of forms that nobody needs any more; how many."""
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM access_attempts WHERE "window" < %s', [now - older_than])
        gone = cursor.rowcount
        cursor.execute("DELETE FROM access_submission WHERE at < %s", [now - older_than])
        return int(gone + cursor.rowcount)

"""Codes for one use: told to somebody by another way, and asked back here.

`subject` is whatever the code is for (a NIK and a birth date, say); only its keyed hash is kept.
Nothing here tells whether a subject exists. Call `send` whether or not there is anybody to send
to, and `check` whatever was typed: both do the same work and write as much either way.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sertakan.messages.errors import TooManyCodes
from sertakan.messages.models import Channel, OneTimeCode
from sertakan.messages.operations import Letter, post

DIGITS = 6
HOLDS = timedelta(minutes=10)
ATTEMPTS = 5
MOST_CODES = 5
MOST_CODES_IN = timedelta(hours=1)
SALT = "sertakan.messages.codes"
NOTHING = bytes(32)
NOBODY = "+620000000000"


@transaction.atomic
def issue(*, purpose: str, subject: str, now: datetime) -> str:
    """A new code of six digits for the subject, good for ten minutes; the one before ends.

    Raises TooManyCodes where five were issued within the hour.
    """
    key = _subject_hash(purpose, subject)
    _wait_for_others(purpose, key)
    codes = OneTimeCode.objects.filter(purpose=purpose, subject_hash=key)
    if (
        codes.filter(issued_at__gt=now - MOST_CODES_IN).exclude(code_hash=NOTHING).count()
        >= MOST_CODES
    ):
        raise TooManyCodes(_("Too many codes were asked for. Please try again in an hour."))
    codes.filter(used_at=None, attempts_left__gt=0).update(attempts_left=0)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _write(purpose, key, _code_hash(purpose, key, code), now, attempts_left=ATTEMPTS)
    return code


@transaction.atomic
def send(
    *,
    purpose: str,
    subject: str,
    channel: Channel,
    recipient: str | None,
    title: str,
    text: str,
    language: str,
    now: datetime,
) -> None:
    """Issue a code and post it; `text` has `{code}` in it.

    Without a recipient the same is written and goes to nobody. Raises TooManyCodes, for those who
    exist and those who do not.
    """
    code = issue(purpose=purpose, subject=subject, now=now)
    letter = Letter(
        channel=channel if recipient else Channel.NOBODY,
        recipient=recipient or NOBODY,
        subject=title,
        body=text.format(code=code),
        kind="code",
        language=language,
        expires_at=now + HOLDS,
    )
    post([letter], now=now)


@transaction.atomic
def check(*, purpose: str, subject: str, code: str, now: datetime) -> bool:
    """Whether this is the open code of the subject; it is used up by that.

    A wrong one costs one of five attempts. Where no code is open, one that opens nothing is
    written, so that as much is done as where there is one.
    """
    key = _subject_hash(purpose, subject)
    typed = _code_hash(purpose, key, "".join(code.split()))
    found = (
        OneTimeCode.objects.select_for_update()
        .filter(purpose=purpose, subject_hash=key, used_at=None, attempts_left__gt=0)
        .filter(expires_at__gt=now)
        .first()
    )
    right = hmac.compare_digest(bytes(found.code_hash) if found else NOTHING, typed)
    if found is None:
        _write(purpose, key, NOTHING, now, attempts_left=0)
        return False
    found.attempts_left -= 1
    found.used_at = now if right else None
    found.save(update_fields=["attempts_left", "used_at"])
    return right


def forget(*, now: datetime) -> int:
    """Delete the codes that ended a day ago; how many."""
    ended = OneTimeCode.objects.filter(expires_at__lt=now - timedelta(days=1))
    return ended.delete()[0]


def _write(
    purpose: str, key: bytes, code_hash: bytes, now: datetime, *, attempts_left: int
) -> None:
    OneTimeCode.objects.create(
        purpose=purpose,
        subject_hash=key,
        code_hash=code_hash,
        issued_at=now,
        expires_at=now + HOLDS,
        attempts_left=attempts_left,
    )


def _wait_for_others(purpose: str, key: bytes) -> None:
    """Two codes asked for at once are issued one after the other."""
    lock = int.from_bytes(sha256(purpose.encode() + key).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def _subject_hash(purpose: str, subject: str) -> bytes:
    return salted_hmac(SALT, f"{purpose}\0{subject}", algorithm="sha256").digest()


def _code_hash(purpose: str, key: bytes, code: str) -> bytes:
    """Bound to its subject: the same code of somebody else looks otherwise."""
    return salted_hmac(SALT, f"{purpose}\0{key.hex()}\0{code}", algorithm="sha256").digest()

"""The environment, read by helpers that refuse nonsense.

Each raises BadEnvironment with one sentence that names the variable. An empty variable counts
as one that is not set.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


class BadEnvironment(ImproperlyConfigured):
    """A variable of the environment makes no sense; the message says which and why."""


def text(name: str, default: str | None = None) -> str:
    """The variable as it stands. Without a default it must be set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise BadEnvironment(f"{name} must be set.")
    return value


def boolean(name: str, default: bool) -> bool:
    """yes, true, on, 1 or no, false, off, 0, in any case."""
    value = text(name, "yes" if default else "no").lower()
    if value not in YES + NO:
        raise BadEnvironment(f"{name} must be yes or no, not {value!r}.")
    return value in YES


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`, both included."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise BadEnvironment(f"{name} must be a whole number from {least} to {most}: {value!r}.")
    return int(value)


def day(name: str) -> date | None:
    """A day written YYYY-MM-DD; None where the variable is not set."""
    value = text(name, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadEnvironment(f"{name} must be a day, YYYY-MM-DD: {value!r}.") from None


def choice(name: str, default: str, choices: Sequence[str]) -> str:
    """One of `choices`."""
    value = text(name, default)
    if value not in choices:
        raise BadEnvironment(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def words(name: str, default: str) -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def postgres_url(name: str) -> dict[str, str] | None:
    """What libpq reads in a URL such as postgresql://login:password@host:5432/database.

    None where the variable is not set. The URL itself never stands in the message: it holds a
    password.
    """
    value = text(name, "")
    if not value:
        return None
    if not value.startswith(("postgres://", "postgresql://")):
        raise BadEnvironment(f"{name} must begin with postgresql://")
    try:
        parts = {key: str(part) for key, part in conninfo_to_dict(value).items()}
    except ProgrammingError:
        raise BadEnvironment(f"{name} is not a URL that PostgreSQL understands.") from None
    if not parts.get("dbname"):
        raise BadEnvironment(f"{name} must name a database after the last slash.")
    return parts


def key_bytes(name: str, value: str) -> bytes:
    """A key of 32 bytes, written in base64."""
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise BadEnvironment(f"{name} must be 32 bytes in base64.")
    return key

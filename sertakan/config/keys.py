"""Secrets: given by the environment, or made at the first start and kept under var/secrets."""

import base64
import re
import secrets
from pathlib import Path

from sertakan.config import environment
from sertakan.config.environment import BadEnvironment
from sertakan.postgres.private_files import private_text

KEY_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")


def secret_text(variable: str, file: Path, *, made_up: bool) -> str:
    """The secret of `variable`, or the one in `file`.

    It is made up and written there where that is allowed; else it must be given.
    """
    given = environment.text(variable, "")
    if given:
        return given
    if not made_up:
        raise BadEnvironment(f"{variable} must be set in production; nothing is made up there.")
    return private_text(file, lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def django_key(folder: Path, *, made_up: bool) -> str:
    """What Django signs sessions with: 32 characters or more."""
    key = secret_text("SERTAKAN_SECRET_KEY", folder / "secret_key", made_up=made_up)
    if len(key) < 32:
        raise BadEnvironment("SERTAKAN_SECRET_KEY must have 32 characters or more.")
    return key


def nik_index_key(folder: Path, *, made_up: bool) -> bytes:
    """The key under which a NIK is looked up by equality: 32 bytes."""
    variable = "SERTAKAN_NIK_INDEX_KEY"
    written = secret_text(variable, folder / "nik_index_key", made_up=made_up)
    return environment.key_bytes(variable, written)


def data_keys(folder: Path, *, made_up: bool) -> dict[str, bytes]:
    """The key ring for personal data at rest, by key id; the first is the current one.

    Written as `id:base64,id:base64`: a new key is put in front, and old ones stay until all is
    encrypted anew.
    """
    variable = "SERTAKAN_KEYS"
    given = environment.text(variable, "")
    if not given:
        key = secret_text(variable, folder / "data_key", made_up=made_up)
        given = key if ":" in key else f"k1:{key}"
    ring: dict[str, bytes] = {}
    for entry in given.split(","):
        name, colon, key = entry.strip().partition(":")
        if not colon or not KEY_NAME.fullmatch(name) or name in ring:
            raise BadEnvironment(
                f"{variable} must be written id:base64,id:base64 with an id of its own for each."
            )
        ring[name] = environment.key_bytes(variable, key)
    return ring


def card_keys(folder: Path, *, made_up: bool) -> tuple[bytes, ...]:
    """The secrets that sign membership cards, 32 bytes each; the first signs new cards.

    Written as `base64,base64`: a new one is put in front, and old ones stay as long as cards
    that they have signed are about.
    """
    variable = "SERTAKAN_CARD_KEYS"
    written = secret_text(variable, folder / "card_key", made_up=made_up)
    keys = tuple(environment.key_bytes(variable, key.strip()) for key in written.split(","))
    if len(set(keys)) < len(keys):
        raise BadEnvironment(f"{variable} names a key twice.")
    return keys

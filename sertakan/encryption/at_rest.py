"""Data at rest: AES-256-GCM under a ring of keys.

What is stored is version, length of the key id, key id, nonce (12 bytes), then the encrypted
text with its tag. The name of the field is authenticated with it, so that a phone number cannot
be put where a bank account stands.

A column that is called `<field>_encrypted`, and encrypted as `<field>`, is encrypted anew with
all others when the key changes (`people.reencryption`).
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from sertakan.encryption.errors import CannotDecrypt

VERSION = 1
NONCE_BYTES = 12


def encrypt(text: str, field: str) -> bytes:
    """The text under the current key, bound to `field` (`nik`, `phone`, …)."""
    [encrypted] = encrypt_many([text], field)
    assert encrypted is not None
    return encrypted


def decrypt(blob: bytes | memoryview, field: str) -> str:
    """The text again. Raises CannotDecrypt for a lost key or bytes that were tampered with."""
    return _decrypted(bytes(blob), field.encode())


def encrypt_many(texts: Iterable[str | None], field: str) -> list[bytes | None]:
    """Each text encrypted, as `encrypt` does; None stays None."""
    values, bound_to, prefix = list(texts), field.encode(), current_prefix()
    encrypted = _cipher(settings.DATA_KEY_CURRENT).encrypt
    return [
        None if text is None else prefix + nonce + encrypted(nonce, text.encode(), bound_to)
        for text, nonce in zip(values, _nonces(len(values)), strict=True)
    ]


def decrypt_many(blobs: Iterable[bytes | memoryview | None], field: str) -> list[str | None]:
    """Each text again; None stays None. Raises CannotDecrypt, as `decrypt` does."""
    bound_to = field.encode()
    return [None if blob is None else _decrypted(bytes(blob), bound_to) for blob in blobs]


def current_prefix() -> bytes:
    """How everything begins that is encrypted under the current key."""
    return prefix_of(settings.DATA_KEY_CURRENT)


def prefix_of(key_id: str) -> bytes:
    """How everything begins that is encrypted under that key."""
    name = key_id.encode()
    return bytes((VERSION, len(name))) + name


def key_id_of(blob: bytes) -> str:
    """The id of the key that something was encrypted under. Raises CannotDecrypt."""
    if len(blob) < 2 or blob[0] != VERSION:
        raise CannotDecrypt(_("Encrypted data is damaged or of an unknown version."))
    return blob[2 : 2 + blob[1]].decode("ascii", "replace")


def _decrypted(blob: bytes, bound_to: bytes) -> str:
    key_id = key_id_of(blob)
    if key_id not in _ring():
        raise CannotDecrypt(_("The key %s is not in the key ring.") % key_id)
    start = 2 + blob[1]
    nonce, encrypted = blob[start : start + NONCE_BYTES], blob[start + NONCE_BYTES :]
    try:
        return _cipher(key_id).decrypt(nonce, encrypted, bound_to).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt(_("Encrypted data was changed, or moved from its field.")) from error


def _nonces(count: int) -> Iterator[bytes]:
    random = os.urandom(NONCE_BYTES * count)
    return (random[at : at + NONCE_BYTES] for at in range(0, len(random), NONCE_BYTES))


def _ring() -> Mapping[str, bytes]:
    return settings.DATA_KEYS


def _cipher(key_id: str) -> AESGCM:
    return _cipher_of(_ring()[key_id])


@cache
def _cipher_of(key: bytes) -> AESGCM:
    return AESGCM(key)

"""Personal data at rest, and the index of a NIK.

How a value is encrypted is told in `encryption.at_rest`. The index of a NIK is HMAC-SHA256 under
a key of its own: data keys change without a moment in which one NIK can stand twice.
"""

import hmac
from collections.abc import Iterable

from django.conf import settings

from sertakan.encryption.at_rest import (
    NONCE_BYTES,
    current_prefix,
    decrypt,
    decrypt_many,
    encrypt,
    encrypt_many,
    key_id_of,
    prefix_of,
)

__all__ = [
    "NONCE_BYTES",
    "current_prefix",
    "decrypt",
    "decrypt_many",
    "encrypt",
    "encrypt_many",
    "key_id_of",
    "nik_index",
    "nik_index_many",
    "prefix_of",
]


def nik_index(nik: str) -> bytes:
    """What a NIK of 16 digits is found by: 32 bytes."""
    return nik_index_many([nik])[0]


def nik_index_many(niks: Iterable[str]) -> list[bytes]:
    """The index of each NIK."""
    keyed = hmac.new(settings.NIK_INDEX_KEY, digestmod="sha256")
    found = []
    for nik in niks:
        hashed = keyed.copy()
        hashed.update(nik.encode())
        found.append(hashed.digest())
    return found

"""The keys that sign membership cards, and how the public ones are published.

A published key is one line, `ed25519 <key id> <base64 of the 32 bytes>`. The id is the start of
the key's SHA-256, so that nobody has to hand out ids, and a line with a slip in it is noticed.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_ID_BYTES = 4
SEED_BYTES = 32
ALGORITHM = "ed25519"


class BadKey(ValueError):
    """A line that is no published key; the message says why."""


def signing_key(seed: bytes) -> Ed25519PrivateKey:
    """The key of a secret of 32 bytes. Use it for cards and for nothing else."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def key_id(key: Ed25519PublicKey) -> str:
    """Eight hexadecimal digits: the first four bytes of the SHA-256 of the 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[: 2 * KEY_ID_BYTES]


def published(keys: Iterable[Ed25519PublicKey]) -> str:
    """The text to publish, a line for each key, old keys too: their cards are still about."""
    return "".join(
        f"{ALGORITHM} {key_id(key)} {base64.b64encode(key.public_bytes_raw()).decode('ascii')}\n"
        for key in keys
    )


def read_published(text: str) -> dict[str, Ed25519PublicKey]:
    """Keys by id, from a published text. Blank lines and those that begin with # say nothing.

    Raises BadKey.
    """
    lines = (line.strip() for line in text.splitlines())
    keys = [_key(line) for line in lines if line and not line.startswith("#")]
    return {key_id(key): key for key in keys}


def _key(line: str) -> Ed25519PublicKey:
    algorithm, *rest = line.split()
    if algorithm != ALGORITHM or len(rest) != 2:
        raise BadKey(f"a key is written `{ALGORITHM} <id> <base64>`: {line}")
    named, written = rest
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(written, validate=True))
    except (binascii.Error, ValueError):
        raise BadKey(f"not the base64 of a key of 32 bytes: {line}") from None
    if key_id(key) != named:
        raise BadKey(f"the key's id is {key_id(key)}, not {named}")
    return key

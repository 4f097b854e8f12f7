"""Whole files at rest: sealed under the data key like everything personal, and private.

A sealed file is bound to a field and to nothing else; it is kept for days, not for years, and is
not encrypted anew when the key changes: the old key stays in the ring until it is gone.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.utils.translation import gettext as _

from sertakan.encryption.at_rest import NONCE_BYTES, _cipher, _ring, current_prefix, key_id_of
from sertakan.encryption.errors import CannotDecrypt


def write_sealed(path: Path, data: bytes, field: str) -> None:
    """Write `data` encrypted, for nobody else on the machine to read; never half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.DATA_KEY_CURRENT).encrypt(nonce, data, field.encode())
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(current_prefix() + nonce)
        file.write(sealed)
    unfinished.replace(path)


def read_sealed(path: Path, field: str) -> bytes:
    """The data again. Raises OSError where it is gone, CannotDecrypt where it was changed."""
    blob = path.read_bytes()
    key_id = key_id_of(blob)
    if key_id not in _ring():
        raise CannotDecrypt(_("The key %s is not in the key ring.") % key_id)
    start = 2 + blob[1]
    nonce, sealed = blob[start : start + NONCE_BYTES], blob[start + NONCE_BYTES :]
    try:
        return _cipher(key_id).decrypt(nonce, sealed, field.encode())
    except InvalidTag as error:
        raise CannotDecrypt(_("Encrypted data was changed, or moved from its field.")) from error

"""The file that keeps the ring of data keys where the environment does not give it."""

import base64
import os
import re
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from sertakan.audit.errors import Refused
from sertakan.postgres.private_files import give_to_owner_of_parent

KEY_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")


class BadKeyId(Refused):
    """The id cannot be written into the ring."""


def put_in_front(file: Path, key_id: str, key: str, ring: Mapping[str, bytes]) -> None:
    """Write the ring with the new key (base64) first: the whole file or nothing, mode 600.

    Raises BadKeyId.
    """
    if not KEY_ID.fullmatch(key_id):
        raise BadKeyId(_("The id of a key has 1 to 16 of a-z, 0-9, - and _."))
    entries = [f"{key_id}:{key}"]
    entries += [f"{name}:{base64.b64encode(old).decode()}" for name, old in ring.items()]
    unfinished = file.with_name(f".{file.name}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        written.write(",".join(entries) + "\n")
        written.flush()
        os.fsync(written.fileno())
    give_to_owner_of_parent(unfinished)
    unfinished.replace(file)

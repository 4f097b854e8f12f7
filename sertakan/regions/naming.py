"""Names of places as people write them: `Oro oro ombo`, `Kel. Oro-Oro Ombo`, `kab madiun`.

Only letters and digits count; the words for a kind of place may stand before the name or not.
"""

import re

from django.db.models import Func, Q, TextField, Value
from django.db.models.functions import Lower

REGENCY, DISTRICT, VILLAGE = 2, 3, 4
_KINDS = {
    "kelurahan": VILLAGE, "kel": VILLAGE, "desa": VILLAGE, "ds": VILLAGE,
    "kecamatan": DISTRICT, "kec": DISTRICT,
    "kabupaten": REGENCY, "kab": REGENCY, "kota": REGENCY,
}  # fmt: skip
_WITH_ITS_KIND = re.compile(rf"\s*({'|'.join(_KINDS)})\b[\s.]*(.*)", re.IGNORECASE)
# The list names a regency or city with its kind, and no other place.
_KABUPATEN = ("kabupaten", "kabupatenadministrasi")
_KOTA = ("kota", "kotaadministrasi")


def plain(text: str) -> str:
    """Its letters and digits alone: `Oro-oro Ombo` becomes `orooroombo`."""
    return re.sub("[^a-z0-9]+", "", text.lower())


def plain_name(field: str = "name") -> Func:
    """The same in the database; for the name of a region an index keeps it."""
    return Func(
        Lower(field),
        Value("[^a-z0-9]+"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


def without_its_kind(written: str) -> str:
    """`Kel. Klegen` becomes `Klegen`; a name without such a word stays as it is."""
    match = _WITH_ITS_KIND.fullmatch(written)
    return match[2] if match and plain(match[2]) else written


def is_named(written: str, lookup: str, *, of: str = "plain", level: str = "level") -> Q:
    """That a region is called so, by the name alone or with its kind before it.

    `lookup`: `exact`, `startswith` or `contains`; `of` and `level` are where `plain_name` and the
    level of the region stand.
    """
    name = plain(written)
    found = Q((f"{of}__{lookup}", name)) | _a_regency(_KABUPATEN + _KOTA, name, lookup, of, level)
    match = _WITH_ITS_KIND.fullmatch(written)
    rest = plain(match[2]) if match else ""
    if match and rest:
        kind = match[1].lower()
        if _KINDS[kind] == REGENCY:
            kinds = _KOTA if kind == "kota" else _KABUPATEN
            found |= _a_regency(kinds, rest, lookup, of, level)
        else:
            found |= Q((level, _KINDS[kind]), (f"{of}__{lookup}", rest))
    return found


def _a_regency(kinds: tuple[str, ...], name: str, lookup: str, of: str, level: str) -> Q:
    called = Q(*((f"{of}__{lookup}", kind + name) for kind in kinds), _connector=Q.OR)
    return Q((level, REGENCY)) & called

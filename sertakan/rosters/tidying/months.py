"""Names of months as people write them: Indonesian, English, old, short, Roman, misspelt."""

from functools import lru_cache

from rapidfuzz import fuzz, process

_NAMES = {
    1: "januari january djanuari jan",
    2: "februari february pebruari peb feb febr",
    3: "maret march mart mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june djuni jun",
    7: "juli july djuli jul",
    8: "agustus august agu ags agt agust aug agst",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
_BY_NAME = {name: month for month, names in _NAMES.items() for name in names.split()}
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6,
    "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
_LONG_NAMES = [name for name in _BY_NAME if len(name) >= 4]
_LIKE_ENOUGH = 72


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """1 to 12, or None for a word that is no month."""
    name = word.lower().strip(". ")
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name in _ROMAN:
        return _ROMAN[name]
    if len(name) < 4:
        return None
    best = process.extractOne(name, _LONG_NAMES, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return _BY_NAME[best[0]] if best else None

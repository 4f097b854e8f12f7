"""Words beside a name that are no part of it: titles, degrees, forms of address."""

import re
import unicodedata
from functools import lru_cache

STANDS_BEFORE = """
h hj haji hajah hajjah dr drg drh drs dra ir prof kh kyai kiai nyai ust ustad ustadz ustaz ustadzah
ustadah bpk bapak pak bp ibu bu sdr sdri saudara saudari tn tuan ny nyonya nn nona mbah mbak mas
alm almh almarhum almarhumah raden rr rm tgk gus pdt pendeta romo
"""
STANDS_AFTER = """
se sh ss st sp sm spd spdi spdsd spdaud sag ssos ssosi skom sip skep skm spt shi ssi ssn shum
sfarm sgz spsi sth stp sak sst skg sked sab sap sikom ssy sei strkeb sstkeb stkes shut spi stpi
mm mpd mpdi msi mkes mh mt msc mba ma mag mhum mkom mak map mph mkn mp mkm mei
amd amdkeb amdkep amdkom amdak amk ama amapd amkeb ners ns apt ba bsc lc phd spa spog spb dipl
cpns pns alm almh almarhum almarhumah
"""
STANDS_BETWEEN = "bin binti bte bt al als alias"

BEFORE = frozenset(STANDS_BEFORE.split())
AFTER = frozenset(STANDS_AFTER.split())
BETWEEN = frozenset(STANDS_BETWEEN.split())

NOT_LETTERS = re.compile(r"[^a-z]+")


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without marks and titles: `H. Moch. Soebandi, S.Pd` →
    `moch soebandi`. A name that is nothing but titles keeps its words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = plain.replace("'", "").replace("`", "")
    chunks = _split(plain)
    words = _without_after(_without_before(chunks))
    kept = tuple(word for i, word in enumerate(words) if i == 0 or word not in BETWEEN)
    return kept or tuple(NOT_LETTERS.sub(" ", plain).split())


def without_titles(name: str) -> str:
    """The name without titles, lower case, one space between words."""
    return " ".join(name_words(name))


def _split(plain: str) -> list[str]:
    words: list[str] = []
    for chunk in re.split(r"[\s,;/()]+", plain):
        letters = NOT_LETTERS.sub("", chunk)
        if letters in AFTER and words:
            words.append(letters)
        else:
            words.extend(piece for piece in NOT_LETTERS.split(chunk) if piece)
    return words


def _without_before(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) and words[start] in BEFORE:
        start += 1
    return words[start:]


def _without_after(words: list[str]) -> list[str]:
    while len(words) > 1:
        if words[-1] in AFTER:
            words = words[:-1]
        elif len(words) > 2 and len(words[-1]) <= 3 and words[-2] + words[-1] in AFTER:
            words = words[:-2]
        else:
            break
    return words

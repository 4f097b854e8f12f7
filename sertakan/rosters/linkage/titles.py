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

ANYWHERE = BEFORE | AFTER | BETWEEN

PLAIN = re.compile(r"[a-z]+(?: +[a-z]+)*")
RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")  # NurWijayanti
NOT_LETTERS = re.compile(r"[^a-z]+")
SEPARATORS = re.compile(r"[\s,;/()]+")


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without marks and titles: `H. Moch. Soebandi, S.Pd` →
    `moch soebandi`. A name that is nothing but titles keeps its words."""
    if PLAIN.fullmatch(name):
        words = name.split()
        if ANYWHERE.isdisjoint(words) and len(words[-1]) > 3:
            return tuple(words)
    words = [piece for chunk in SEPARATORS.split(name) if chunk for piece in _pieces(chunk)]
    kept = _without_after(_without_before(words))
    if BETWEEN.isdisjoint(kept):
        return tuple(kept or words)
    return tuple(word for i, word in enumerate(kept) if i == 0 or word not in BETWEEN)


def without_titles(name: str) -> str:
    """The name without titles, lower case, one space between words."""
    return " ".join(name_words(name))


@lru_cache(maxsize=1 << 18)
def _pieces(chunk: str) -> tuple[str, ...]:
    """The words in what stands between two blanks: `S.Pd` is one, `H.Ahmad` and `NurAini` two."""
    ascii_only = unicodedata.normalize("NFKD", chunk).encode("ascii", "ignore").decode()
    plain = RUN_TOGETHER.sub(" ", ascii_only).lower().replace("'", "").replace("`", "")
    letters = NOT_LETTERS.sub("", plain)
    if letters in AFTER:
        return (letters,)
    return tuple(piece for piece in NOT_LETTERS.split(plain) if piece)


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

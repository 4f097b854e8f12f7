"""How much each thing that two rows share, or do not, speaks for one person: in bits.

A bit doubles the odds. The figures are estimates of how often clerks and registrars do things,
each given below; they were not fitted to any one city's lists.
"""

from collections.abc import Mapping
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sertakan.rosters.linkage.addresses import same_address
from sertakan.rosters.linkage.names import NameComparison, NameLevel

MISTYPED_TWICE = 0.01  # of the rows of an import: the person of an earlier row, NIK mistyped

# How a NIK is mistyped, for one particular slip.
ONE_DIGIT = 0.60 / (16 * 9)
TWO_SWAPPED = 0.25 / 15
TWO_DIGITS = 0.15 / (120 * 81)

# How often the genuine NIK of someone else born on that day looks so.
SAME_DISTRICT, SAME_CITY, SAME_PROVINCE, FAR = 0.3, 0.1, 0.002, 0.0001
SERIAL_TO_20, SERIAL_TO_99, SERIAL_ABOVE = 0.045, 0.001, 0.00001
DATE_DOES_NOT_FIT = 0.01

NIK_MOST = 8.0
NAME_WORD_LEAST, NAME_WORD_MOST = 2.0, 12.0
SPELLED, SLIPPED, TWO_REAL_NAMES, INITIAL, DROPPED = -0.5, -3.0, -6.0, 2.0, -1.0
ADDRESS_SAME, ADDRESS_OTHER = 9.0, -4.0
PHONE_SAME, PHONE_OTHER = 9.0, -2.0
SEX_OTHER = -4.0
MOTHER_SAME, MOTHER_OTHER = 4.0, -4.0
DATE_FROM_NIK_OTHER = -5.0


class Row(NamedTuple):
    """What is compared of one row; `born` and `nik_born` as a NIK writes days."""

    nik: str
    name: str
    born: int
    nik_born: int
    birth_date_stated: bool
    sex: str | None
    address: str | None
    phone: str | None
    mother_name: str | None


class WordCounts(NamedTuple):
    """How often each folded word of a name stands in the import, and how many rows there are."""

    counts: Mapping[str, int]
    rows: int

    def rarity(self, word: str) -> float:
        """Bits that sharing this word is worth."""
        bits = log2(self.rows / max(1, self.counts.get(word, 1)))
        return min(NAME_WORD_MOST, max(NAME_WORD_LEAST, bits))

    def both_are_names(self, x: str, y: str) -> bool:
        """Whether neither is likely a slip for the other: both stand elsewhere in the list."""
        fewer, more = sorted((self.counts.get(x, 0), self.counts.get(y, 0)))
        return fewer >= 3 and fewer * 50 > more


def name_weight(found: NameComparison, words: WordCounts) -> float:
    """Bits for what two names share."""
    bits = sum(words.rarity(word) for word in found.shared)
    bits += SPELLED * (found.level != NameLevel.SAME)
    for x, y in found.slipped:
        if words.both_are_names(x, y):
            bits += TWO_REAL_NAMES
        else:
            bits += SLIPPED + min(words.rarity(x), words.rarity(y))
    return bits + INITIAL * found.initials + DROPPED * found.dropped


def nik_weight(a: Row, b: Row) -> float:
    """Bits for a slip between two NIKs against two NIKs that are merely near each other."""
    return min(NIK_MOST, log2(_slip(a.nik, b.nik) / _genuine(a, b)))


def both_niks_genuine(a: Row, b: Row) -> bool:
    """Whether two people may well hold these NIKs: nothing in them looks mistyped."""
    return nik_weight(a, b) < 3


def _slip(a: str, b: str) -> float:
    unlike = sum(x != y for x, y in zip(a, b, strict=True))
    if unlike == 1:
        return ONE_DIGIT
    return TWO_SWAPPED if OSA.distance(a, b) == 1 else TWO_DIGITS


def _genuine(a: Row, b: Row) -> float:
    chance = min(_serial(a.nik), _serial(b.nik)) * _district(a.nik, b.nik)
    if any(row.birth_date_stated and row.born != row.nik_born for row in (a, b)):
        chance *= DATE_DOES_NOT_FIT
    return chance


def _serial(nik: str) -> float:
    serial = int(nik[12:])
    if 1 <= serial <= 20:
        return SERIAL_TO_20
    return SERIAL_TO_99 if 1 <= serial <= 99 else SERIAL_ABOVE


def _district(a: str, b: str) -> float:
    for digits, chance in ((6, SAME_DISTRICT), (4, SAME_CITY), (2, SAME_PROVINCE)):
        if a[:digits] == b[:digits]:
            return chance
    return FAR


def score(a: Row, b: Row, found: NameComparison, words: WordCounts, born_that_day: int) -> float:
    """Bits for one person; above zero it is likelier than not.

    Two real names a letter apart under one roof are twins unless a NIK looks mistyped.
    """
    bits = log2(MISTYPED_TWICE / born_that_day) + name_weight(found, words)
    same_day = a.born in (b.born, b.nik_born) or b.born == a.nik_born
    bits += nik_weight(a, b) if same_day else DATE_FROM_NIK_OTHER
    bits += _told(same_address(a.address, b.address), ADDRESS_SAME, ADDRESS_OTHER)
    bits += _told(_equal(a.phone, b.phone), PHONE_SAME, PHONE_OTHER)
    bits += _told(_equal(a.sex, b.sex), 0.0, SEX_OTHER)
    bits += _told(_equal(a.mother_name, b.mother_name), MOTHER_SAME, MOTHER_OTHER)
    return bits


def _equal(a: str | None, b: str | None) -> bool | None:
    return a == b if a and b else None


def _told(same: bool | None, for_it: float, against: float) -> float:
    return 0.0 if same is None else for_it if same else against


def maybe_twins(a: Row, b: Row, found: NameComparison, words: WordCounts) -> bool:
    """Names that are two real names a letter apart (Rini, Rina), and NIKs that both may stand."""
    return both_niks_genuine(a, b) and any(words.both_are_names(x, y) for x, y in found.slipped)

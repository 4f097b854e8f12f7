"""How much each thing that two rows share, or do not, speaks for one person: in bits.

A bit doubles the odds. The figures are estimates of how often clerks and registrars do things,
each given below; they were not fitted to any one city's lists.
"""

from bisect import bisect_left
from collections.abc import Mapping
from math import log2
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sertakan.rosters.linkage.addresses import same_address
from sertakan.rosters.linkage.known_words import known_folded_words
from sertakan.rosters.linkage.names import NameComparison, NameLevel, same_person_name

MISTYPED_TWICE = 0.01  # of the rows of an import: the person of an earlier row, NIK mistyped

# How a NIK is mistyped, for one particular slip.
ONE_DIGIT = 0.60 / (16 * 9)
TWO_SWAPPED = 0.25 / 15
TWO_DIGITS = 0.15 / (120 * 81)

# How often someone else born on that day has a NIK of such a kind. Serials count the births of a
# day in a district, so a high one beside a low one is rare, and two high ones are a full district.
SAME_DISTRICT = 0.3
SERIAL_BANDS = (20, 99, 999)  # the last of each; above it a fourth
BOTH_IN_BAND = (0.045, 0.02, 0.005, 0.001)
ONE_IN_BAND = (0.045, 0.001, 0.0001, 0.00001)
NEXT_TO_EACH_OTHER = 5
DATE_DOES_NOT_FIT = 0.01

GENUINE_ENOUGH = 0.0005

NIK_MOST = 8.0
NAME_WORD_LEAST, NAME_WORD_MOST = 2.0, 12.0
SPELLED, SLIPPED, TWO_REAL_NAMES, INITIAL, DROPPED = -0.5, -3.0, -6.0, 2.0, -1.0
ADDRESS_SAME, ADDRESS_OTHER = 9.0, -4.0
PHONE_SAME, PHONE_OTHER = 9.0, -2.0
SEX_OTHER, SEX_OTHER_AS_NIK = -4.0, -10.0
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


class Counts(NamedTuple):
    """What is common in this import: rows by folded word of the name and by district of the NIK."""

    words: Mapping[str, int]
    districts: Mapping[str, int]
    rows: int

    def rarity(self, word: str) -> float:
        """Bits that sharing this word is worth."""
        bits = log2(self.rows / max(1, self.words.get(word, 1)))
        return min(NAME_WORD_MOST, max(NAME_WORD_LEAST, bits))

    def both_are_names(self, x: str, y: str) -> bool:
        """Whether neither is likely a slip for the other: names known, or often in the list."""
        if {x, y} <= known_folded_words():
            return True
        fewer, more = sorted((self.words.get(x, 0), self.words.get(y, 0)))
        return fewer >= 3 and fewer * 10 > more

    def district_share(self, nik: str) -> float:
        """The share of rows whose NIK was given in the same district."""
        return self.districts.get(nik[:6], 1) / self.rows


def name_weight(found: NameComparison, counts: Counts) -> float:
    """Bits for what two names share."""
    bits = sum(counts.rarity(word) for word in found.shared)
    bits += SPELLED * (found.level != NameLevel.SAME)
    for x, y in found.slipped:
        if counts.both_are_names(x, y):
            bits += TWO_REAL_NAMES
        else:
            bits += SLIPPED + min(counts.rarity(x), counts.rarity(y))
    return bits + INITIAL * found.initials + DROPPED * found.dropped


def nik_weight(a: Row, b: Row, counts: Counts) -> float:
    """Bits for a slip between two NIKs against two people whose NIKs are near each other."""
    return min(NIK_MOST, log2(_slip(a.nik, b.nik) / _genuine(a, b, counts)))


def _slip(a: str, b: str) -> float:
    unlike = sum(x != y for x, y in zip(a, b, strict=True))
    if unlike == 1:
        return ONE_DIGIT
    return TWO_SWAPPED if OSA.distance(a, b) == 1 else TWO_DIGITS


def _genuine(a: Row, b: Row, counts: Counts) -> float:
    """How often two people born on one day hold NIKs like these."""
    if a.nik[:6] == b.nik[:6]:
        chance = SAME_DISTRICT
    else:
        chance = min(counts.district_share(a.nik), counts.district_share(b.nik))
    chance *= _serials(int(a.nik[12:]), int(b.nik[12:]))
    if any(row.birth_date_stated and row.born != row.nik_born for row in (a, b)):
        chance *= DATE_DOES_NOT_FIT
    return chance


def _serials(a: int, b: int) -> float:
    low, high = (bisect_left(SERIAL_BANDS, serial) for serial in sorted((a, b)))
    if low == high or abs(a - b) <= NEXT_TO_EACH_OTHER:
        return BOTH_IN_BAND[low]
    return ONE_IN_BAND[high]


def score(a: Row, b: Row, found: NameComparison, counts: Counts, born_that_day: int) -> float:
    """Bits for one person; above zero it is likelier than not."""
    bits = log2(MISTYPED_TWICE / born_that_day) + name_weight(found, counts)
    same_day = a.born in (b.born, b.nik_born) or b.born == a.nik_born
    bits += nik_weight(a, b, counts) if same_day else DATE_FROM_NIK_OTHER
    bits += _told(same_address(a.address, b.address), ADDRESS_SAME, ADDRESS_OTHER)
    bits += _told(_equal(a.phone, b.phone), PHONE_SAME, PHONE_OTHER)
    bits += _told(_same_name(a.mother_name, b.mother_name), MOTHER_SAME, MOTHER_OTHER)
    return bits + _sex_weight(a, b)


def _equal(a: str | None, b: str | None) -> bool | None:
    return a == b if a and b else None


def _same_name(a: str | None, b: str | None) -> bool | None:
    return same_person_name(a, b) > NameLevel.DIFFERENT if a and b else None


def _told(same: bool | None, for_it: float, against: float) -> float:
    return 0.0 if same is None else for_it if same else against


def _sex_weight(a: Row, b: Row) -> float:
    if not a.sex or not b.sex or a.sex == b.sex:
        return 0.0
    as_niks = all((row.sex == "P") == (row.nik[6] >= "4") for row in (a, b))
    return SEX_OTHER_AS_NIK if as_niks else SEX_OTHER


def maybe_twins(a: Row, b: Row, found: NameComparison, counts: Counts) -> bool:
    """Two real names a letter apart (Rini, Rina), and NIKs that two people may well hold."""
    if not any(counts.both_are_names(x, y) for x, y in found.slipped):
        return False
    return _genuine(a, b, counts) > GENUINE_ENOUGH

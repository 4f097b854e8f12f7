"""How two people stand to each other, in a word each: NIK, birth date, household, name, sex.

`relations.sql` says the same for DuckDB; a test holds the two to the same answers.
"""

from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein, Levenshtein

from sertakan.rosters.linkage.addresses import Address, same_parsed_address
from sertakan.rosters.linkage.records import Record

NEIGHBOURS = 20  # serials of one day in one district


class Relations(NamedTuple):
    """What two records are to each other, each a word of the functions below."""

    nik: str
    birth: str
    household: str
    name: str
    sex: str


def relations(a: Record, b: Record) -> Relations:
    """All five."""
    return Relations(
        nik=nik_relation(a.nik, b.nik),
        birth=birth_relation(a.birth_date, b.birth_date),
        household=household_relation(a, b),
        name=name_relation(a, b),
        sex=_equal(a.sex, b.sex),
    )


def _equal(a: str | None, b: str | None) -> str:
    return "unknown" if a is None or b is None else "same" if a == b else "other"


def nik_relation(a: str | None, b: str | None) -> str:
    """same, neighbour (one day and district, serials near, as twins have), slip (of one key),
    two_slips, other, unknown."""
    if a is None or b is None:
        return "unknown"
    if a == b:
        return "same"
    if _neighbours(a, b):
        return "neighbour"
    keys = DamerauLevenshtein.distance(a, b, score_cutoff=2)
    return {1: "slip", 2: "two_slips"}.get(keys, "other")


def _neighbours(a: str, b: str) -> bool:
    """The same district, day and month and year, be it of a man or a woman; serials near."""
    if len(a) != 16 or len(b) != 16 or not (a + b).isdecimal():
        return False
    if (a[:6], int(a[6]) % 4, a[7:12]) != (b[:6], int(b[6]) % 4, b[7:12]):
        return False
    return abs(int(a[12:]) - int(b[12:])) <= NEIGHBOURS


def birth_relation(a: date | None, b: date | None) -> str:
    """same, near (one of day, month and year differs, or day and month are swapped), other,
    unknown."""
    if a is None or b is None:
        return "unknown"
    if a == b:
        return "same"
    if (a.day == b.day) + (a.month == b.month) + (a.year == b.year) == 2:
        return "near"
    swapped = (a.day, a.month, a.year) == (b.month, b.day, b.year)
    return "near" if swapped else "other"


def household_relation(a: Record, b: Record) -> str:
    """same (the door, the phone or the mother's name is), other, unknown."""
    door = same_parsed_address(
        Address(a.street, a.house, a.rt, a.rw), Address(b.street, b.house, b.rt, b.rw)
    )
    phone = _equal(a.phone, b.phone)
    mother = _same_mother(a.mother, b.mother)
    if door or phone == "same" or mother:
        return "same"
    if door is False or phone == "other" or mother is False:
        return "other"
    return "unknown"


def _same_mother(a: tuple[str, ...], b: tuple[str, ...]) -> bool | None:
    if not a or not b:
        return None
    return set(a) >= set(b) or set(b) >= set(a)


def name_relation(a: Record, b: Record) -> str:
    """From same_three_words down to other; unknown where one has no name."""
    if not a.words or not b.words:
        return "unknown"
    if a.words == b.words and a.initials == b.initials:
        return _shared_name(a)
    if a.letters == b.letters:
        return "same_letters"
    shared = len(set(a.words) & set(b.words))
    if shared and (_lacks_nothing(a, b) or _lacks_nothing(b, a)):
        return "two_words_others_left_out" if shared >= 2 else "one_word_others_left_out"
    return _unlike_names(a, b, shared)


def _shared_name(a: Record) -> str:
    if len(a.words) >= 3:
        return "same_three_words"
    if len(a.words) == 2:
        return "same_two_words"
    return "same_known_word" if a.known else "same_rare_word"


def _lacks_nothing(a: Record, b: Record) -> bool:
    """Whether each word and initial of `a` has its place in `b`."""
    return set(a.words) <= set(b.words) and set(a.initials) <= set(b.starts)


def _unlike_names(a: Record, b: Record, shared: int) -> str:
    only_a = [word for word in a.words if word not in b.words]
    only_b = [word for word in b.words if word not in a.words]
    if len(only_a) == len(only_b) == 1 and _is_slip(only_a[0], only_b[0]):
        if only_a[0] in a.known and only_b[0] in b.known:
            return "two_names_a_letter_apart"
        return "slip_beside_same_word" if shared else "slip"
    if _nearly_same_letters(a.letters, b.letters):
        return "nearly_same_letters"
    return "shared_word" if shared else "other"


def _nearly_same_letters(a: str, b: str) -> bool:
    """A slip, whatever the order and spacing: one letter more, less or other."""
    return min(len(a), len(b)) >= 8 and Levenshtein.distance(a, b, score_cutoff=2) <= 2


def _is_slip(x: str, y: str) -> bool:
    if max(len(x), len(y)) < 4:
        return False
    most = 1 if min(len(x), len(y)) < 10 else 2
    return DamerauLevenshtein.distance(x, y, score_cutoff=most) <= most

"""May two spellings be the name of one person, as two offices would write it?

An office writes Moch. where another writes Muhammad, Soebandi for Subandi, drops a second name
or leaves its initial, runs two words together, changes their order, and slips on a key.
`compare_names` says which of these happened; how much that weighs is told elsewhere.
"""

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sertakan.rosters.linkage.titles import name_words, without_titles

__all__ = [
    "NameComparison",
    "NameLevel",
    "canonical_name",
    "canonical_words",
    "compare_names",
    "compare_words",
    "fold",
    "name_words",
    "same_person_name",
    "without_titles",
]

SHORT_FORMS = {
    "muhamat": "muhammad muhamad muhamed mohammad mohamad mohammed mohamed muhammat mochammad "
    "mochamad mochamat muchammad muchamad muchamat mokhamad mukhamad mukhammad mohamat "
    "moh moch much muh mohd muhd mhd mhmd mokh mukh",
    "ahmat": "ahmad achmad akhmad ahmat achmat akhmat ach akh",
    "abdul": "abdul abdoel abd abdl abdol",
    "siti": "siti sitti st sitie stie",
}
SHORT_FORM = {form: word for word, forms in SHORT_FORMS.items() for form in forms.split()}

TWO_LETTER_INITIALS = ("dj", "tj", "sj", "sy", "ch", "kh", "th", "ny")

# One sound, many spellings, in this order: old spelling first (oe, dj, tj, sj), then Arabic and
# Dutch letters, then letters that a Javanese or Sundanese tongue does not tell apart.
SPELLINGS = """
hoer hoir, setj seti, oe u, tj c, dj j, sj s, sy s, sh s, ch h, kh h, dh d, th t, gh g, bh b, zh z,
ph p, f p, v p, dz s, z s, x ks, q k, ae ai, iy i, ij i, y i, j i
"""
REPLACED = tuple(tuple(pair.split()) for pair in SPELLINGS.split(","))
ENDINGS = (("ie", "i"), ("iek", "ik"), ("h", ""), ("d", "t"), ("b", "p"))
DOUBLED = re.compile(r"(.)\1+")


class NameLevel(IntEnum):
    """How near two names are, for one person written by two offices."""

    DIFFERENT = 0
    SIMILAR = 1  # as VARIANT, and a slip of the keyboard
    VARIANT = 2  # another spelling, an initial, a word dropped, other order or spacing
    SAME = 3  # the same words, titles and case apart


class NameComparison(NamedTuple):
    """What two names share, in folded words; `dropped` counts words that only one of them has."""

    level: NameLevel
    shared: tuple[str, ...] = ()
    slipped: tuple[tuple[str, str], ...] = ()
    initials: int = 0
    dropped: int = 0


FOLDED_AWAY = 4  # letters that folding may take from one spelling of a name and not from another
DIFFERENT = NameComparison(NameLevel.DIFFERENT)


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """One word as it sounds: `Soebandi`, `SUBANDI` → `subandi`; `Hidajat`, `Hidayat` → `hidaiat`.

    A single letter, an initial, stays as it is.
    """
    if len(word) == 1:
        return word
    if word in SHORT_FORM:
        return SHORT_FORM[word]
    word = DOUBLED.sub(r"\1", word)
    for spelling, sound in REPLACED:
        word = word.replace(spelling, sound)
    for ending, sound in ENDINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + sound
    return DOUBLED.sub(r"\1", word)


def canonical_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, titles off, in the order written."""
    return tuple(map(fold, name_words(name)))


def canonical_name(name: str) -> str:
    """A key for the name: folded words in the order written. For comparing, not for showing."""
    return " ".join(canonical_words(name))


def same_person_name(a: str, b: str) -> NameLevel:
    """How near the two names are (see `NameLevel`)."""
    return compare_names(a, b).level


def compare_names(a: str, b: str) -> NameComparison:
    """Word by word: what both have, what slipped, what is an initial, what one of them lacks."""
    return compare_words(*sorted((name_words(a), name_words(b))))


def compare_words(words_a: tuple[str, ...], words_b: tuple[str, ...]) -> NameComparison:
    """`compare_names` of words taken apart before (`name_words`), the lesser first."""
    if not words_a or not words_b:
        return DIFFERENT
    if sorted(words_a) == sorted(words_b):
        return NameComparison(NameLevel.SAME, tuple(map(fold, words_a)))
    joined_a, joined_b = "".join(words_a), "".join(words_b)
    other_spacing = (
        len(words_a) != len(words_b) and abs(len(joined_a) - len(joined_b)) <= FOLDED_AWAY
    )
    if other_spacing and fold(joined_a) == fold(joined_b):
        more_words = max(words_a, words_b, key=len)
        return NameComparison(NameLevel.VARIANT, tuple(map(fold, more_words)))
    aligned = _align(_split_by(words_a, words_b), _split_by(words_b, words_a))
    if other_spacing and aligned is DIFFERENT and _one_key_apart(fold(joined_a), fold(joined_b)):
        return NameComparison(NameLevel.SIMILAR, (), ((fold(joined_a), fold(joined_b)),))
    return aligned


def _split_by(words: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words, those run together split where the other name shows how."""
    apart = {first + second: (first, second) for first, second in pairwise(other)}
    if apart.keys().isdisjoint(words):
        return list(words)
    return [piece for word in words for piece in apart.get(word, (word,))]


def _align(a: list[str], b: list[str]) -> NameComparison:
    shared = _take(a, b, _sound_alike)
    slipped = _take(a, b, _is_slip)
    if not (shared or slipped):
        return DIFFERENT
    initials = _take(a, b, _is_initial)
    if a and b:
        return DIFFERENT
    return NameComparison(
        NameLevel.SIMILAR if slipped else NameLevel.VARIANT,
        tuple(fold(x) for x, _ in shared),
        tuple((fold(x), fold(y)) for x, y in slipped),
        len(initials),
        len(a) + len(b),
    )


def _take(a: list[str], b: list[str], alike: Callable[[str, str], bool]) -> list[tuple[str, str]]:
    """Takes out of both lists the words that are alike, each with its partner."""
    taken = []
    for x in a[:]:
        for y in b:
            if alike(x, y):
                a.remove(x)
                b.remove(y)
                taken.append((x, y))
                break
    return taken


def _sound_alike(x: str, y: str) -> bool:
    return len(x) > 1 and len(y) > 1 and fold(x) == fold(y)


def _is_initial(x: str, y: str) -> bool:
    shorter, longer = sorted((x, y), key=len)
    if len(shorter) > 1 and shorter not in TWO_LETTER_INITIALS:
        return False
    return longer.startswith(shorter) or fold(longer).startswith(fold(shorter))


@lru_cache(maxsize=1 << 18)
def _is_slip(x: str, y: str) -> bool:
    """One key missed, doubled, changed or swapped; two in a long word. As written or folded."""
    return _keys_apart(x, y) or _keys_apart(fold(x), fold(y))


def _one_key_apart(x: str, y: str) -> bool:
    return OSA.distance(x, y, score_cutoff=1) == 1


def _keys_apart(x: str, y: str) -> bool:
    longer, shorter = max(len(x), len(y)), min(len(x), len(y))
    if shorter < 2 or longer - shorter > 2 or x == y:
        return False
    if longer < 4:
        return longer == 3 and shorter == 2 and OSA.distance(x, y) == 1
    return OSA.distance(x, y, score_cutoff=2) <= (1 if shorter < 10 else 2)

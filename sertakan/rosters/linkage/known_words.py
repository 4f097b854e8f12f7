"""Words that are known to be names: for telling a slip of a key from another name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sertakan.rosters.linkage.names import fold

WORDS_FILE = Path(__file__).with_name("name_words.txt")


@cache
def name_words_by_group() -> Mapping[str, tuple[str, ...]]:
    """The groups of `name_words.txt`: men, women, second_men, second_women, streets."""
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    groups = (line.split(":", 1) for line in lines if line and not line.startswith("#"))
    return {
        group: tuple(word.replace("_", " ") for word in words.split()) for group, words in groups
    }


@cache
def known_folded_words() -> frozenset[str]:
    """The words of people's names as they sound (see `names.fold`)."""
    return frozenset(
        fold(word.lower())
        for group, words in name_words_by_group().items()
        if group != "streets"
        for word in words
    )

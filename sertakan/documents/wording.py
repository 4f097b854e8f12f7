"""The sentences of the papers, in Indonesian and in English, from `sentences/`.

One file for each paper, and `common.yaml` for what several say. An entry has one text for each
language; `{…}` in it is filled in.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
SENTENCES = Path(__file__).parent / "sentences"


@cache
def sentences(paper: str) -> Mapping[str, Any]:
    """All of a paper's file: by name, or by kind and name, then by language."""
    text = (SENTENCES / f"{paper}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader))


@cache
def words(paper: str, language: Language) -> Mapping[str, Any]:
    """The words of a paper in one language, those that are common to all among them."""
    return _told(sentences("common"), language) | _told(sentences(paper), language)


@cache
def common(language: Language) -> Mapping[str, Any]:
    """What several papers say."""
    return _told(sentences("common"), language)


def named(kind: str, value: str, language: Language) -> str:
    """The word for a value of the records (`spouse`, `apbd`), or the text itself if it is none."""
    return str(common(language)[kind].get(value, value))


def _told(entries: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {
        name: entry[language] if set(entry) == set(LANGUAGES) else _told(entry, language)
        for name, entry in entries.items()
    }

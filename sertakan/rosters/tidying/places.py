"""Which kelurahan or desa does a text name? Within the region that the lists come from.

Names are spelled in many ways: `ORO-ORO OMBO`, `Oro2 Ombo`, `Kel. Nambangan Kdl`. A spelling is
taken for a place where it is close to that one and clearly not to another; else it names none.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from rapidfuzz import fuzz, process

from sertakan.rosters.tidying.place_words import (
    AFTER_THE_NAME,
    BESIDE_A_NAME,
    CODE,
    DISTRICT,
    REGENCY,
    TAIL_OF_CODE,
    VILLAGE,
    numbered,
    skeleton,
    squeezed,
    words_of,
)
from sertakan.vocabulary.regions import regions_within

_LIKE_ENOUGH = 84
_CLEARLY_BETTER = 6
_MANY = 20_000
_SHORTEST = 3
_SHORTEST_MISSPELT = 5
_SHORTEST_IN_A_TITLE = 4


class Places:
    """The villages within a region (a code of any level; empty for the whole country), by name."""

    def __init__(self, code: str) -> None:
        regions = regions_within(code)
        names = {region.code: words_of(region.name) for region in regions}
        self._villages = {code: name for code, name in names.items() if code.count(".") == 3}
        self._districts = {code: name for code, name in names.items() if code.count(".") == 2}
        self._regencies = {code: name for code, name in names.items() if code.count(".") == 1}
        self._known: dict[tuple[str, str], str] = {}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _index(self._villages, squeezed)

    @cached_property
    def _by_number(self) -> dict[str, list[str]]:
        return _index(self._villages, numbered)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        return _index(self._villages, skeleton)

    @cached_property
    def _names(self) -> list[str]:
        return list(self._by_name)

    @property
    def only_village(self) -> str:
        """The code of the only village, where there is only one."""
        return next(iter(self._villages)) if len(self._villages) == 1 else ""

    def village_named(self, text: str, *, within: str = "") -> str:
        """The code of the village that a text is the name of; empty for none or several.

        `within`: the code of a district or regency known from elsewhere.
        """
        key = (text, within)
        if key not in self._known:
            by_code = self._village_by_code(text)
            self._known[key] = by_code or self._village_named(words_of(text), within)
        return self._known[key]

    def _village_named(self, words: str, within: str) -> str:
        marked = VILLAGE.match(f"{words} ")
        if marked and squeezed(words) not in self._by_name:
            words = marked[1].strip()
        words = AFTER_THE_NAME.sub("", words).strip() or words
        if len(words) < _SHORTEST:
            return ""
        if candidates := self._called(words):
            return _only(candidates, within)
        if not within and len(self._villages) > _MANY:  # where much is like something
            return ""
        if candidates := self._by_skeleton.get(skeleton(words), []):
            return _only(candidates, within)
        return self._village_like(squeezed(words), within)

    def _called(self, words: str) -> list[str]:
        return self._by_name.get(squeezed(words)) or self._by_number.get(numbered(words), [])

    def _village_like(self, name: str, within: str) -> str:
        beginning_so = sum(known.startswith(name) for known in self._names)
        if len(name) < _SHORTEST_MISSPELT or beginning_so > 1:  # Nambangan: Lor or Kidul?
            return ""
        near = process.extract(
            name,
            self._names,
            scorer=fuzz.ratio,
            limit=8,
            score_cutoff=_LIKE_ENOUGH - _CLEARLY_BETTER,
        )
        found = [
            (score, code)
            for like, score, _ in near
            for code in self._by_name[like]
            if _lies_in(code, within)
        ]
        if not found or found[0][0] < _LIKE_ENOUGH:
            return ""
        if len(found) > 1 and found[0][0] - found[1][0] < _CLEARLY_BETTER:
            return ""
        return found[0][1]

    def village_in(self, text: str, *, within: str = "") -> str:
        """The code of the village that an address or a title speaks of by a word such as `Kel.`."""
        within = self.wider_place_in(text, within=within) or within
        for name in _names_after(VILLAGE, text):
            if code := self.village_named(name, within=within):
                return code
        return ""

    def village_called(self, text: str, *, within: str = "") -> str:
        """The code of the village that a sheet, a file or a part of a list is called after."""
        words = words_of(text)
        rest = " ".join(BESIDE_A_NAME.sub(" ", words).split())
        return (
            self._village_by_code(text)
            or self.village_anywhere_in(text, within=within)
            or (self.village_named(rest, within=within) if rest else "")
            or self._village_by_tail(words)
        )

    def village_anywhere_in(self, text: str, *, within: str = "") -> str:
        """The code of the only village whose name stands in a text, not as that of a wider
        place."""
        within = self.wider_place_in(text, within=within) or within
        if not within and len(self._villages) > _MANY:  # where any word is somewhere a village
            return ""
        words = REGENCY.sub(" ", DISTRICT.sub(" ", f"{words_of(text)} ")).split()
        for length in range(min(5, len(words)), 0, -1):
            spans = (words[start : start + length] for start in range(len(words) - length + 1))
            found = {code for span in spans for code in self._exactly(" ".join(span), within)}
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    def _exactly(self, name: str, within: str) -> list[str]:
        if len(squeezed(name)) < _SHORTEST_IN_A_TITLE:
            return []
        return [code for code in self._called(name) if _lies_in(code, within)]

    def _village_by_code(self, text: str) -> str:
        codes = (".".join(match.groups()) for match in CODE.finditer(text))
        return next((code for code in codes if code in self._villages), "")

    def _village_by_tail(self, words: str) -> str:
        """`011003` within 35.77 is 35.77.01.1003: offices number their files so."""
        for match in TAIL_OF_CODE.finditer(words):
            tail = match[1]
            found = [code for code in self._villages if code.replace(".", "").endswith(tail)]
            if len(found) == 1:
                return found[0]
        return ""

    def wider_place_in(self, text: str, *, within: str = "") -> str:
        """The code of the district, else of the regency or city, that a text speaks of by a word
        such as `Kec.` or `Kota`; empty for none."""
        regency = self._regency_in(text)
        within = regency or within
        named = (self.district_named(name, within=within) for name in _names_after(DISTRICT, text))
        return next(filter(None, named), regency)

    def district_named(self, text: str, *, within: str = "") -> str:
        """The code of the district that a text is the name of; empty for none or several."""
        name = squeezed(DISTRICT.sub(r"\1", f"{words_of(text)} ").strip())
        same = [code for code, district in self._districts.items() if squeezed(district) == name]
        return _only(same, within)

    def _regency_in(self, text: str) -> str:
        for match in REGENCY.finditer(f"{words_of(text)} "):
            kind = "kota" if match[1] == "kota" else "kabupaten"
            parts = match[2].split()
            for length in range(len(parts), 0, -1):
                name = f"{kind} {' '.join(parts[:length])}"
                found = [code for code, regency in self._regencies.items() if regency == name]
                if len(found) == 1:
                    return found[0]
        return ""


def _names_after(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The words after a word such as `Kel.`, from the longest run to the shortest."""
    for match in pattern.finditer(f"{words_of(text)} "):
        parts = AFTER_THE_NAME.sub("", match[1]).split()
        for length in range(len(parts), 0, -1):
            yield " ".join(parts[:length])


def _index(villages: dict[str, str], key: Callable[[str], str]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for code, name in villages.items():
        index[key(name)].append(code)
    return dict(index)


def _only(codes: list[str], within: str) -> str:
    inside = [code for code in codes if _lies_in(code, within)]
    return inside[0] if len(inside) == 1 else ""


def _lies_in(code: str, within: str) -> bool:
    return not within or code == within or code.startswith(f"{within}.")

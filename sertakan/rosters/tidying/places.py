"""Which kelurahan or desa does a text name? Within the region that the lists come from.

Names are spelled in many ways: `ORO-ORO OMBO`, `Oro2 Ombo`, `Kel. Nambangan Kdl`. A spelling is taken
for a place where it is close to that one and clearly not to another; else it names none.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cached_property

from rapidfuzz import fuzz, process

from sertakan.vocabulary.regions import Region, regions_within

_LIKE_ENOUGH = 84
_CLEARLY_BETTER = 6
_VILLAGE_WORDS = r"kelurahan|kel|desa|ds|gampong|gp|nagari|pekon|kampung|kp|kmp|lembang|negeri"
_MARKED = re.compile(
    rf"\b(?:{_VILLAGE_WORDS})(?: ?(?:kelurahan|kel|desa|ds))? ((?:[a-z0-9']+ ?){{1,5}})"
)
_DISTRICT = re.compile(r"\b(?:kecamatan|kec|kapanewon|distrik) ((?:[a-z0-9']+ ?){1,4})")
_REGENCY = re.compile(r"\b(kabupaten|kab|kota) ((?:[a-z0-9']+ ?){1,4})")
_AFTER_THE_NAME = re.compile(
    r"\b(?:kecamatan|kec|kabupaten|kab|kota|provinsi|prov|rt|rw|tahun|thn|th|jl|jalan|no|dusun|dsn|lingkungan"
    r"|kelurahan|kel|desa|ds)\b.*"
)
_CODE = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})(?!\d)")
_TAIL_OF_CODE = re.compile(r"(?<!\d)(\d{6,8})(?!\d)")


def words_of(text: str) -> str:
    """Lower-case words, doubled ones written out: `Oro2 Ombo` → `oro oro ombo`."""
    plain = (
        unicodedata.normalize("NFKD", text)
        .encode("ascii", "ignore")
        .decode()
        .lower()
        .replace("_", " ")
    )
    plain = re.sub(r"\b([a-z]{2,})\s?2\b", r"\1 \1", plain)
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "")).strip()


def _squeezed(words: str) -> str:
    return words.replace(" ", "")


def _skeleton(words: str) -> str:
    """Without vowels and doubled letters: `kidul` and `kdl` are one."""
    bare = " ".join(word[0] + re.sub(r"[aeiou]", "", word[1:]) for word in words.split())
    return re.sub(r"(.)\1+", r"\1", bare)


class Places:
    """The villages within a region, by their names."""

    def __init__(self, code: str) -> None:
        regions = regions_within(code)
        self.code = code
        self._villages = {r.code: words_of(r.name) for r in regions if r.level == "village"}
        self._districts = {r.code: words_of(r.name) for r in regions if r.level == "district"}
        self._regencies = {r.code: words_of(r.name) for r in regions if r.level == "regency"}
        self._found: dict[tuple[str, str], str] = {}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _index(self._villages, _squeezed)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        return _index(self._villages, _skeleton)

    @cached_property
    def _names(self) -> list[str]:
        return list(self._by_name)

    @property
    def is_one(self) -> str:
        """The code of the only village, where there is only one."""
        return next(iter(self._villages)) if len(self._villages) == 1 else ""

    def village_named(self, text: str, *, within: str = "") -> str:
        """The code of the village that a text is the name of; empty for none or several.

        `within`: the code of a district or regency known from elsewhere.
        """
        key = (text, within)
        if key not in self._found:
            self._found[key] = self._village_named(words_of(text), within)
        return self._found[key]

    def _village_named(self, words: str, within: str) -> str:
        match = _MARKED.fullmatch(words) or _MARKED.match(f"{words} ")
        if match and not self._by_name.get(_squeezed(words)):
            words = match[1].strip()
        words = _AFTER_THE_NAME.sub("", words).strip() or words
        if len(words) < 3:
            return ""
        for candidates in (
            self._by_name.get(_squeezed(words), []),
            self._by_skeleton.get(_skeleton(words), []),
        ):
            if code := _only(candidates, within):
                return code
            if candidates:
                return ""
        return self._village_like(_squeezed(words), within)

    def _village_like(self, squeezed: str, within: str) -> str:
        if len(squeezed) < 5:
            return ""
        best = process.extract(
            squeezed, self._names, scorer=fuzz.ratio, limit=3, score_cutoff=_LIKE_ENOUGH - 10
        )
        candidates = [
            (code, score)
            for name, score, _ in best
            for code in self._by_name[name]
            if code.startswith(within)
        ]
        if not candidates or candidates[0][1] < _LIKE_ENOUGH:
            return ""
        if len(candidates) > 1 and candidates[0][1] - candidates[1][1] < _CLEARLY_BETTER:
            return ""
        return candidates[0][0]

    def village_in(self, text: str, *, within: str = "") -> str:
        """The code of the village that an address or a title speaks of by a word such as `Kel.`."""
        words = words_of(text)
        within = self.district_in(text) or within
        for match in _MARKED.finditer(f"{words} "):
            parts = _AFTER_THE_NAME.sub("", match[1]).split()
            for length in range(len(parts), 0, -1):
                if code := self.village_named(" ".join(parts[:length]), within=within):
                    return code
        return ""

    def village_anywhere_in(self, text: str, *, within: str = "") -> str:
        """The code of the only village whose name stands in a title, the name of a sheet or a file."""
        if code := self._village_by_code(text) or self.village_in(text, within=within):
            return code
        within = self.district_in(text) or within
        words = re.sub(r"\b\d+\b", " ", _without_wider_places(words_of(text))).split()
        for length in range(min(5, len(words)), 0, -1):
            found = {
                code
                for start in range(len(words) - length + 1)
                if (code := self._exactly(" ".join(words[start : start + length]), within))
            }
            if found:
                return found.pop() if len(found) == 1 else ""
        return self._village_by_tail(text)

    def _exactly(self, words: str, within: str) -> str:
        if len(words) < 4:
            return ""
        return _only(self._by_name.get(_squeezed(words), []), within)

    def _village_by_code(self, text: str) -> str:
        for match in _CODE.finditer(text):
            if (code := ".".join(match.groups())) in self._villages:
                return code
        return ""

    def _village_by_tail(self, text: str) -> str:
        """`011003` within 35.77 is 35.77.01.1003: offices number their files so."""
        for match in _TAIL_OF_CODE.finditer(text):
            district, village = match[1][:2], match[1][2:]
            found = [
                code
                for code in self._villages
                if code.endswith(f".{district}.{village}")
                or code.replace(".", "").endswith(match[1])
            ]
            if len(found) == 1:
                return found[0]
        return ""

    def district_in(self, text: str) -> str:
        """The code of the district that a text speaks of by a word such as `Kec.`."""
        for match in _DISTRICT.finditer(f"{words_of(text)} "):
            parts = _AFTER_THE_NAME.sub("", match[1]).split()
            for length in range(len(parts), 0, -1):
                if code := self.district_named(" ".join(parts[:length])):
                    return code
        return ""

    def district_named(self, text: str) -> str:
        """The code of the district that a text is the name of; empty for none or several."""
        squeezed = _squeezed(_DISTRICT.sub(r"\1", f"{words_of(text)} ").strip())
        found = [code for code, name in self._districts.items() if _squeezed(name) == squeezed]
        return found[0] if len(found) == 1 else ""

    def regency_in(self, text: str) -> str:
        """The code of the regency or city that a title speaks of; empty for none or several."""
        for match in _REGENCY.finditer(f"{words_of(text)} "):
            kind = "kota" if match[1] == "kota" else "kabupaten"
            parts = match[2].split()
            for length in range(len(parts), 0, -1):
                name = f"{kind} {' '.join(parts[:length])}"
                found = [code for code, regency in self._regencies.items() if regency == name]
                if len(found) == 1:
                    return found[0]
        return ""


def _without_wider_places(words: str) -> str:
    words = _DISTRICT.sub(" ", f"{words} ")
    return _REGENCY.sub(" ", words)


def _index(villages: dict[str, str], key) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    index: dict[str, list[str]] = defaultdict(list)
    for code, name in villages.items():
        index[key(name)].append(code)
    return dict(index)


def _only(codes: list[str], within: str) -> str:
    inside = [code for code in codes if code.startswith(within)]
    return inside[0] if len(inside) == 1 else ""


__all__ = ["Places", "Region", "words_of"]

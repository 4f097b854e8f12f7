"""Which column holds what? The heading proposes, the content decides where the two contradict."""

from collections.abc import Sequence
from dataclasses import dataclass

from sertakan.rosters.finding.contents import ENOUGH_CELLS, Content
from sertakan.rosters.finding.headings import IGNORED

_SEEN = 0.6  # a column is surely of a kind
_HARDLY = 0.2  # a column is surely not

# what a field must look like, where its column can be told by looks
_LOOKS = {
    "nik": ("nik",),
    "kk": ("nik",),
    "birth_date": ("date", "number"),
    "birth": ("date", "number", "name"),
    "sex": ("sex",),
    "phone": ("phone",),
    "name": ("name",),
}
_WANTED = (("nik", "nik"), ("birth_date", "date"), ("sex", "sex"), ("phone", "phone"),
           ("address", "address"), ("job", "job"), ("name", "name"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its place from 0, its heading as it stands, the field it holds."""

    place: int
    heading: str
    field: str | None


def settle(
    headings: Sequence[tuple[str, str | None]], sample: Sequence[Sequence[str]]
) -> list[Column]:
    """The columns of a list from its headings (text and field) and the first rows below them."""
    width = max([len(headings), *map(len, sample)], default=0)
    contents = [
        Content([row[place] for row in sample if place < len(row)]) for place in range(width)
    ]
    fields = [headings[place][1] if place < len(headings) else None for place in range(width)]
    fields = [
        None if _contradicted(name, content) else name
        for name, content in zip(fields, contents, strict=True)
    ]
    _settle_nik(fields, contents)
    _only_one_of_each(fields, contents)
    _fill_what_is_wanted(fields, contents)
    texts = [headings[place][0] if place < len(headings) else "" for place in range(width)]
    return [Column(place, texts[place], fields[place]) for place in range(width)]


def _contradicted(name: str | None, content: Content) -> bool:
    """Whether the cells are surely something other than the heading says."""
    if name not in _LOOKS or content.filled < ENOUGH_CELLS:
        return False
    looks_right = max(content.share(look) for look in _LOOKS[name]) >= _HARDLY
    others = [
        kind
        for kind in ("nik", "date", "sex", "phone", "name", "address")
        if kind not in _LOOKS[name]
    ]
    return not looks_right and any(content.share(kind) >= _SEEN for kind in others)


def _settle_nik(fields: list[str | None], contents: Sequence[Content]) -> None:
    """Of two columns with sixteen digits one is the family card (KK), whose days have no 40
    added."""
    like_nik = [place for place, content in enumerate(contents) if content.share("nik") >= _SEEN]
    if not like_nik:
        return
    told = [place for place in like_nik if fields[place] == "nik"]
    free = [place for place in like_nik if fields[place] not in (IGNORED, "nik")]
    if not told:
        candidates = [place for place in free if fields[place] != "kk"] or free
        best = max(candidates, key=lambda place: _personal(contents[place]), default=None)
    else:
        best = told[0]
        for place in free:
            if _is_family_card(contents[best]) and not _is_family_card(contents[place]):
                best = place
    if best is None:
        return
    for place in like_nik:
        if place == best:
            fields[place] = "nik"
        elif fields[place] in ("nik", None):
            fields[place] = "kk"


def _personal(content: Content) -> float:
    return content.women - content.recent + content.different


def _is_family_card(content: Content) -> bool:
    return content.filled >= 10 and content.women == 0.0 and content.recent > 0.9


def _only_one_of_each(fields: list[str | None], contents: Sequence[Content]) -> None:
    """The first column of a field keeps it, unless that one is empty; a second job is kept too."""
    for name in {field for field in fields if field not in (None, IGNORED)}:
        places = [place for place, field in enumerate(fields) if field == name]
        filled = [place for place in places if contents[place].filled] or places
        if name == "village":  # its name rather than its code
            filled.sort(key=lambda place: -round(contents[place].share("name")))
        for place in places:
            if place == filled[0]:
                continue
            second_job = name == "job" and place in filled[1:2]
            fields[place] = "job_2" if second_job else IGNORED


def _fill_what_is_wanted(fields: list[str | None], contents: Sequence[Content]) -> None:
    """Columns without a heading that tells, by what stands in them."""
    if "birth" in fields:
        wanted = [pair for pair in _WANTED if pair[0] != "birth_date"]
    else:
        wanted = list(_WANTED)
    if {"sex_male", "sex_female"} & set(fields):
        wanted = [pair for pair in wanted if pair[0] != "sex"]
    for name, look in wanted:
        if name in fields:
            continue
        free = [
            place
            for place, field in enumerate(fields)
            if field in (None, "note")
            and contents[place].filled >= 1
            and contents[place].share(look) >= _SEEN
        ]
        if not free:
            continue
        fields[_best(look, free, contents)] = name


def _best(look: str, free: Sequence[int], contents: Sequence[Content]) -> int:
    if look == "name":  # people's names differ; births and jobs repeat themselves
        return max(free, key=lambda place: (round(contents[place].different, 1), -place))
    return max(free, key=lambda place: (contents[place].share(look), -place))

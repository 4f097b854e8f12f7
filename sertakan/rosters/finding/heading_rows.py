"""Is this row, alone or with the next, the headings of a list?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sertakan.rosters.finding.contents import looks_like_nik
from sertakan.rosters.finding.headings import IGNORED, field_of, field_of_part, normalised
from sertakan.rosters.reading.cells import DAY, plain

Row = Sequence[str]
Headings = list[tuple[str, str | None]]  # of each column: text, field

_ABOUT_A_PERSON = frozenset(
    {
        "birth",
        "birth_date",
        "birth_place",
        "sex",
        "sex_male",
        "address",
        "job",
        "phone",
        "mother",
        "rt",
        "village",
    }
)
_OF_ANY_OFFICE = frozenset({"job", "phone"})  # without more, a list of whom to call
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Found:
    """Headings, and how many rows they take."""

    headings: Headings
    rows: int


def find_headings(upper: Row, lower: Row | None, above: Row | None = None) -> Found | None:
    """The headings in a row, or in it and the next (`lower`), or None.

    `above` may announce what a group of columns is about (`TEMPAT/TANGGAL LAHIR` over
    `TEMPAT | TANGGAL`) where the row itself has most of the headings.
    """
    if not _may_be_headings(upper):
        return None
    alone = [(plain(cell), field_of(plain(cell))) for cell in upper]
    best = Found(alone, 1) if _is_list([field for _, field in alone]) else None
    if above is not None and _may_be_headings(above):
        best = _better(best, Found(_together(above, upper), 1))
    if lower is not None and _may_be_second_row(lower):
        best = _better(best, Found(_together(upper, lower), 2))
    return best


def _better(best: Found | None, other: Found) -> Found | None:
    fields = [field for _, field in other.headings]
    if not _is_list(fields):
        return best
    return other if best is None or _score(other) > _score(best) else best


def _score(found: Found) -> int:
    return len({field for _, field in found.headings if field not in (None, IGNORED)})


def _is_list(fields: Sequence[str | None]) -> bool:
    known = set(fields)
    about = len(known & _ABOUT_A_PERSON)
    if "nik" in known:
        return "name" in known or about >= 1
    return "name" in known and about >= 2 and bool(known & _ABOUT_A_PERSON - _OF_ANY_OFFICE)


def _may_be_headings(row: Row) -> bool:
    filled = [cell for cell in row if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _LONGEST_HEADING for cell in filled):
        return False
    return not any(looks_like_nik(cell) or _is_of_a_person(cell) for cell in filled)


def _is_of_a_person(cell: str) -> bool:
    """A number, a day, or a remark such as `KTP hilang`: none of them stands in a heading."""
    text = plain(cell).strip()
    return cell.startswith(DAY) or text.isdigit() or bool(_OF_A_PERSON.search(text))


_OF_A_PERSON = re.compile(
    r"\d{8}|\b(?:hilang|belum|blm|tidak ada|tdk ada|rusak|menyusul|diurus|proses)\b", re.I
)


def _may_be_second_row(row: Row) -> bool:
    """Words only: a person has a number, a date or a NIK somewhere."""
    filled = [plain(cell) for cell in row if cell.strip()]
    if not filled or any(re.search(r"\d{2}", cell) or len(cell) > 40 for cell in filled):
        return False
    return any(_is_part(cell) for cell in filled)


def _is_part(cell: str) -> bool:
    return field_of(cell) is not None or normalised(cell) in _WORDS_OF_PARTS


_WORDS_OF_PARTS = frozenset(
    {"tempat", "tgl", "tanggal", "bulan", "bln", "tahun", "thn", "hari", "dd", "mm", "yyyy"}
)


def _together(upper: Row, lower: Row) -> Headings:
    """Both rows as one: a heading above reaches over the columns on its right that it leaves
    empty."""
    headings: Headings = []
    reaching = ""
    for place in range(max(len(upper), len(lower))):
        above = plain(upper[place]).strip() if place < len(upper) else ""
        below = plain(lower[place]).strip() if place < len(lower) else ""
        if above:
            reaching = above
        group = above or (reaching if below else "")
        text = " ".join(part for part in (above, below) if part)
        headings.append((text, field_of_part(group, below) if group or below else None))
    return headings


def is_row_of_numbers(row: Row) -> bool:
    """`(1) (2) (3)` under the headings."""
    found = [
        re.fullmatch(r"\(?\s*(\d{1,2})\s*[).]?", plain(cell).strip())
        for cell in row
        if cell.strip()
    ]
    if len(found) < 3 or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match]
    return numbers[0] <= 2 and all(0 < after - before <= 3 for before, after in pairwise(numbers))


def side_by_side(headings: Headings) -> list[Headings]:
    """The headings of each list, where lists stand beside each other under the same headings."""
    fields = [field for _, field in headings]
    starts = [
        place
        for place, field in enumerate(fields)
        if field in ("number", "name", "nik") and fields.index(field) == _first_of_list(fields)
    ]
    if len(starts) < 2 or fields.count("nik") != len(starts) or fields.count("name") != len(starts):
        return [headings]
    ends = [*starts[1:], len(headings)]
    return [
        [
            heading if start <= place < end else (heading[0], IGNORED)
            for place, heading in enumerate(headings)
        ]
        for start, end in zip(starts, ends, strict=True)
    ]


def _first_of_list(fields: Sequence[str | None]) -> int:
    return min(fields.index(field) for field in ("number", "name", "nik") if field in fields)

"""Rows of a list that are no person: totals, signatures, headings of parts, notes."""

import re
from collections.abc import Sequence

from sertakan.rosters.reading.cells import plain

_TOTAL = re.compile(r"^\W*(?:sub ?|grand ?)?(?:jumlah|total|jml|terbilang|rata-? ?rata)\b", re.I)
_MONTHS = (
    r"(?:januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november"
    r"|nopember|desember)"
)
_PLACE = r"^[^\d,]{3,30},\s*"
_SIGNATURE = re.compile(
    r"\b(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|tertanda|ttd|hormat kami"
    r"|yang membuat|pembuat daftar|petugas pendata|pendata)\b"
    r"|^\W*(?:plt\.? |pj\.? |a\.?n\.? )?(?:lurah|camat|kepala|kades|bupati|walikota|wali kota"
    r"|sekretaris (?:desa|kelurahan|camat|daerah|dinas)|kasi|kabid|pangulu|keuchik|geuchik"
    r"|perbekel)\b"
    r"|\bnip\b|\bnrp\b"
    rf"|{_PLACE}(?:\d{{1,2}}\s+{_MONTHS}|[\s.…_]+)?\s*\d{{4}}\s*$"
    rf"|{_PLACE}[\s.…_]*\s*{_MONTHS}\s+\d{{4}}\s*$",
    re.I,
)
_NOTE = re.compile(r"^\W*(?:catatan|keterangan|ket|nb|note|sumber|\*)\s*[:.)]", re.I)


def texts_of(row: Sequence[str]) -> list[str]:
    """What stands in a row, without empty cells."""
    return [text for cell in row if (text := plain(cell).strip())]


def is_total(texts: Sequence[str]) -> bool:
    """A line of totals."""
    return any(_TOTAL.match(text) for text in texts[:3])


def begins_signature(texts: Sequence[str]) -> bool:
    """The place and day, the office or the number of who signs."""
    return len(texts) <= 4 and any(_SIGNATURE.search(text) for text in texts)


def is_note(texts: Sequence[str]) -> bool:
    """A remark under a list."""
    return len(texts) <= 3 and bool(texts) and bool(_NOTE.match(texts[0]))

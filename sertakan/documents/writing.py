"""How things are written on paper: days, months, numbers, a masked NIK, letters that can be set.

Rupiah are written as Indonesians write them in both languages, `Rp42.000.000`: it is an
Indonesian paper, and the law's own sentences on it do so too.
"""

import re
import unicodedata
from datetime import date

from sertakan.documents.wording import Language, common
from sertakan.vocabulary import Month

# What the typeface has, beyond which a letter is shown as a box: Latin, also of Europe and Vietnam.
_SIGNS = "‐–—‘’“”•…←↑→↓−≤≥□"
_RANGES = ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x148), (0x14A, 0x17E), (0x1EA0, 0x1EF9))
LETTERS = frozenset(
    [chr(code) for first, last in _RANGES for code in range(first, last + 1)] + list(_SIGNS)
)
BOX = "□"
_ALIKE = str.maketrans({"ʼ": "’", "ʻ": "‘", "`": "`", "\t": " ", "\n": " ", "\r": " "})
_WHOLE_NIK = re.compile(r"\d(?:[\s.-]?\d){15}")


def printable(text: str) -> str:
    """`text` on one line in letters that the typeface has; any other letter is a box.

    Marks that only turn the direction of reading, or show nothing, are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFKC", text.translate(_ALIKE))
    return "".join(
        letter if letter in LETTERS else BOX
        for letter in unicodedata.normalize("NFC", composed)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Mn")
    )


def masked(nik: str) -> str:
    """A masked NIK as a paper shows it: `357701••••••••03`.

    Raises ValueError where it is not masked: no paper of ours bears a whole one.
    """
    if _WHOLE_NIK.search(nik):
        raise ValueError("a NIK is masked before it is printed")
    return nik.replace("*", "•")


def day(on: date, language: Language) -> str:
    """`14 Juni 2026`."""
    return f"{on.day} {_month_name(on.month, language)} {on.year}"


def long_day(on: date, language: Language) -> str:
    """`Senin, 15 Juni 2026`."""
    return f"{common(language)['weekdays'][on.weekday()]}, {day(on, language)}"


def days(first: date, last: date, language: Language) -> str:
    """`1 Januari – 31 Desember 2026`; both days count."""
    if first == last:
        return day(first, language)
    if first.year == last.year:
        return f"{first.day} {_month_name(first.month, language)} – {day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def month(of: Month, language: Language) -> str:
    """`Juni 2026`."""
    return f"{_month_name(of.month, language)} {of.year}"


def months(first: Month, last: Month, language: Language) -> str:
    """`Januari – Mei 2026`."""
    if first == last:
        return month(first, language)
    if first.year == last.year:
        return f"{_month_name(first.month, language)} – {month(last, language)}"
    return f"{month(first, language)} – {month(last, language)}"


def count(number: int, language: Language) -> str:
    """`16.002` in Indonesian, `16,002` in English."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "id" else grouped


def capital(text: str) -> str:
    """With a capital at its head and the rest as it is."""
    return text[:1].upper() + text[1:]


def grouped(code: str, size: int = 4) -> str:
    """A code in groups that are read aloud one by one: `7700 0000 0012 5`."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def _month_name(number: int, language: Language) -> str:
    return str(common(language)["months"][number - 1])

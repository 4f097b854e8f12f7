"""An amount in words (terbilang), as receipts and minutes bear it beside the figures."""

from collections.abc import Callable

from sertakan.documents.wording import Language

_ID = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
       "sepuluh", "sebelas")  # fmt: skip
_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
       "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
       "nineteen")  # fmt: skip
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((10**12, "triliun", "trillion"), (10**9, "miliar", "billion"), (10**6, "juta", "million"))


def in_words(amount: int, language: Language) -> str:
    """`empat puluh dua juta rupiah`. Raises ValueError below zero and from 10^15 on."""
    if not 0 <= amount < 10**15:
        raise ValueError(f"{amount} is not written in words")
    return f"{(_indonesian if language == 'id' else _english)(amount)} rupiah"


def _indonesian(number: int) -> str:
    if number < 12:
        return _ID[number]
    if number < 20:
        return f"{_ID[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ID[number // 10]} puluh", number % 10, _indonesian)
    if number < 1_000:
        hundreds = "seratus" if number < 200 else f"{_ID[number // 100]} ratus"
        return _joined(hundreds, number % 100, _indonesian)
    for size, word, _ in _LARGE:
        if number >= size:
            return _joined(f"{_indonesian(number // size)} {word}", number % size, _indonesian)
    thousands = "seribu" if number < 2_000 else f"{_indonesian(number // 1_000)} ribu"
    return _joined(thousands, number % 1_000, _indonesian)


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens = _EN_TENS[number // 10 - 2]
        return f"{tens}-{_EN[number % 10]}" if number % 10 else tens
    if number < 1_000:
        return _joined(f"{_EN[number // 100]} hundred", number % 100, _english)
    for size, _, word in (*_LARGE, (1_000, "ribu", "thousand")):
        if number >= size:
            return _joined(f"{_english(number // size)} {word}", number % size, _english)
    raise AssertionError(number)


def _joined(large: str, rest: int, told: Callable[[int], str]) -> str:
    return f"{large} {told(rest)}" if rest else large

"""Ways to write a day and a sex."""

from datetime import date
from random import Random

_MONTHS = """
    Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
"""
_SHORT = "Jan Peb Mrt Apr Mei Jun Jul Agt Sept Okt Nop Des"
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ROMAN = "I II III IV V VI VII VIII IX X XI XII"

SEXES = {
    "L": "L|l|Laki-laki|LAKI - LAKI|Lk|Pria|laki laki|Lk.",
    "P": "P|p|Perempuan|PEREMPUAN|Pr|Wanita|wanita|Pr.",
}


def sex_in_words(draw: Random, sex: str) -> str:
    return draw.choice(SEXES[sex].split("|"))


def day_in_words(draw: Random, day: date) -> str:
    month = day.month - 1
    months, short, english, roman = (names.split() for names in (_MONTHS, _SHORT, _ENGLISH, _ROMAN))
    return draw.choice(
        [
            f"{day:%d-%m-%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d.%m.%Y}",
            f"{day:%d %m %Y}",
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.day} {months[month]} {day.year}",
            f"{day:%d} {short[month].upper()} {day.year}",
            f"{day:%d}-{english[month]}-{day.year}",
            f"{day:%d}-{english[month]}-{day:%y}",
            f"{day.day} {months[month].lower()}, {day.year}",
            f"{day:%d%m%Y}",
            f"{day:%d-%m-%y}",
            f"{day.day}-{roman[month]}-{day.year}",
            f"{day:%d/%m/%Y} 00:00:00",
        ]
    )

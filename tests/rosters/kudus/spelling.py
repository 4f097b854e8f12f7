"""Ways to write a day and a sex."""

from datetime import date
from random import Random

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_SHORT = "Jan Peb Mrt Apr Mei Jun Jul Agt Sept Okt Nop Des".split()
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()

SEXES = {
    "L": "L|l|Laki-laki|LAKI - LAKI|Lk|Pria|laki laki|Lk.",
    "P": "P|p|Perempuan|PEREMPUAN|Pr|Wanita|wanita|Pr.",
}


def sex_in_words(draw: Random, sex: str) -> str:
    return draw.choice(SEXES[sex].split("|"))


def day_in_words(draw: Random, day: date) -> str:
    month = day.month - 1
    return draw.choice(
        [
            f"{day:%d-%m-%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d.%m.%Y}",
            f"{day:%d %m %Y}",
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.day} {_MONTHS[month]} {day.year}",
            f"{day:%d} {_SHORT[month].upper()} {day.year}",
            f"{day:%d}-{_ENGLISH[month]}-{day.year}",
            f"{day:%d}-{_ENGLISH[month]}-{day:%y}",
            f"{day.day} {_MONTHS[month].lower()}, {day.year}",
            f"{day:%d%m%Y}",
            f"{day:%d-%m-%y}",
            f"{day.day}-{_ROMAN[month]}-{day.year}",
            f"{day:%d/%m/%Y} 00:00:00",
        ]
    )

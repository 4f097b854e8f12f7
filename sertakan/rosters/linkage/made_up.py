"""Made-up people, for training and trying the linkage. Nobody here exists.

A population has what makes linking hard: few first names, neighbours by birth date in one
district, families under one roof, and twins with names that resemble each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sertakan.rosters.linkage.known_words import name_words_by_group
from sertakan.rosters.linkage.names import fold

# Kemendagri codes of real districts.
DISTRICT_CODES = """
327301 327302 327303 327310 330105 330112 331201 347101 350217 350218 351901 351905 352005
357101 357701 357702 357703 120701 127105 137101 517103 737105
"""
DISTRICTS = DISTRICT_CODES.split()
HEAPED_DAYS = ((1, 1), (1, 7), (31, 12), (17, 8))
PREFIXES = ("0812", "0813", "0821", "0852", "0857", "0877", "0881", "0895")


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up human being as the civil registry knows them."""

    number: int
    nik: str
    name: str
    birth_date: date
    sex: str
    street: str
    house: int
    rt: int
    rw: int
    phone: str
    mother_name: str
    twin_of: int | None = None

    @property
    def address(self) -> str:
        """`Jl. Mawar No. 12 RT 03 RW 05`."""
        return f"Jl. {self.street} No. {self.house} RT {self.rt:02} RW {self.rw:02}"


def population(
    count: int, *, seed: int, districts: Sequence[str] = DISTRICTS, twins: float = 0.01
) -> list[Person]:
    """`count` people born 1961 to 2008; `twins` is the share of births that are twins."""
    random = Random(seed)
    taken: set[str] = set()
    people: list[Person] = []
    while len(people) < count:
        person = _person(len(people), random, districts, taken)
        if people and random.random() < 0.12:
            person = _under_the_roof_of(people[-1], person, random)
        people.append(person)
        if random.random() < twins and len(people) < count:
            people.append(_twin(person, len(people), random, taken))
    return people


def _person(number: int, random: Random, districts: Sequence[str], taken: set[str]) -> Person:
    sex = random.choice("LP")
    born = _birth_date(random)
    return Person(
        number=number,
        nik=_nik(_few_first(districts, random), born, sex, random, taken),
        name=_name(sex, random),
        birth_date=born,
        sex=sex,
        street=random.choice(name_words_by_group()["streets"]),
        house=random.randint(1, 120),
        rt=random.randint(1, 40),
        rw=random.randint(1, 14),
        phone=random.choice(PREFIXES) + str(random.randint(10**6, 10**8)),
        mother_name=_name("P", random),
    )


def _birth_date(random: Random) -> date:
    born = date(1961, 1, 1) + timedelta(days=random.randrange(47 * 365))
    if random.random() < 0.03:
        day, month = random.choice(HEAPED_DAYS)
        return date(born.year, month, day)
    return born


def _nik(district: str, born: date, sex: str, random: Random, taken: set[str]) -> str:
    day = born.day + 40 * (sex == "P")
    while True:
        serial = 1 + min(int(random.expovariate(0.25)), 60)
        nik = f"{district}{day:02}{born:%m%y}{serial:04}"
        if nik not in taken:
            taken.add(nik)
            return nik
        district = random.choice(DISTRICTS)


def _few_first(words: Sequence[str], random: Random) -> str:
    """A word, those early in the list more often, as names and districts are."""
    return words[min(int(random.expovariate(3 / len(words))), len(words) - 1)]


def _name(sex: str, random: Random) -> str:
    groups = name_words_by_group()
    first, second = ("men", "second_men") if sex == "L" else ("women", "second_women")
    words = [random.choice(groups[first])]
    if random.random() < 0.12:
        words.append(random.choice(groups[first]))
    if random.random() < 0.72:
        words.append(random.choice(groups[second]))
    return " ".join(dict.fromkeys(words))


def _under_the_roof_of(other: Person, person: Person, random: Random) -> Person:
    return replace(
        person,
        street=other.street,
        house=other.house,
        rt=other.rt,
        rw=other.rw,
        phone=other.phone if random.random() < 0.3 else person.phone,
        mother_name=other.mother_name if random.random() < 0.3 else person.mother_name,
    )


def _twin(person: Person, number: int, random: Random, taken: set[str]) -> Person:
    sex = person.sex if random.random() < 0.65 else "LP".replace(person.sex, "")
    nik = _next_nik(person, sex, taken) or _nik(
        person.nik[:6], person.birth_date, sex, random, taken
    )
    lives_elsewhere = random.random() < 0.3
    return replace(
        person,
        number=number,
        nik=nik,
        sex=sex,
        name=_twin_name(person.name, sex, random),
        house=random.randint(1, 120) if lives_elsewhere else person.house,
        street=random.choice(name_words_by_group()["streets"])
        if lives_elsewhere
        else person.street,
        phone=random.choice(PREFIXES) + str(random.randint(10**6, 10**8)),
        twin_of=person.number,
    )


def _next_nik(person: Person, sex: str, taken: set[str]) -> str | None:
    """The next serial of that day, as the registrar writes the second child after the first."""
    day = person.birth_date.day + 40 * (sex == "P")
    step = 1 if sex == person.sex else 0
    serial = int(person.nik[12:]) + step
    nik = f"{person.nik[:6]}{day:02}{person.nik[8:12]}{serial:04}"
    if nik in taken:
        return None
    taken.add(nik)
    return nik


def _twin_name(name: str, sex: str, random: Random) -> str:
    """Parents like the names of twins to rhyme: the same last word, the same first, or a letter
    apart. Never is one name the other with words left out."""
    sounds = {fold(word) for word in name.lower().split()}
    firsts, seconds = (
        [word for word in name_words_by_group()[group] if fold(word.lower()) not in sounds]
        for group in (("men", "second_men") if sex == "L" else ("women", "second_women"))
    )
    first, *rest = name.split()
    rhyming = [word for word in firsts if _rhyme(word.lower(), first.lower())]
    likeness = random.random()
    if rest and likeness < 0.25:
        return f"{first} {random.choice(seconds)}"
    if rhyming and likeness < 0.6:
        return " ".join([random.choice(rhyming), *rest[-1:]])
    if rest and likeness < 0.7:
        return f"{random.choice(firsts)} {rest[-1]}"
    return f"{random.choice(firsts)} {random.choice(seconds)}"


def _rhyme(x: str, y: str) -> bool:
    """Alike to the ear and still two names: Rina and Rini, not Rahmat and Rahmad."""
    return x[:2] == y[:2] and abs(len(x) - len(y)) < 2 and fold(x) != fold(y)

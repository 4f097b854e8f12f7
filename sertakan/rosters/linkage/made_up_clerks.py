"""How another office writes down the same made-up person: its spelling, slips and gaps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sertakan.rosters.linkage.made_up import Person

TITLES_BEFORE = ("H. ", "Hj. ", "Drs. ", "Bpk ", "Ibu ", "Ir. ")
TITLES_AFTER = (", S.Pd", " SE", ", A.Md", " S.Sos", ", S.E.")
OLD_SPELLING = (("u", "oe"), ("j", "dj"), ("y", "j"), ("c", "tj"))
OTHER_SPELLING = (
    ("i", "y"), ("f", "p"), ("v", "f"), ("kh", "ch"), ("sy", "s"), ("z", "s"), ("h", ""),
    ("ai", "ae"), ("d", "dh"), ("t", "th"), ("iy", "i"), ("nn", "n"), ("s", "ss"),
)  # fmt: skip
MUHAMMAD = ("Moch.", "Moh.", "Muh.", "M.", "Mohammad", "Mochamad", "Muhamad")


@dataclass(frozen=True, slots=True)
class Clerk:
    """The habits of an office, as chances from 0 to 1."""

    nik_slips: float = 0.03
    serial_only: bool = False
    name_changes: float = 0.35
    name_slips: float = 0.08
    titles: float = 0.08
    birth_date_slips: float = 0.02
    birth_date_absent: float = 0.0
    address_absent: float = 0.1
    address_other: float = 0.08
    rt_rw_absent: float = 0.15
    phone_absent: float = 0.4
    phone_other: float = 0.1
    mother_absent: float = 0.5


@dataclass(frozen=True, slots=True)
class Written:
    """One person as an office wrote them; None where it left the cell empty."""

    number: int
    nik: str
    name: str
    birth_date: date | None
    sex: str | None
    address: str | None
    phone: str | None
    mother_name: str | None


def write_down(person: Person, clerk: Clerk, random: Random) -> Written:
    """The person as this clerk writes them."""
    return Written(
        number=person.number,
        nik=slip_nik(person.nik, random, clerk.serial_only)
        if random.random() < clerk.nik_slips
        else person.nik,
        name=write_name(person.name, clerk, random),
        birth_date=_birth_date(person.birth_date, clerk, random),
        sex=person.sex,
        address=_address(person, clerk, random),
        phone=_phone(person.phone, clerk, random),
        mother_name=None
        if random.random() < clerk.mother_absent
        else write_name(person.mother_name, clerk, random),
    )


def slip_nik(nik: str, random: Random, serial_only: bool = False) -> str:
    """A digit mistyped, two neighbours swapped, or two digits mistyped; never the same NIK."""
    first = 12 if serial_only else 0
    digits = list(nik)
    kind = random.random()
    if kind < 0.25:
        swappable = [i for i in range(first, 15) if digits[i] != digits[i + 1]]
        if swappable:
            i = random.choice(swappable)
            digits[i], digits[i + 1] = digits[i + 1], digits[i]
            return "".join(digits)
    for i in random.sample(range(first, 16), 1 if kind < 0.88 else 2):
        digits[i] = random.choice("0123456789".replace(digits[i], ""))
    return "".join(digits)


def write_name(name: str, clerk: Clerk, random: Random) -> str:
    """The name in this office's spelling, with its slips and titles."""
    if random.random() < clerk.name_changes:
        name = random.choice(NAME_CHANGES)(name, random)
    if random.random() < clerk.name_slips:
        name = slip_word(name, random)
    if random.random() < clerk.titles:
        before = random.random() < 0.5
        name = random.choice(TITLES_BEFORE) + name if before else name + random.choice(TITLES_AFTER)
    return random.choice((str.upper, str.title, str))(name)


def slip_word(name: str, random: Random) -> str:
    """A letter dropped, doubled, changed or swapped with the next."""
    at = random.randrange(1, max(2, len(name) - 1))
    change = random.randrange(4)
    if change == 0:
        return name[:at] + name[at + 1 :]
    if change == 1:
        return name[:at] + name[at] + name[at:]
    if change == 2:
        return name[:at] + random.choice("abdeghiklmnoprstuwy") + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def _respell(spellings: tuple[tuple[str, str], ...]) -> Callable[[str, Random], str]:
    def change(name: str, random: Random) -> str:
        fitting = [(modern, other) for modern, other in spellings if modern in name]
        if not fitting:
            return name
        modern, other = random.choice(fitting)
        return name.replace(modern, other, random.choice((1, -1)))

    return change


def _initial(name: str, random: Random) -> str:
    words = name.split()
    return " ".join([*words[:-1], words[-1][0] + random.choice((".", ""))]) if words[1:] else name


def _drop(name: str, random: Random) -> str:
    words = name.split()
    return " ".join(words[:-1]) if random.random() < 0.8 or len(words) < 3 else " ".join(words[1:])


def _drop_unless_alone(name: str, random: Random) -> str:
    return _drop(name, random) if " " in name else name


def _short_muhammad(name: str, random: Random) -> str:
    return name.replace("Muhammad", random.choice(MUHAMMAD)).replace("Abdul ", "Abd. ")


def _together(name: str, random: Random) -> str:
    return name.replace(" ", "", 1)


def _other_order(name: str, random: Random) -> str:
    return " ".join(reversed(name.split()))


NAME_CHANGES = (
    _respell(OLD_SPELLING),
    _respell(OLD_SPELLING),
    _respell(OTHER_SPELLING),
    _respell(OTHER_SPELLING),
    _initial,
    _drop_unless_alone,
    _short_muhammad,
    _together,
    _other_order,
)


def _birth_date(born: date, clerk: Clerk, random: Random) -> date | None:
    if random.random() < clerk.birth_date_absent:
        return None
    if random.random() >= clerk.birth_date_slips:
        return born
    kind = random.randrange(3)
    if kind == 0 and born.day <= 12:
        return date(born.year, born.day, born.month)
    if kind == 1:
        return born.replace(day=min(born.day, 28), year=born.year + random.choice((-10, -1, 1)))
    return born + timedelta(days=random.choice((-10, -1, 1, 10)))


def _address(person: Person, clerk: Clerk, random: Random) -> str | None:
    if random.random() < clerk.address_absent:
        return None
    if random.random() < clerk.address_other:
        return f"Jl. Pindahan No. {random.randint(1, 200)} RT {random.randint(1, 40)} RW 1"
    street = random.choice(("Jl. ", "Jln ", "Jalan ", "JL.", "")) + person.street
    number = random.choice((" No. ", " No.", " no ", " ")) + str(person.house)
    if random.random() < clerk.rt_rw_absent:
        return street + number
    rt, rw = person.rt, person.rw
    styles = (
        f" RT {rt} RW {rw}",
        f" RT.{rt:03}/RW.{rw:03}",
        f" RT/RW {rt:03}/{rw:03}",
        f" {rt}/{rw}",
    )
    return street + number + random.choice(styles)


def _phone(phone: str, clerk: Clerk, random: Random) -> str | None:
    if random.random() < clerk.phone_absent:
        return None
    if random.random() < clerk.phone_other:
        return "0856" + str(random.randint(10**6, 10**8))
    return random.choice(
        (phone, "+62" + phone[1:], "62" + phone[1:], phone[1:], f"{phone[:4]}-{phone[4:]}")
    )

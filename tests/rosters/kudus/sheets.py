"""A sheet to be written: cells, and which person stands in which row."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.rosters.kudus.people import VILLAGES, Person
from tests.rosters.kudus.spelling import day_in_words, sex_in_words

Cell = str | float | int | date | None


@dataclass
class SheetToWrite:
    """`people` by row number as a spreadsheet shows it. Merged cells: first row, first column, last
    row, last column, from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    people: list[tuple[int, Person]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False

    def add(self, *cells: Cell) -> int:
        """Append a row; its number."""
        self.rows.append(list(cells))
        return len(self.rows)

    def add_person(self, person: Person, *cells: Cell) -> None:
        self.people.append((self.add(*cells), person))


def nik(person: Person) -> Cell:
    return person.nik if person.nik_cell is None else person.nik_cell  # type: ignore[return-value]


def name(person: Person) -> str:
    return person.name if person.name_cell is None else person.name_cell


def born(draw: Random, person: Person) -> Cell:
    if person.birth_cell is not None:
        return person.birth_cell  # type: ignore[return-value]
    return person.born_on if draw.random() < 0.3 else day_in_words(draw, person.born_on)


def place_and_day(draw: Random, person: Person) -> str:
    day = person.birth_cell if person.birth_cell is not None else day_in_words(draw, person.born_on)
    separators = [", ", ",", " / ", " "] if any(map(str.isdigit, str(day))) else [", ", " / "]
    return f"{person.birthplace}{draw.choice(separators)}{day}"


def sex(draw: Random, person: Person) -> str:
    return sex_in_words(draw, person.sex)


def village(draw: Random, person: Person) -> str:
    """The name of the village, now and then misspelt or short."""
    plain = VILLAGES[person.region]
    spelled = {
        "Wergu Wetan": "Wergu Wtn",
        "Mlati Kidul": "MLATI  KIDUL",
        "Mlati Norowito": "Mlatinorowito",
        "Langgardalem": "Langgar Dalem",
        "Kaliputu": "Kali Putu",
        "Demangan": "Ds. Demangan",
    }
    return draw.choice([plain, plain.upper(), f"Desa {plain}", spelled.get(plain, plain)])


def signature(sheet: SheetToWrite, at: int) -> None:
    """Who signs below a list, and where: no worker."""
    left = [None] * at
    sheet.add()
    sheet.add(*left, "Mengetahui,", None, None, "Kudus, 12 Oktober 2026")
    sheet.add(*left, "CAMAT KOTA KUDUS", None, None, "KEPALA DESA")
    sheet.add()
    sheet.add(*left, "Drs. SUTRISNO BUDI, M.Si", None, None, "AHMAD SYAFII")
    sheet.add(*left, "NIP. 196802031990031004", None, None, "NIP 19720304 199903 1 002")

"""People who do not exist, in villages that do (Kabupaten Kudus, 33.19)."""

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

ON = date(2026, 11, 1)

VILLAGES = {
    "33.19.02.1006": "Wergu Wetan",
    "33.19.02.1007": "Wergu Kulon",
    "33.19.02.1008": "Mlati Kidul",
    "33.19.02.2010": "Mlati Lor",
    "33.19.02.1009": "Mlati Norowito",
    "33.19.02.2003": "Demangan",
    "33.19.02.2013": "Demaan",
    "33.19.02.2016": "Damaran",
    "33.19.02.2014": "Langgardalem",
    "33.19.02.2022": "Kaliputu",
}

JOBS = {
    "non_asn": "Guru honorer|Tenaga outsourcing|PTT Kecamatan|tenaga harian lepas|Non-PNS",
    "rt_rw": "Pengurus RT 04|Sekretaris RW 02|Ketua Rukun Tetangga|KETUA RT.01/RW.02|Bendahara RT",
    "social_worker": "TKSK|Tagana|Pek. Sosial Masyarakat (PSM)|Pendamping PKH",
    "linmas": "Satlinmas desa|HANSIP|Anggota Linmas RW 03",
    "health_cadre": "Kader Balita|kader jumantik|Kader KB desa|Ketua kader posyandu",
    "grave_keeper": "Penggali kubur|tukang gali makam|Juru Kunci Makam Umum|Perawat jenazah",
    "worship_keeper": "Takmir musholla|merbot masjid|Penjaga Gereja|Kebersihan Masjid Agung",
    "farmer": "Petani tembakau|buruh tani tebu|Tani/penggarap|Pekebun",
    "msme": "Jualan es dawet|penjual soto|Pedagang pasar Kliwon|Toko kelontong|Usaha mikro jenang",
    "other_informal": "Tukang kayu|buruh angkut pasar|Sopir angkot|Kuli bangunan|Tukang ojek",
}
JOBS_BY_CATEGORY = {name: words.split("|") for name, words in JOBS.items()}

_MEN = """
    Kasmadi Rifan Suparjo Masrukan Nor Zaenuri Sutikno Ngatmin Fatkhur Mustofa Karjan Purnomo
"""
_WOMEN = """
    Kasmini Rufiah Suparmi Masruroh Noor Zaenab Sutiah Ngatminah Fatkhiyah Musyarofah Karsini
"""
_LAST = "Hadi Wijaya Anwar Sulistyo Romadhon Prabowo Kusuma Utama Aziz Fauzan Hakim Santosa"
_STREETS = ("Sunan Muria", "Kyai Telingsing", "Jenderal Sudirman")


@dataclass(frozen=True)
class Person:
    """One row of a list: the cells as they are to be written, and what is true of it."""

    nik: str
    name: str
    born_on: date
    sex: str
    category: str
    job: str
    region: str
    street: str
    rt: int
    rw: int
    phone: str
    birthplace: str = "Kudus"
    family_card: str = ""
    # as written, where it differs
    nik_cell: object = None
    name_cell: str | None = None
    birth_cell: object = None
    sex_cell: str | None = None
    # what must be found
    outcome: str = "accepted"
    reasons: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()
    birth_is_stated: bool = True

    def but(self, **changes: object) -> "Person":
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass
class Town:
    """Draws people whose NIK is nobody else's."""

    random: Random
    serials: set[str] = field(default_factory=set)

    def person(self, *, oldest: int = 1964, youngest: int = 2007) -> Person:
        draw = self.random
        sex = draw.choice("LP")
        born_on = date(draw.randint(oldest, youngest), draw.randint(1, 12), draw.randint(1, 28))
        category = draw.choice(list(JOBS_BY_CATEGORY))
        first = draw.choice((_MEN if sex == "L" else _WOMEN).split())
        return Person(
            nik=self.nik(born_on, sex),
            name=" ".join([first, *draw.choices(_LAST.split(), k=2)]),
            born_on=born_on,
            sex=sex,
            category=category,
            job=draw.choice(JOBS_BY_CATEGORY[category]),
            region=draw.choice(list(VILLAGES)),
            street=f"Jl. {draw.choice(_STREETS)} No. {draw.randint(1, 999)}",
            rt=draw.randint(1, 9),
            rw=draw.randint(1, 12),
            phone=f"08{draw.randint(10**9, 10**10 - 1)}",
            family_card=self.family_card(),
        )

    def family_card(self) -> str:
        draw = self.random
        day = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(7, 25):02}"
        return f"331902{day}{draw.randint(1, 9999):04}"

    def nik(self, born_on: date, sex: str) -> str:
        while True:
            day = born_on.day + (40 if sex == "P" else 0)
            district = f"3319{self.random.randint(1, 9):02}"
            serial = f"{self.random.randint(1, 999):03}{self.random.randint(1, 9)}"
            nik = f"{district}{day:02}{born_on:%m%y}{serial}"
            if nik not in self.serials:
                self.serials.add(nik)
                return nik

    def people(self, count: int) -> list[Person]:
        return [with_a_fault(self, self.person()) for _ in range(count)]


def with_a_fault(town: Town, person: Person) -> Person:
    """One row in four is written wrongly in one of the ways that offices have."""
    draw = town.random
    return draw.choice(FAULTS)(town, person) if draw.random() < 0.25 else person


def _spaced(town: Town, person: Person) -> Person:
    nik = person.nik
    cell = town.random.choice(
        [
            f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
            f"{nik[:6]}.{nik[6:12]}.{nik[12:]}",
            f"'{nik}",
            f"`{nik}",
            f"{nik[:6]}-{nik[6:12]}-{nik[12:]}",
            f"\u00a0{nik} ",
            f"‘{nik}’",
        ]
    )
    return person.but(nik_cell=cell, fixes=("nik_cleaned",))


def _confused(town: Town, person: Person) -> Person:
    at = next((i for i, digit in enumerate(person.nik) if digit in "01" and i > 3), None)
    if at is None:
        return person
    letter = town.random.choice("Oo") if person.nik[at] == "0" else town.random.choice("lI")
    cell = person.nik[:at] + letter + person.nik[at + 1 :]
    return person.but(nik_cell=cell, fixes=("nik_confusable",))


def _rejected(person: Person, reason: str, **cells: object) -> Person:
    return person.but(outcome="rejected", reasons=(reason,), **cells)


def _missing(town: Town, person: Person) -> Person:
    cell = town.random.choice(["", "-", "belum ada", "BELUM REKAM", "tidak ada", "?"])
    return _rejected(person, "nik_missing", nik_cell=cell)


def _short(town: Town, person: Person) -> Person:
    cell = town.random.choice([person.nik[:-1], person.nik + "4", person.nik[:9] + person.nik[10:]])
    return _rejected(person, "nik_length", nik_cell=cell)


def _lettered(town: Town, person: Person) -> Person:
    at = town.random.randint(6, 15)
    return _rejected(
        person, "nik_not_numeric", nik_cell=person.nik[:at] + "X" + person.nik[at + 1 :]
    )


def _lost(town: Town, person: Person) -> Person:
    cell = town.random.choice([float(person.nik[:-1] + "0"), "3.31902E+15", "3,31902E+15"])
    return _rejected(person, "nik_precision_lost", nik_cell=cell)


def _kept_as_number(town: Town, person: Person) -> Person:
    return person.but(nik_cell=float(person.nik))


def _no_such_day(town: Town, person: Person) -> Person:
    return _rejected(person, "nik_date_invalid", nik_cell=person.nik[:8] + "13" + person.nik[10:])


def _no_such_province(town: Town, person: Person) -> Person:
    province = town.random.choice(["00", "20", "40", "77", "99"])
    return _rejected(person, "nik_region_unknown", nik_cell=province + person.nik[2:])


def _nameless(town: Town, person: Person) -> Person:
    return _rejected(person, "name_missing", name_cell=town.random.choice(["", "-", "--"]))


def _too_old(town: Town, person: Person) -> Person:
    return _rejected(town.person(oldest=1940, youngest=1960), "over_age")


def _too_young(town: Town, person: Person) -> Person:
    return _rejected(town.person(oldest=2009, youngest=2020), "under_age")


def _not_a_day(town: Town, person: Person) -> Person:
    cell = town.random.choice(["31-02-1980", "00/00/1975", "tidak tahu", "45 Maret 1970"])
    return _rejected(person, "birthdate_invalid", birth_cell=cell)


def _no_birth_date(town: Town, person: Person) -> Person:
    cell = town.random.choice(["", "-"])
    return person.but(birth_cell=cell, birth_is_stated=False, fixes=("birthdate_from_nik",))


def _other_birth_date(town: Town, person: Person) -> Person:
    other = date(person.born_on.year - 1, person.born_on.month, person.born_on.day)
    return person.but(born_on=other, outcome="review", reasons=("nik_birthdate_mismatch",))


def _other_sex(town: Town, person: Person) -> Person:
    other = "L" if person.sex == "P" else "P"
    return person.but(sex=other, outcome="review", reasons=("nik_sex_mismatch",))


def _vague_job(town: Town, person: Person) -> Person:
    job = town.random.choice(
        ["-", "", "Wiraswasta", "Karyawan swasta", "Ibu rumah tangga", "lainnya"]
    )
    return person.but(job=job, category="", outcome="review", reasons=("category_unknown",))


def _titled(town: Town, person: Person) -> Person:
    cell = town.random.choice(
        [
            f"H. {person.name}",
            f"{person.name}, S.Pd.I",
            f"Hj. {person.name.upper()}",
            f"  {person.name} ",
        ]
    )
    return person.but(name_cell=cell)


FAULTS = (
    _spaced, _confused, _missing, _short, _lettered, _lost, _kept_as_number, _no_such_day,
    _no_such_province, _nameless, _too_old, _too_young, _not_a_day, _no_birth_date,
    _other_birth_date,
    _other_sex, _vague_job, _titled,
)  # fmt: skip

"""How offices lay out their lists. Each layout takes people and gives a sheet."""

from collections.abc import Callable, Sequence
from random import Random

from tests.rosters.kudus import sheets
from tests.rosters.kudus.people import VILLAGES, Person
from tests.rosters.kudus.sheets import SheetToWrite, born, name, nik, place_and_day, sex, village

Layout = Callable[[Random, Sequence[Person]], SheetToWrite]


def two_rows_of_headings(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """From column B; merged headings; ticks for the sex; family cards beside the NIK."""
    sheet = SheetToWrite("Usulan 2026")
    sheet.add(None, "PEMERINTAH KABUPATEN KUDUS")
    sheet.add(None, "DATA PEKERJA RENTAN SE-KECAMATAN KOTA KUDUS")
    sheet.add()
    sheet.add(
        None, "NO", "NO. KK", "NO.\nKTP / NIK", "NAMA LENGKAP", "TEMPAT / TANGGAL LAHIR", None,
        "JENIS KELAMIN", None, "ALAMAT", None, None, None, "PEKERJAAN", "NO. HP",
    )  # fmt: skip
    sheet.add(
        None, None, None, None, None, "TEMPAT", "TANGGAL", "L", "P", "JALAN", "RT", "RW",
        "DESA / KEL.",
    )  # fmt: skip
    sheet.merged += [(3, place, 4, place) for place in (1, 2, 3, 4, 13, 14)]
    sheet.merged += [(3, 5, 3, 6), (3, 7, 3, 8), (3, 9, 3, 12)]
    sheet.add(None, *(f"({number})" for number in range(1, 15)))
    for number, person in enumerate(people, start=1):
        tick = draw.choice(["√", "v", "V", "1", "x"])
        man, woman = (tick, None) if person.sex == "L" else (None, tick)
        sheet.add_person(
            person, None, number, person.family_card, nik(person), name(person), person.birthplace,
            born(draw, person), man, woman, person.street, person.rt, f"{person.rw:03}",
            village(draw, person), person.job, int(person.phone),
        )  # fmt: skip
    sheet.add(None, None, "JUMLAH", None, len(people))
    sheets.signature(sheet, 3)
    return sheet


def pages(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """Headings again on every page, with a subtotal; the village in the address only."""
    sheet = SheetToWrite("Sheet1")
    sheet.add("REKAP USULAN KEPESERTAAN BPJS KETENAGAKERJAAN")
    sheet.add("Tahun Anggaran : 2026")
    for start in range(0, len(people), 15):
        sheet.add()
        sheet.add(
            "No. Urut", "N A M A", "N.I.K.", "Tempat/Tgl. Lahir", "L/P", "Alamat Domisili",
            "Mata Pencaharian",
        )  # fmt: skip
        for number, person in enumerate(people[start : start + 15], start=start + 1):
            address = (
                f"{person.street} RT {person.rt}/RW {person.rw} Desa {VILLAGES[person.region]}"
                f"{draw.choice([', Kec. Kota Kudus', ' Kudus', ''])}"
            )
            sheet.add_person(
                person, f"{number}.", name(person), nik(person), place_and_day(draw, person),
                sex(draw, person), address, person.job,
            )  # fmt: skip
        sheet.add("Jumlah halaman ini", None, None, None, None, None, 15)
    sheets.signature(sheet, 1)
    return sheet


def parts_by_village(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """One list with a heading for each village inside, and no column for it."""
    sheet = SheetToWrite("Gabungan")
    sheet.add("NO", "NAMA PEKERJA", "NIK KTP", "TGL LHR", "JNS KELAMIN", "RT/RW", "USAHA")
    number = 0
    for code, title in VILLAGES.items():
        there = [person for person in people if person.region == code]
        if not there:
            continue
        sheet.add(draw.choice([f"DESA {title.upper()}", f"Desa/Kel. : {title}"]))
        for person in there:
            number += 1
            sheet.add_person(
                person, number, name(person), nik(person), born(draw, person), sex(draw, person),
                f"{person.rt:03}/{person.rw:03}", person.job,
            )  # fmt: skip
        sheet.add()
    sheet.add(None, "TOTAL", number)
    return sheet


def swapped_headings(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """NIK under NAMA and the name under NIK; the day of birth in three columns; no number."""
    sheet = SheetToWrite("Data Final")
    sheet.add("DAFTAR PENERIMA MANFAAT DBHCHT")
    sheet.add(
        "NIK",
        "NAMA",
        "TANGGAL LAHIR",
        None,
        None,
        "KELAMIN",
        "ALAMAT",
        "DESA",
        "JENIS PEKERJAAN",
        "KET",
    )
    sheet.add(None, None, "TGL", "BLN", "THN")
    for person in people:
        cell = person.birth_cell
        day = (person.born_on.day, person.born_on.month, person.born_on.year)
        parts = day if cell is None else (cell, None, None) if cell else (None, None, None)
        sheet.add_person(
            person, name(person), nik(person), *parts, sex(draw, person), person.street,
            village(draw, person), person.job, None,
        )  # fmt: skip
    return sheet


def no_headings(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """An export without a line of headings."""
    sheet = SheetToWrite("export")
    for person in people:
        sheet.add_person(
            person, nik(person), name(person), born(draw, person), sex(draw, person),
            f"{person.street} RT {person.rt:02} RW {person.rw:02} Kel. {VILLAGES[person.region]}",
            person.job, person.phone,
        )  # fmt: skip
    return sheet


def merged_villages(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """The village stands once, merged over its people; hidden rows and sheet."""
    sheet = SheetToWrite("tersembunyi", hidden=True)
    sheet.add()
    sheet.add("Desa", "Nama Peserta", "Nomor Induk Kependudukan", "Tanggal Lahir", "JK", "Profesi")
    for code, title in VILLAGES.items():
        there = [person for person in people if person.region == code]
        first = len(sheet.rows)
        for at, person in enumerate(there):
            sheet.add_person(
                person, title if at == 0 else None, name(person), nik(person), born(draw, person),
                sex(draw, person), person.job,
            )  # fmt: skip
        if len(there) > 1:
            sheet.merged.append((first, 0, first + len(there) - 1, 0))
    sheet.hidden_rows = [3, 5, 8]
    return sheet


def two_lists(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """Two lists in one sheet with different columns, each under a title of its own."""
    sheet = SheetToWrite("Rekap & Data")
    half = len(people) // 2
    sheet.add("A. DAFTAR PERTAMA")
    sheet.add("No", "Nama", "NIK", "Tgl Lahir", "L/P", "Pekerjaan", "Kelurahan/Desa")
    for number, person in enumerate(people[:half], start=1):
        sheet.add_person(
            person, number, name(person), nik(person), born(draw, person), sex(draw, person),
            person.job, village(draw, person),
        )  # fmt: skip
    sheets.signature(sheet, 1)
    sheet.add()
    sheet.add("B. DAFTAR KEDUA")
    sheet.add("NO", "DESA", "PEKERJAAN", "NO KTP", "NAMA SESUAI KTP", "JENIS KELAMIN (L/P)", "TTL")
    for number, person in enumerate(people[half:], start=1):
        sheet.add_person(
            person, number, village(draw, person), person.job, nik(person), name(person),
            sex(draw, person), place_and_day(draw, person),
        )  # fmt: skip
    sheet.add(None, "Jumlah", None, len(people) - half)
    return sheet


def side_by_side(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """Two lists beside each other under the same headings."""
    sheet = SheetToWrite("Berdampingan")
    headings = ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "JK", "DESA", "PEKERJAAN"]
    sheet.add(*headings, None, *headings)
    half = (len(people) + 1) // 2
    for at in range(half):
        cells: list[sheets.Cell] = []
        for number in (at, at + half):
            if number < len(people):
                person = people[number]
                cells += [
                    number + 1, name(person), nik(person), born(draw, person), sex(draw, person),
                    village(draw, person), person.job, None,
                ]  # fmt: skip
        row = sheet.add(*cells)
        sheet.people += [
            (row, people[number]) for number in (at, at + half) if number < len(people)
        ]
    return sheet


def late_headings(draw: Random, people: Sequence[Person]) -> SheetToWrite:
    """Thirty lines of letterhead and explanation first; jobs in two columns, one of them vague."""
    sheet = SheetToWrite("DATA")
    sheet.add("PEMERINTAH KABUPATEN KUDUS")
    for number in range(28):
        sheet.add(
            None,
            f"{number + 1}. Mohon diisi lengkap sesuai KTP dan KK, nama dan NIK tanpa singkatan."
            if number % 3 == 0
            else None,
        )
    sheet.add(
        "NO", "Nomor KTP-el", "Nama Lengkap Sesuai KTP", "Nama Ibu Kandung", "Umur",
        "Tgl Lahir (hari/bln/thn)", "Gender", "Agama", "Kategori", "Pekerjaan", "Penghasilan/bln",
        "Kecamatan", "Kelurahan",
    )  # fmt: skip
    for number, person in enumerate(people, start=1):
        age = 2026 - person.born_on.year
        sheet.add_person(
            person, number, nik(person), name(person), "Sumiyati", age,
            born(draw, person), sex(draw, person), "Islam",
            draw.choice(["Pekerja rentan", "Swasta", ""]), person.job,
            draw.choice([1_000_000, "Rp 1.500.000,-", "1,2 jt"]), "Kota Kudus",
            village(draw, person),
        )  # fmt: skip
    return sheet


LAYOUTS: tuple[Layout, ...] = (
    two_rows_of_headings, pages, parts_by_village, swapped_headings, no_headings, merged_villages,
    two_lists, side_by_side, late_headings,
)  # fmt: skip

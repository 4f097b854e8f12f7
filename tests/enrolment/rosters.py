"""Rosters as an office would send them, checked. Nobody in them exists."""

from datetime import date
from pathlib import Path

from sertakan.enrolment.imports import take_in
from sertakan.rosters.check import check
from tests.enrolment.making import NOW, an_officer

CHECKED_ON = date(2026, 1, 1)
HEADING = "No,NIK,Nama,Tanggal Lahir,Jenis Kelamin,Pekerjaan,Alamat,No HP"


def a_nik(serial, born_on=date(1980, 5, 12)):
    return f"357701{born_on:%d%m%y}{serial:04}"


def a_roster(folder: Path, *rows, name="Kelurahan Klegen.csv"):
    """A CSV of (nik, name) or (nik, name, job); its path."""
    lines = [HEADING]
    for number, row in enumerate(rows, start=1):
        nik, person, job = (*row, "Ketua RT 03")[:3]
        lines.append(
            f"{number},{nik},{person},12-05-1980,L,{job},Jl. Melati {number},0812000{number}"
        )
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def checked(*paths, **lists):
    return check(list(paths), CHECKED_ON, "35.77", **lists)


def taken_in(agreement, *paths, lists=None, **told):
    """The rosters, checked and taken in by Sari the officer."""
    return take_in(
        checked=checked(*paths, **(lists or {})),
        agreement=agreement,
        by=an_officer(),
        now=told.pop("now", NOW),
        **told,
    )

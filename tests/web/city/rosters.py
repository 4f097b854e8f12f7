"""Rosters given over the pages, and what the worker does with them. Nobody in them exists."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from sertakan.enrolment.models import RosterUpload
from tests.work.running import run_waiting

HEADING = "No,NIK,Nama,Tanggal Lahir,Jenis Kelamin,Pekerjaan,Alamat,No HP"


def a_nik(serial, born="120580"):
    return f"357701{born}{serial:04}"


def a_file(*rows, name="Kelurahan Klegen.csv"):
    """A CSV of (nik, name), and where told the job and the number of the house."""
    lines = [HEADING]
    for number, row in enumerate(rows, start=1):
        nik, person, *more = row
        job = more[0] if more else "Ketua RT 03"
        house = more[1] if len(more) > 1 else number
        lines.append(
            f"{number},{nik},{person},12-05-1980,L,{job},Jl. Melati {house},0812000{house}"
        )
    return SimpleUploadedFile(name, ("\n".join(lines) + "\n").encode())


def once(**told):
    """A form with its token."""
    return {"once": str(uuid.uuid4()), **told}


def uploaded(client, *files, **told):
    """The upload that stands after these files were sent and checked."""
    client.post("/kota/daftar/unggah", once(files=list(files), checked_on="2026-01-01", **told))
    run_waiting()
    return RosterUpload.objects.latest("pk")


def taken_in(client, agreement, *files):
    """The import that these files became."""
    upload = uploaded(client, *files)
    take_in(client, upload, agreement)
    run_waiting()
    upload.refresh_from_db()
    return upload.roster_import


def take_in(client, upload, agreement):
    """What is answered to an officer who takes the upload in."""
    return client.post(f"/kota/daftar/unggahan/{upload.pk}/masukkan", once(agreement=agreement.pk))

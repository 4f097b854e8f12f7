"""What lies on the desks when the demonstration opens: work that nobody has done yet.

A renewal waits for the branch, a death reported today waits for a decision, and an operator has
sent a list of her kelurahan. None of it is in the figures of the year.
"""

from datetime import date, timedelta

from sertakan.access.models import Appointment
from sertakan.access.roles import Role
from sertakan.claims.operations import receive_document, report
from sertakan.cli.demo.cast import YEAR
from sertakan.cli.demo.stage import Stage, at, enrolled_under
from sertakan.enrolment.uploading import Sent, upload
from sertakan.sponsors.operations import renew

DIED_DAYS_AGO = 4
# The NIK of each begins with the codes of the kelurahan's district.
LISTED = (
    ("0000014508850011", "Sulastri Handayani", "P", "Kader Posyandu"),
    ("0000011203790012", "Bejo Santoso", "L", "Ketua RT"),
    ("0000015109690013", "Tumini", "P", "Pedagang sayur"),
    ("0000010102030", "Wagiman", "L", "Petani"),  # digits are missing
    ("0000012107010014", "Dewi Ratnasari", "P", "Marbot masjid"),  # a NIK of a man
)


def fill(stage: Stage, *, on: date) -> None:
    """Leave something to do for the branch, the claims desk and the city."""
    _renewal(stage, on)
    _death(stage, on)
    _roster(stage, on)


def _renewal(stage: Stage, on: date) -> None:
    old = stage.agreements.utility
    renew(
        agreement=old,
        number=old.number.replace(str(YEAR), str(YEAR + 1)),
        starts_on=old.ends_on,
        ends_on=date(YEAR + 2, 1, 1),
        by=stage.cast.utility,
        now=at(on),
    )


def _death(stage: Stage, on: date) -> None:
    person = enrolled_under(stage.agreements.vulnerable, "linmas")
    if person is None or hasattr(person, "claim"):
        return
    by, now = stage.cast.officer, at(on)
    claim = report(
        person=person,
        died_on=on - timedelta(DIED_DAYS_AGO),
        cause="ordinary",
        statements={
            "working_when_accepted": True,
            "survivors": [{"relation": "spouse", "id": "Murni"}],
        },
        reporter_name="Murni",
        reporter_relation="spouse",
        reported_on=on,
        by=by,
        now=now,
    )
    receive_document(claim=claim, kind="death_certificate", received_on=on, by=by, now=now)


def _roster(stage: Stage, on: date) -> None:
    sender = Appointment.objects.filter(role=Role.KELURAHAN_OPERATOR).first()
    if sender is None or sender.region is None:
        return
    village = sender.region
    prefix = village.pk.replace(".", "")[:6]
    lines = ["No;Nama;NIK;L/P;Pekerjaan;Kelurahan"] + [
        f"{number};{name};{prefix}{nik[6:]};{sex};{job};{village.name}"
        for number, (nik, name, sex, job) in enumerate(LISTED, 1)
    ]
    upload(
        files=[Sent(f"Usulan_{village.name}.csv", "\n".join(lines).encode())],
        region=village,
        checked_on=on,
        by=sender.user,
        now=at(on),
    )

"""Deaths to tell stories with. Nobody here exists."""

from datetime import date

from sertakan.claims import operations
from sertakan.people.models import Person
from tests.enrolment.making import NOW, an_officer

WORKED = {"working_when_accepted": True, "children": []}


def reported(person, died_on, *, cause="ordinary", by="Rini", on=None, phone="", **statements):
    return operations.report(
        person=Person.objects.get(pk=person),
        died_on=died_on,
        cause=cause,
        statements={**WORKED, **statements},
        reporter_name="Siti",
        reporter_relation="spouse",
        reporter_phone=phone,
        reported_on=on or died_on,
        by=an_officer(by),
        now=NOW,
    )


def with_papers(claim, on=date(2026, 12, 1)):
    for kind in ("death_certificate", "heir_statement"):
        operations.receive_document(
            claim=claim, kind=kind, received_on=on, by=an_officer("Rini"), now=NOW
        )
    return claim


def decided(claim, on=date(2026, 12, 1), by="Dewi"):
    return operations.decide(claim=claim, on=on, by=an_officer(by), now=NOW)


def approved(claim, on=date(2026, 12, 2), by="Eko"):
    return operations.approve(claim=claim, on=on, by=an_officer(by), now=NOW)


def paid_out(claim, on=date(2026, 12, 3), reference="OUT1", by="Eko"):
    return operations.pay(claim=claim, on=on, bank_reference=reference, by=an_officer(by), now=NOW)


def confirmed(claim, matter="arrears_paid_after_death", note="Sponsor paid late.", by="Fajar"):
    return operations.confirm(claim=claim, matter=matter, note=note, by=an_officer(by), now=NOW)

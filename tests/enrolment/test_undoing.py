"""An import is undone by one exact reversal, until something was billed."""

from datetime import date

import polars as pl
import pytest
from django.db import connection

from sertakan.audit.models import Event
from sertakan.contributions.operations import issue_bill
from sertakan.enrolment.ending import end
from sertakan.enrolment.errors import CannotUndo
from sertakan.enrolment.models import Enrolment, Finding, RosterImport, RosterRow, Screening
from sertakan.enrolment.review import accept, dismiss
from sertakan.enrolment.undoing import references_to, undo
from sertakan.enrolment.waiting import fill_places
from sertakan.people.models import Person
from sertakan.people.operations import register_many
from sertakan.vocabulary import Month
from tests.enrolment.making import (
    NOW,
    an_agreement,
    an_officer,
    endings,
    enrol_them,
    enrolled,
    enrolments_of,
)
from tests.enrolment.rosters import a_nik, a_roster, taken_in

pytestmark = pytest.mark.django_db

MAR, JUL = date(2026, 3, 1), date(2026, 7, 1)
BUDI, WATI, JOKO = (a_nik(1), "Budi Contoh"), (a_nik(2), "Wati Misal"), (a_nik(3), "Joko Umpama")
ODD = (a_nik(4), "Ani Misal", "kosmonot")
# What was done is not undone; the words of names are for searching alone.
STAY = {"audit_event", "audit_seal", "people_nameword", "enrolment_rosterimport"}


def everything():
    """Every row of every table of ours, but those that stay."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - STAY
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t ORDER BY 1")
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def take_back(taken):
    return undo(roster_import=taken.roster_import, by=an_officer(), now=NOW)


def row_of(name):
    return RosterRow.objects.get(name=name).pk


def test_after_an_undo_the_tables_are_as_before(tmp_path):
    agreement = an_agreement(places=2)
    an_officer()
    taken_in(agreement, a_roster(tmp_path, BUDI, name="dulu.csv"))
    before = everything()

    taken = taken_in(agreement, a_roster(tmp_path, BUDI, WATI, JOKO, ODD, ("1", "Salah")))
    assert (taken.enrolled, taken.waiting) == (1, 1)
    undone = take_back(taken)

    assert everything() == before
    assert (undone.undone_at, undone.undone_by) == (NOW, an_officer())
    assert Event.objects.get(verb="undone").details == {"people": 2}


def test_what_grew_out_of_an_import_goes_with_it(tmp_path):
    agreement = an_agreement(places=1)
    an_officer()
    before = everything()
    taken = taken_in(agreement, a_roster(tmp_path, BUDI, WATI, ODD, ("1", "Salah")))

    right = {row_of("Ani Misal"): {"category": "farmer"}}
    accept(rows=list(right), corrected=right, on=MAR, by=an_officer(), now=NOW)
    dismiss(rows=[row_of("Salah")], by=an_officer(), now=NOW)
    first = Enrolment.objects.get()
    end(endings=endings((first.pk, MAR, "moved")), by=an_officer(), now=NOW)
    fill_places(agreement=agreement, starts_on=MAR, by=an_officer(), now=NOW)
    take_back(taken)

    assert everything() == before


def test_the_chain_of_those_who_stay_is_closed_again(tmp_path):
    person = register_many_as(BUDI)
    city, utility = an_agreement(), an_agreement("PKS/2")
    enrol_them(utility, [person], ends_on=date(2026, 1, 3))
    enrol_them(
        an_agreement("PKS/2027", starts_on=date(2027, 1, 1), ends_on=JUL.replace(year=2027)),
        [person],
        date(2027, 1, 1),
    )
    before = everything()

    taken = taken_in(city, a_roster(tmp_path, BUDI))
    assert len(enrolments_of(person)) == 3
    take_back(taken)

    assert everything() == before


def test_people_whom_others_need_stay(tmp_path):
    city, utility = an_agreement(), an_agreement("PKS/2")
    taken = taken_in(city, a_roster(tmp_path, BUDI, WATI))
    budi = Person.objects.get(name="Budi Contoh").pk
    end(
        endings=endings((Enrolment.objects.get(person_id=budi).pk, MAR, "moved")),
        by=an_officer(),
        now=NOW,
    )
    enrol_them(utility, [budi], MAR)

    take_back(taken)

    assert list(Person.objects.values_list("name", flat=True)) == ["Budi Contoh"]
    kept = Enrolment.objects.get()
    assert (kept.agreement, kept.previous_ends_on) == (utility, None)


def test_who_replaced_somebody_of_the_import_stays_and_replaces_nobody(tmp_path):
    agreement = an_agreement(places=1)
    taken = taken_in(agreement, a_roster(tmp_path, BUDI))
    first = Enrolment.objects.get()
    end(endings=endings((first.pk, MAR, "moved")), by=an_officer(), now=NOW)
    successor = register_many_as(WATI)
    enrol_them(agreement, [successor], MAR, replaces=first.pk)

    take_back(taken)

    assert Enrolment.objects.get().replaces is None


def test_findings_about_the_people_of_an_import_go_with_it(tmp_path):
    taken = taken_in(an_agreement(), a_roster(tmp_path, BUDI))
    screening = Screening.objects.create(
        screened_on=MAR, enrolled=1, screened_at=NOW, screened_by=an_officer()
    )
    Finding.objects.create(
        screening=screening, enrolment=Enrolment.objects.get(), reason="death", since=MAR
    )

    take_back(taken)

    assert not Finding.objects.exists()


def test_nothing_is_undone_once_it_was_billed(tmp_path):
    agreement = an_agreement()
    taken = taken_in(agreement, a_roster(tmp_path, BUDI, WATI))
    january = Month(2026, 1)
    issue_bill(
        agreement=agreement,
        first_month=january,
        last_month=january,
        on=MAR,
        by=an_officer(),
        now=NOW,
    )
    before = everything()

    with pytest.raises(CannotUndo, match="2 of its people were billed"):
        take_back(taken)

    assert everything() == before


def test_an_import_is_undone_once(tmp_path):
    taken = taken_in(an_agreement(), a_roster(tmp_path, BUDI))
    take_back(taken)

    with pytest.raises(CannotUndo, match="was undone already, on 5 January 2026"):
        take_back(taken)


def test_an_undone_import_can_be_taken_in_again(tmp_path):
    agreement, roster = an_agreement(), a_roster(tmp_path, BUDI)
    take_back(taken_in(agreement, roster))

    assert taken_in(agreement, roster).enrolled == 1
    assert RosterImport.objects.count() == 2


def test_places_are_free_again_after_an_undo(tmp_path):
    agreement = an_agreement(places=1)
    take_back(taken_in(agreement, a_roster(tmp_path, BUDI)))

    enrolled(register_many_as(WATI), agreement)


def test_every_table_that_names_a_person_is_asked_before_one_is_forgotten():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.confrelid = 'people_person'::regclass"
        )
        keys = set(cursor.fetchall())

    assert keys <= set(references_to(Person))


def register_many_as(known):
    frame = pl.DataFrame({"nik": [known[0]], "name": [known[1]], "birth_date": [date(1980, 5, 12)]})
    return register_many(frame, by=an_officer(), now=NOW)["person_id"][0]

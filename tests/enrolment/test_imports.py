"""Taking a checked roster in: whole, once, and every row accounted for."""

from datetime import date, timedelta

import pytest

from sertakan.audit.models import Event
from sertakan.enrolment.errors import CannotEnrol, ImportedBefore, NothingToImport
from sertakan.enrolment.models import Enrolment, RosterImport, RosterRow, Waiting
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from tests.enrolment.making import NOW, an_agreement, enrol_them, some_people
from tests.enrolment.rosters import CHECKED_ON, a_nik, a_roster, taken_in

pytestmark = pytest.mark.django_db

BUDI, WATI, JOKO = (a_nik(1), "Budi Contoh"), (a_nik(2), "Wati Misal"), (a_nik(3), "Joko Umpama")


def rows_kept():
    return {row.name: (row.outcome, row.reasons) for row in RosterRow.objects.all()}


def test_accepted_rows_are_enrolled_in_their_order_and_the_rest_waits(tmp_path):
    agreement = an_agreement(places=2)

    taken = taken_in(agreement, a_roster(tmp_path, WATI, BUDI, JOKO))

    assert (taken.enrolled, taken.waiting, taken.review) == (2, 1, 0)
    enrolled = Enrolment.objects.order_by("pk").select_related("person")
    assert [one.person.name for one in enrolled] == ["Wati Misal", "Budi Contoh"]
    assert [turn.person.name for turn in Waiting.objects.all()] == ["Joko Umpama"]
    first = enrolled[0]
    assert first.roster_source == "Kelurahan Klegen.csv||2"
    assert (first.starts_on, first.accepted_on, first.category) == (
        date(2026, 1, 5),  # the day of acceptance: later than the agreement's first day
        date(2026, 1, 5),
        "rt_rw",
    )
    assert first.person.region_id == first.region_id == "35.77.01.1003"
    roster_import = taken.roster_import
    assert (roster_import.rows, roster_import.accepted) == (3, 3)
    assert Event.objects.get(verb="taken_in").details["enrolled"] == 2


def test_every_other_row_is_kept_with_its_reasons_and_nothing_readable_of_the_nik(tmp_path):
    roster = a_roster(
        tmp_path,
        BUDI,
        (a_nik(1), "Budi Lagi"),
        ("123", "Nanik Pendek"),
        (a_nik(4), "Ani Misal", "kosmonot"),
    )

    taken = taken_in(an_agreement(), roster, checked_on=CHECKED_ON)

    assert (taken.enrolled, taken.review) == (1, 1)
    assert rows_kept() == {
        "Budi Lagi": ("duplicate", ["duplicate_in_import"]),
        "Nanik Pendek": ("rejected", ["nik_length"]),
        "Ani Misal": ("review", ["category_unknown"]),
    }
    kept = RosterRow.objects.get(name="Nanik Pendek")
    assert decrypt(kept.nik_encrypted, "nik") == "123"
    assert b"123" not in bytes(kept.nik_encrypted)
    again = RosterRow.objects.get(name="Budi Lagi")
    assert again.duplicate_of == "Kelurahan Klegen.csv||2"
    assert decrypt(again.phone_encrypted, "phone") == "08120002"


def test_every_row_is_accounted_for(tmp_path):
    roster = a_roster(
        tmp_path, BUDI, WATI, JOKO, BUDI, ("1", "Nanik"), (a_nik(9), "Ani Misal", "kosmonot")
    )

    taken = taken_in(an_agreement(places=1, categories=["rt_rw"]), roster)

    whole = taken.roster_import
    assert whole.rows == 6
    assert whole.rows == taken.enrolled + taken.waiting + RosterRow.objects.count()


def test_a_category_outside_the_agreement_is_not_enrolled_but_kept(tmp_path):
    roster = a_roster(tmp_path, BUDI, (*WATI, "petani"))

    taken = taken_in(an_agreement(categories=["rt_rw"]), roster)

    assert (taken.enrolled, taken.left_out) == (1, {"category_not_in_agreement": 1})
    assert rows_kept() == {"Wati Misal": ("review", ["category_not_in_agreement"])}
    assert not Person.objects.filter(name="Wati Misal").exists()


def test_who_is_enrolled_elsewhere_is_a_duplicate(tmp_path):
    roster = a_roster(tmp_path, BUDI, WATI)
    taken_in(an_agreement("PKS/pdam"), a_roster(tmp_path, BUDI, name="pdam.csv"))

    taken = taken_in(an_agreement(), roster)

    assert (taken.enrolled, taken.left_out) == (1, {"already_enrolled": 1})
    assert rows_kept() == {"Budi Contoh": ("duplicate", ["already_enrolled"])}
    assert Person.objects.count() == 2


def test_the_dead_and_the_too_old_by_the_records_are_rejected(tmp_path):
    agreement = an_agreement()
    taken_in(an_agreement("PKS/0", places=1), a_roster(tmp_path, BUDI, WATI, name="lama.csv"))
    Enrolment.objects.all().delete()
    Person.objects.filter(name="Budi Contoh").update(died_on=date(2025, 12, 30))
    Person.objects.filter(name="Wati Misal").update(birth_date=date(1950, 1, 1))

    taken = taken_in(agreement, a_roster(tmp_path, BUDI, WATI))

    assert taken.left_out == {"deceased": 1, "over_age": 1}
    assert rows_kept() == {
        "Budi Contoh": ("rejected", ["deceased"]),
        "Wati Misal": ("rejected", ["over_age"]),
    }


def test_the_same_file_twice_is_refused_and_the_first_import_named(tmp_path):
    agreement = an_agreement()
    first = taken_in(agreement, a_roster(tmp_path, BUDI))
    copy = a_roster(tmp_path, BUDI, name="salinan.csv")

    with pytest.raises(ImportedBefore, match=f"salinan.csv .* import {first.roster_import.pk} on"):
        taken_in(agreement, copy, now=NOW + timedelta(days=1))

    assert RosterImport.objects.count() == 1


def test_a_folder_with_one_more_file_brings_that_file_alone(tmp_path):
    agreement = an_agreement()
    first = a_roster(tmp_path, BUDI, ("1", "Salah"))
    taken_in(agreement, first)
    second = a_roster(tmp_path, WATI, name="susulan.csv")

    taken = taken_in(agreement, first, second)

    assert (taken.enrolled, taken.known_files) == (1, ("Kelurahan Klegen.csv",))
    assert (taken.roster_import.rows, RosterRow.objects.count()) == (1, 1)


def test_the_same_file_under_another_agreement_enrols_nobody_twice(tmp_path):
    roster = a_roster(tmp_path, BUDI, WATI)
    taken_in(an_agreement(places=1), roster)

    taken = taken_in(an_agreement("PKS/pdam"), roster)

    assert (taken.enrolled, taken.left_out) == (1, {"already_enrolled": 1})  # Wati waited


def test_nothing_is_taken_in_where_nothing_can_be_read(tmp_path):
    empty = tmp_path / "kosong.csv"
    empty.write_text("No,NIK,Nama\n")

    with pytest.raises(NothingToImport, match="holds a person"):
        taken_in(an_agreement(), empty)


def test_nothing_is_left_of_an_import_that_is_refused(tmp_path):
    with pytest.raises(CannotEnrol, match="not in force"):
        taken_in(an_agreement(state="draft"), a_roster(tmp_path, BUDI))

    assert not Person.objects.exists()
    assert not RosterImport.objects.exists()


def test_known_people_keep_what_is_known_of_them(tmp_path):
    person = some_people("Budi")[0]
    enrol_them(an_agreement("PKS/0"), [person], ends_on=date(2026, 1, 3))
    nik = decrypt(Person.objects.get().nik_encrypted, "nik")

    taken = taken_in(an_agreement(), a_roster(tmp_path, (nik, "Budi Kedua")))

    assert (taken.enrolled, Person.objects.get().name) == (1, "Budi")

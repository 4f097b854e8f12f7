"""Somebody looks at the rows that were not simply accepted."""

from datetime import date

import pytest

from sertakan.enrolment.errors import CannotDecide
from sertakan.enrolment.models import Enrolment, RosterRow, Waiting
from sertakan.enrolment.review import accept, dismiss
from sertakan.people.models import Person
from sertakan.people.queries import by_nik
from tests.enrolment.making import NOW, an_agreement, an_officer
from tests.enrolment.rosters import a_nik, a_roster, taken_in

pytestmark = pytest.mark.django_db

FEB = date(2026, 2, 1)
BUDI = (a_nik(1), "Budi Contoh")
ANI, SITI = (a_nik(4), "Ani Misal", "kosmonot"), (a_nik(5), "Siti Umpama", "kosmonot")
SHORT = ("123", "Nanik Pendek")


@pytest.fixture
def city(tmp_path):
    """Two places; Budi has one, and three rows are left to decide."""
    agreement = an_agreement(places=2)
    taken_in(agreement, a_roster(tmp_path, BUDI, ANI, SITI, SHORT))
    return agreement


def row_of(name):
    return RosterRow.objects.get(name=name)


def accept_rows(*names, corrected=None, **told):
    corrected = {row_of(name).pk: right for name, right in (corrected or {}).items()}
    rows = [row_of(name).pk for name in names]
    return accept(
        rows=rows, corrected=corrected, **{"on": FEB, "by": an_officer(), "now": NOW, **told}
    )


def test_a_row_put_right_becomes_an_enrolment_of_its_import(city):
    accepted = accept_rows("Ani Misal", corrected={"Ani Misal": {"category": "farmer"}})

    assert (accepted.enrolled, accepted.waiting, accepted.left_open) == (1, 0, {})
    kept = Enrolment.objects.get(person__name="Ani Misal")
    assert (kept.starts_on, kept.accepted_on, kept.category) == (FEB, FEB, "farmer")
    assert kept.roster_import == row_of("Ani Misal").roster_import
    assert kept.roster_source == "Kelurahan Klegen.csv||3"
    assert (row_of("Ani Misal").state, row_of("Ani Misal").decided_by) == ("admitted", an_officer())


def test_many_rows_are_accepted_at_once_and_who_finds_no_place_waits(city):
    right = {"category": "msme"}

    accepted = accept_rows(
        "Ani Misal", "Siti Umpama", corrected={"Ani Misal": right, "Siti Umpama": right}
    )

    assert (accepted.enrolled, accepted.waiting) == (1, 1)
    assert Waiting.objects.get().person.name == "Siti Umpama"


def test_a_rejected_row_is_accepted_with_the_right_nik(city):
    accept_rows("Nanik Pendek", corrected={"Nanik Pendek": {"nik": a_nik(77)}})

    assert by_nik(a_nik(77)).name == "Nanik Pendek"


def test_a_row_whose_person_is_enrolled_already_stays_open(city):
    accepted = accept_rows("Nanik Pendek", corrected={"Nanik Pendek": {"nik": BUDI[0]}})

    assert accepted.left_open == {row_of("Nanik Pendek").pk: "already_enrolled"}
    assert row_of("Nanik Pendek").state == "open"


@pytest.mark.parametrize(
    ("name", "right", "sentence"),
    [
        ("Ani Misal", {}, r"Klegen.csv\|\|3: the category is none of"),
        ("Nanik Pendek", {}, r"Klegen.csv\|\|5: the NIK is faulty \(nik_length\)"),
        ("Ani Misal", {"category": "farmer", "name": " "}, "name is missing"),
        ("Ani Misal", {"category": "farmer", "sector": "sea"}, "sector is none of"),
        ("Ani Misal", {"category": "farmer", "income": -1}, "zero or more"),
        ("Ani Misal", {"category": "farmer", "sex": "X"}, "L or P"),
        ("Ani Misal", {"category": "farmer", "region": "99"}, "no region 99"),
        ("Ani Misal", {"category": "farmer", "height": 170}, "height is nothing that can be"),
    ],
)
def test_a_row_that_is_still_faulty_is_refused_by_name(city, name, right, sentence):
    with pytest.raises(CannotDecide, match=sentence):
        accept_rows(name, corrected={name: right})

    assert row_of(name).state == "open"


def test_two_rows_with_one_nik_are_not_accepted_together(city):
    same = {"nik": a_nik(77), "category": "msme"}

    with pytest.raises(CannotDecide, match="the same NIK stands in another"):
        accept_rows(
            "Ani Misal", "Nanik Pendek", corrected={"Ani Misal": same, "Nanik Pendek": same}
        )


def test_the_dead_and_the_insured_are_not_accepted_under_their_own_nik(tmp_path):
    deaths = tmp_path / "meninggal.csv"
    deaths.write_text(f"nik,nama,tanggal_meninggal\n{ANI[0]},ANI MISAL,2025-11-11\n")
    ani = (*ANI[:2], "Ketua RT 01")
    taken_in(an_agreement(), a_roster(tmp_path, BUDI, ani), lists={"deaths": deaths})

    with pytest.raises(CannotDecide, match="dead, or insured already"):
        accept_rows("Ani Misal")

    assert accept_rows("Ani Misal", corrected={"Ani Misal": {"nik": a_nik(44)}}).enrolled == 1


def test_a_dismissed_row_enrols_nobody_and_is_decided_once(city):
    assert dismiss(rows=[row_of("Ani Misal").pk], note="pindah", by=an_officer(), now=NOW) == 1

    row = row_of("Ani Misal")
    assert (row.state, row.decision_note) == ("dismissed", "pindah")
    assert not Person.objects.filter(name="Ani Misal").exists()
    with pytest.raises(CannotDecide, match="was decided already"):
        accept_rows("Ani Misal")
    with pytest.raises(CannotDecide, match="was decided already"):
        dismiss(rows=[row.pk], by=an_officer(), now=NOW)


def test_rows_that_are_not_there_are_refused(city):
    with pytest.raises(CannotDecide, match="no row with the number 0"):
        dismiss(rows=[0], by=an_officer(), now=NOW)
    with pytest.raises(CannotDecide, match="No row was named"):
        accept_rows()


def test_rows_of_two_agreements_are_not_accepted_together(city, tmp_path):
    taken_in(
        an_agreement("PKS/2"), a_roster(tmp_path, (a_nik(8), "Tono", "kosmonot"), name="b.csv")
    )

    with pytest.raises(CannotDecide, match="more than one agreement"):
        accept_rows("Ani Misal", "Tono")

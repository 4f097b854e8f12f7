"""Everyone enrolled, held against new lists of deaths and of other insurance."""

from datetime import date, timedelta

import pytest

from sertakan.enrolment.ending import end
from sertakan.enrolment.errors import BadList, CannotDecide
from sertakan.enrolment.models import Enrolment, Finding, Screening
from sertakan.enrolment.screening import apply, dismiss, open_findings, screen
from sertakan.enrolment.screening_report import consequences
from sertakan.enrolment.waiting import fill_places
from sertakan.people.encryption import decrypt
from sertakan.people.merging import merge
from sertakan.people.models import Person
from tests.enrolment.making import (
    NOW,
    a_sponsor,
    an_agreement,
    an_officer,
    endings,
    enrol_them,
    enrolled,
    enrolments_of,
    some_people,
)

pytestmark = pytest.mark.django_db

JAN, MAY = date(2026, 1, 1), date(2026, 5, 1)
END = date(2027, 1, 1)


@pytest.fixture
def people(db):
    return some_people("Budi", "Wati", "Joko", "Sri")


@pytest.fixture
def city(people):
    """Three places: Sri waits."""
    agreement = an_agreement(places=3)
    enrol_them(agreement, people)
    return agreement


@pytest.fixture
def lists(tmp_path):
    """Write a list of deaths, (person, day), or of insurance, (person, sponsor, until)."""

    def write(deaths=(), covered=()):
        dead, insured = tmp_path / "meninggal.csv", tmp_path / "aktif.csv"
        dead.write_text(
            "nik,nama,tanggal_meninggal\n"
            + "".join(f"{nik_of(person)},X,{day}\n" for person, day in deaths)
        )
        insured.write_text(
            "nik,nama,segmen,sponsor,aktif_sampai\n"
            + "".join(f"{nik_of(person)},X,PU,{who},{until}\n" for person, who, until in covered)
        )
        return {"deaths": dead, "covered": insured}

    return write


def nik_of(person):
    return decrypt(Person.objects.get(pk=person).nik_encrypted, "nik")


def screened(lists, on=MAY):
    return screen(on=on, by=an_officer(), now=NOW, **lists)


def applied(screening, **which):
    return apply(screening=screening, by=an_officer(), now=NOW, **which)


def found(screening):
    rows = open_findings(screening).values_list("enrolment__person", "reason", "since")
    return list(rows)


def test_the_dead_and_the_insured_are_found_and_nothing_is_ended_yet(city, people, lists):
    budi, wati, *_others = people

    screening = screened(
        lists([(budi, "2026-03-15")], [(wati, "PT Maju", "2026-12-31")]),
    )

    assert screening.enrolled == 3
    assert found(screening) == [
        (budi, "death", date(2026, 3, 15)),
        (wati, "other_insurance", MAY),
    ]
    assert enrolments_of(budi) == enrolments_of(wati) == [(JAN, END)]


def test_what_follows_is_told_before_anything_is_done(city, people, lists):
    budi, wati, _joko, sri = people
    screening = screened(lists([(budi, "2026-03-15")], [(wati, "", "2026-12-31")]))

    first, second = consequences(screening)

    assert (first.person, first.reason, first.ends_on) == (budi, "death", date(2026, 3, 16))
    assert (first.months, second.months) == (9, 8)  # April to December; May to December
    assert (first.next_person, second.next_person) == (sri, None)


def test_a_death_ends_the_promise_on_the_day_after_and_is_noted(city, people, lists):
    budi = people[0]

    assert applied(screened(lists([(budi, "2026-03-15")]))) == 1

    assert enrolments_of(budi) == [(JAN, date(2026, 3, 16))]
    assert Person.objects.get(pk=budi).died_on == date(2026, 3, 15)
    assert Finding.objects.get().state == "applied"


def test_other_insurance_ends_the_promise_on_the_day_of_the_screening(city, people, lists):
    wati = people[1]
    applied(screened(lists(covered=[(wati, "PT Maju", "2026-12-31")])))

    assert enrolments_of(wati) == [(JAN, MAY)]


def test_who_died_before_being_enrolled_was_promised_nothing(city, people, lists):
    budi = people[0]
    (finding,) = consequences(screened(lists([(budi, "2025-11-03")])))
    assert finding.months == 12

    applied(Screening.objects.get())

    assert enrolments_of(budi) == []
    assert Enrolment.objects.get(person_id=budi).void


def test_the_next_in_line_takes_the_place(city, people, lists):
    budi, _wati, _joko, sri = people
    applied(screened(lists([(budi, "2026-03-15")])))

    fill_places(agreement=city, starts_on=MAY, by=an_officer(), now=NOW)

    assert Enrolment.objects.get(person_id=sri).replaces.person_id == budi


def test_insurance_by_the_same_sponsor_or_that_has_ended_is_no_other(city, people, lists):
    budi, wati, *_others = people
    covered = [(budi, f" {a_sponsor().name.upper()} ", "2026-12-31"), (wati, "", "2026-04-30")]

    assert found(screened(lists(covered=covered))) == []


def test_a_death_of_last_year_that_is_heard_of_now_touches_the_old_enrolment_too(lists):
    budi = some_people("Budi")
    old = an_agreement("PKS/2025", starts_on=date(2025, 1, 1), ends_on=JAN)
    enrol_them(old, budi, date(2025, 1, 1), accepted_on=date(2025, 1, 1))
    enrol_them(an_agreement(), budi)

    applied(screened(lists([(budi[0], "2025-11-10")])))

    assert enrolments_of(budi[0]) == [(date(2025, 1, 1), date(2025, 11, 11))]


def test_who_died_on_the_last_day_promised_ends_nothing(people, lists):
    agreement = an_agreement("PKS/2")
    enrol_them(agreement, people[:1], ends_on=MAY)

    assert found(screened(lists([(people[0], "2026-04-30")]))) == []


def test_a_second_screening_finds_nothing_twice(city, people, lists):
    budi, wati, *_others = people
    told = lists([(budi, "2026-03-15")], [(wati, "PT Maju", "2026-12-31")])
    first = screened(told)

    assert found(screened(told)) == []  # still open in the first
    applied(first)
    assert found(screened(told)) == []  # ended


def test_a_dismissed_death_is_not_found_again_but_another_day_of_death_is(city, people, lists):
    budi = people[0]
    first = screened(lists([(budi, "2026-03-15")]))
    finding = Finding.objects.get()
    dismiss(findings=[finding.pk], screening=first, by=an_officer(), now=NOW)

    assert found(screened(lists([(budi, "2026-03-15")]))) == []
    assert found(screened(lists([(budi, "2026-03-16")]))) == [(budi, "death", date(2026, 3, 16))]


def test_findings_are_applied_one_by_one_and_once(city, people, lists):
    budi, wati, *_others = people
    screening = screened(lists([(budi, "2026-03-15"), (wati, "2026-03-20")]))
    first, _second = open_findings(screening)

    assert applied(screening, findings=[first.pk]) == 1
    with pytest.raises(CannotDecide, match="decided already"):
        applied(screening, findings=[first.pk])
    assert applied(screening) == 1
    assert applied(screening) == 0


def test_who_has_left_in_the_meantime_is_left_as_it_is(city, people, lists):
    budi = people[0]
    screening = screened(lists([(budi, "2026-03-15")]))
    enrolment = Enrolment.objects.get(person_id=budi)
    moved = endings((enrolment.pk, date(2026, 2, 1), "moved"))
    end(endings=moved, by=an_officer(), now=NOW)

    assert applied(screening) == 0
    assert enrolments_of(budi) == [(JAN, date(2026, 2, 1))]


def test_one_person_under_two_records_is_found_and_the_later_enrolment_goes(people, lists):
    budi, same = people[:2]
    first = enrolled(budi, an_agreement())
    second = enrolled(same, an_agreement("PKS/2"), date(2026, 2, 1))
    records = Person.objects.in_bulk([budi, same])
    merge(kept=records[budi], merged=records[same], reason="KTP", by=an_officer(), now=NOW)

    screening = screened(lists())

    assert [f.enrolment_id for f in open_findings(screening)] == [second.pk]
    applied(screening)
    assert Enrolment.objects.get(pk=second.pk).void
    assert not Enrolment.objects.get(pk=first.pk).void


def test_a_death_is_found_under_either_record_of_a_person(people, lists):
    budi, same = people[:2]
    enrolled(budi, an_agreement())
    records = Person.objects.in_bulk([budi, same])
    merge(kept=records[budi], merged=records[same], reason="KTP", by=an_officer(), now=NOW)

    assert found(screened(lists([(same, "2026-03-15")]))) == [(budi, "death", date(2026, 3, 15))]


def test_who_was_noted_as_dead_by_others_is_found_without_a_list(city, people):
    Person.objects.filter(pk=people[0]).update(died_on=MAY - timedelta(days=1))

    screening = screen(on=MAY, deaths=None, covered=None, by=an_officer(), now=NOW)

    assert found(screening) == [(people[0], "death", date(2026, 4, 30))]


def test_a_list_that_cannot_be_used_is_refused_by_name_and_line(city, tmp_path):
    bad = tmp_path / "meninggal.csv"
    bad.write_text("nik,nama,tanggal_meninggal\n3577011205800001,BUDI,kemarin\n")

    with pytest.raises(BadList, match=r"meninggal\.csv, baris 2, kolom tanggal_meninggal"):
        screen(on=MAY, deaths=bad, covered=None, by=an_officer(), now=NOW)

    assert not Screening.objects.exists()

"""The line moves in order as places come free."""

from datetime import date

import pytest

from sertakan.enrolment.ending import end
from sertakan.enrolment.errors import CannotEnrol
from sertakan.enrolment.models import Enrolment, Waiting
from sertakan.enrolment.queries import line
from sertakan.enrolment.waiting import fill_places, leave
from sertakan.people.models import Person
from sertakan.sponsors.operations import change_places_and_budget
from tests.enrolment.making import (
    NOW,
    an_agreement,
    an_officer,
    endings,
    enrol_them,
    enrolments_of,
    some_people,
)

pytestmark = pytest.mark.django_db

JAN, MAR, MAY = (date(2026, month, 1) for month in (1, 3, 5))
END = date(2027, 1, 1)


@pytest.fixture
def people(db):
    return some_people("Budi", "Wati", "Joko", "Sri", "Tono")


@pytest.fixture
def city(people):
    """Two places: Budi and Wati are enrolled; Joko, Sri and Tono wait."""
    agreement = an_agreement(places=2)
    enrol_them(agreement, people, category="farmer", income=900_000)
    return agreement


def fill(agreement, starts_on):
    return fill_places(agreement=agreement, starts_on=starts_on, by=an_officer(), now=NOW)


def leaves(person, day, reason="moved"):
    enrolment = Enrolment.objects.get(person_id=person)
    end(endings=endings((enrolment.pk, day, reason)), by=an_officer(), now=NOW)
    return enrolment


def waiting(agreement):
    return [turn.person_id for turn in line(agreement)]


def test_nobody_moves_up_while_every_place_is_taken(city, people):
    filled = fill(city, MAR)

    assert (filled.enrolled, filled.waiting) == (0, 3)


def test_the_next_in_line_takes_the_place_on_the_day_after(city, people):
    budi, _wati, joko, sri, tono = people
    left = leaves(budi, MAR)  # his last day is 28 February

    filled = fill(city, MAR)

    assert (filled.enrolled, filled.waiting) == (1, 2)
    came = Enrolment.objects.get(person_id=joko)
    assert (came.starts_on, came.ends_on, came.replaces) == (MAR, END, left)
    assert (came.category, came.income) == ("farmer", 900_000)
    assert waiting(city) == [sri, tono]
    assert Waiting.objects.get(person_id=joko).enrolment == came


def test_nobody_comes_before_the_place_is_free(city, people):
    leaves(people[0], MAR)

    assert fill(city, date(2026, 2, 28)).enrolled == 0


def test_each_who_comes_replaces_one_who_left_and_nobody_is_replaced_twice(city, people):
    budi, wati, joko, sri, _tono = people
    second, first = leaves(budi, MAY), leaves(wati, MAR)

    fill(city, MAR)
    fill(city, MAY)

    replaced = Enrolment.objects.filter(replaces__isnull=False).order_by("starts_on")
    assert list(replaced.values_list("person_id", "replaces_id")) == [
        (joko, first.pk),
        (sri, second.pk),
    ]


def test_more_places_move_the_line_up_and_replace_nobody(city, people):
    change_places_and_budget(agreement=city, places=4, by=an_officer(), now=NOW)

    assert fill(city, MAR).enrolled == 2
    assert waiting(city) == [people[4]]
    assert not Enrolment.objects.filter(replaces__isnull=False).exists()


def test_the_dead_leave_the_line_and_the_next_moves_up(city, people):
    budi, _wati, joko, sri, _tono = people
    leaves(budi, MAR)
    Person.objects.filter(pk=joko).update(died_on=date(2026, 2, 2))

    filled = fill(city, MAR)

    assert (filled.enrolled, filled.left, filled.waiting) == (1, 1, 1)
    assert enrolments_of(sri) == [(MAR, END)]
    assert Waiting.objects.get(person_id=joko).left_because == "death"


def test_who_is_insured_elsewhere_is_passed_over_and_keeps_the_turn(city, people):
    budi, wati, joko, _sri, tono = people
    leaves(budi, MAR)
    enrol_them(an_agreement("PKS/2"), [joko], ends_on=MAY)

    assert fill(city, MAR).enrolled == 1
    assert waiting(city) == [joko, tono]

    leaves(wati, MAY)
    fill(city, MAY)
    assert waiting(city) == [tono]


def test_a_place_in_an_unbroken_line_of_days_is_needed(city, people):
    budi, _wati, joko, _sri, _tono = people
    leaves(budi, MAR)
    late = some_people("Late")
    Waiting.objects.all().update(state="left", left_because="asked")
    enrol_them(city, late, MAY)
    Waiting.objects.filter(person_id=joko).update(state="waiting", left_because="")

    assert fill(city, MAR).enrolled == 0  # free in March and April, taken from May on


def test_filling_twice_enrols_nobody_twice(city, people):
    leaves(people[0], MAR)

    assert [fill(city, MAR).enrolled, fill(city, MAR).enrolled] == [1, 0]


def test_who_asks_leaves_the_line(city, people):
    turn = line(city)[0]

    assert leave(waiting=[turn.pk], by=an_officer(), now=NOW) == 1
    assert waiting(city) == people[3:]
    with pytest.raises(CannotEnrol, match="does not wait"):
        leave(waiting=[turn.pk], by=an_officer(), now=NOW)


def test_a_chosen_successor_takes_the_place_where_nobody_waits(people):
    budi, wati, *_others = people
    agreement = an_agreement("PKS/3", places=1)
    enrol_them(agreement, [budi])
    left = leaves(budi, MAR)

    enrol_them(agreement, [wati], MAR, replaces=left.pk)

    assert Enrolment.objects.get(person_id=wati).replaces == left
    with pytest.raises(CannotEnrol, match="can be replaced, once"):
        enrol_them(agreement, some_people("Again"), MAR, replaces=left.pk)


def test_who_is_still_enrolled_is_not_replaced(people):
    agreement = an_agreement("PKS/3", places=2)
    enrol_them(agreement, people[:1])
    stays = Enrolment.objects.get(person_id=people[0])

    with pytest.raises(CannotEnrol, match="can be replaced, once"):
        enrol_them(agreement, people[1:2], MAR, replaces=stays.pk)

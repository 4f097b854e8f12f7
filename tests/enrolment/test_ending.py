"""Ending before the time: the days after are given back, and nothing else is touched."""

from datetime import date

import pytest
from django.db import connection

from sertakan.audit.models import Event
from sertakan.enrolment.ending import end
from sertakan.enrolment.errors import CannotEnd, NotEnrolled
from sertakan.enrolment.models import Enrolment
from sertakan.enrolment.queries import free_places
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

JAN, MAR, JUL = (date(2026, month, 1) for month in (1, 3, 7))
END = date(2027, 1, 1)


@pytest.fixture
def city(db):
    return an_agreement()


@pytest.fixture
def budi(city):
    person = some_people("Budi")[0]
    enrol_them(city, [person])
    return person


def end_them(*told):
    return end(endings=endings(*told), by=an_officer(), now=NOW)


def only(person):
    return Enrolment.objects.get(person_id=person)


def judge_the_chain():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_day_after_a_death_is_no_longer_promised(city, budi):
    assert end_them((only(budi).pk, MAR, "death")) == 1

    ended = only(budi)
    assert (ended.ends_on, ended.end_reason, ended.ended_by.name) == (MAR, "death", "Sari")
    assert free_places(city, starts_on=MAR, ends_on=END) == city.places
    assert free_places(city, starts_on=JAN, ends_on=END) == city.places - 1
    assert Event.objects.get(verb="ended").details == {"reasons": {"death": 1}}


@pytest.mark.parametrize("day", [JAN, date(2025, 6, 1)])
def test_an_ending_on_or_before_the_first_day_leaves_nothing(city, budi, day):
    end_them((only(budi).pk, day, "death"))

    ended = only(budi)
    assert (ended.void, ended.ends_on) == (True, None)
    assert free_places(city, starts_on=JAN, ends_on=END) == city.places
    assert (
        enrol_them(city, [budi]).enrolled == 1
    )  # the wrong one was ended; back from the first day


def test_an_enrolment_ends_once_on_a_day(budi):
    end_them((only(budi).pk, MAR, "moved"))

    with pytest.raises(CannotEnd, match="has ended already; its last day was 28 February 2026"):
        end_them((only(budi).pk, MAR, "death"))
    with pytest.raises(CannotEnd, match="has ended already; its last day was 28 February 2026"):
        end_them((only(budi).pk, JUL, "death"))


def test_an_enrolment_that_ended_can_be_found_to_have_ended_earlier(budi):
    end_them((only(budi).pk, JUL, "moved"))
    end_them((only(budi).pk, MAR, "death"))

    assert (only(budi).ends_on, only(budi).end_reason) == (MAR, "death")


def test_what_is_void_cannot_be_ended_again(budi):
    end_them((only(budi).pk, JAN, "asked"))

    with pytest.raises(CannotEnd, match="is void"):
        end_them((only(budi).pk, JAN, "asked"))


def test_nothing_is_ended_later_than_it_ends(budi):
    with pytest.raises(CannotEnd, match="ends anyway; its last day is 31 December 2026"):
        end_them((only(budi).pk, date(2027, 1, 2), "asked"))


def test_one_wrong_ending_leaves_the_whole_set_undone(city, budi):
    with pytest.raises(NotEnrolled, match="no enrolment with the number 0"):
        end_them((only(budi).pk, MAR, "death"), (0, MAR, "death"))

    assert enrolments_of(budi) == [(JAN, END)]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([(1, MAR, "bored")], "bored is none of: death"),
        ([(1, MAR, None)], "names an enrolment, a day and a reason"),
        ([(1, None, "death")], "names an enrolment, a day and a reason"),
        ([(1, MAR, "death"), (1, JUL, "moved")], "1 stands in the list twice"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(told, sentence):
    with pytest.raises(CannotEnd, match=sentence):
        end_them(*told)


def test_who_comes_after_follows_the_new_end(city, budi):
    enrol_them(an_agreement("PKS/2"), some_people("Wati"))
    end_them((only(budi).pk, JUL, "asked"))
    enrol_them(city, [budi], JUL)
    first = Enrolment.objects.get(person_id=budi, starts_on=JAN)

    end_them((first.pk, MAR, "asked"))

    judge_the_chain()
    chain = Enrolment.objects.filter(person_id=budi).order_by("starts_on")
    assert list(chain.values_list("previous_ends_on", "ends_on")) == [(None, MAR), (MAR, END)]


def test_void_enrolments_leave_the_chain_wherever_they_stand(city, budi):
    end_them((only(budi).pk, MAR, "asked"))
    enrol_them(city, [budi], MAR, ends_on=JUL)
    enrol_them(city, [budi], JUL)
    first, second, third = Enrolment.objects.filter(person_id=budi).order_by("starts_on")

    end_them((second.pk, MAR, "asked"))
    judge_the_chain()
    assert Enrolment.objects.get(pk=third.pk).previous_ends_on == MAR

    end_them((first.pk, JAN, "asked"), (third.pk, JUL, "asked"))
    judge_the_chain()
    assert enrolments_of(budi) == []

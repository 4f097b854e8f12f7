"""Two officers at work at the same moment, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from sertakan.enrolment.ending import end
from sertakan.enrolment.models import Enrolment, Waiting
from sertakan.enrolment.waiting import fill_places
from tests.enrolment.making import (
    NOW,
    an_agreement,
    an_officer,
    endings,
    enrol_them,
    some_people,
)

pytestmark = pytest.mark.django_db(transaction=True)

MAR = date(2026, 3, 1)


def at_once(*deeds):
    """What each deed returns, all begun at the same moment."""
    begin = Barrier(len(deeds))

    def run(deed):
        try:
            begin.wait(timeout=10)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("time", range(5))
def test_the_last_place_goes_to_one_of_two(time):
    agreement = an_agreement(places=1)
    budi, wati = some_people("Budi", "Wati")
    an_officer()

    admissions = at_once(
        lambda: enrol_them(agreement, [budi]), lambda: enrol_them(agreement, [wati])
    )

    assert sorted((a.enrolled, a.waiting) for a in admissions) == [(0, 1), (1, 0)]
    assert Enrolment.objects.count() == Waiting.objects.count() == 1


@pytest.mark.parametrize("time", range(5))
def test_one_person_is_enrolled_by_one_of_two_sponsors(time):
    city, utility = an_agreement(), an_agreement("PKS/2")
    budi, wati, joko = some_people("Budi", "Wati", "Joko")
    an_officer()

    admissions = at_once(
        lambda: enrol_them(city, [wati, budi]), lambda: enrol_them(utility, [joko, budi])
    )

    assert sorted(a.enrolled for a in admissions) == [1, 2]
    assert Enrolment.objects.filter(person_id=budi).count() == 1


def test_people_in_opposite_order_do_not_stop_each_other():
    city, utility = an_agreement(places=300), an_agreement("PKS/2", places=300)
    people = some_people(*(f"Warga {number}" for number in range(300)))
    an_officer()

    admissions = at_once(
        lambda: enrol_them(city, people), lambda: enrol_them(utility, people[::-1])
    )

    assert sum(a.enrolled for a in admissions) == 300


def test_a_freed_place_is_filled_by_one_of_two():
    agreement = an_agreement(places=1)
    enrol_them(agreement, some_people("Budi", "Wati", "Joko"))
    ending = endings((Enrolment.objects.get().pk, MAR, "moved"))
    end(endings=ending, by=an_officer(), now=NOW)

    def fill():
        return fill_places(agreement=agreement, starts_on=MAR, by=an_officer(), now=NOW).enrolled

    assert sorted(at_once(fill, fill)) == [0, 1]
    assert Waiting.objects.filter(state="waiting").count() == 1


def test_the_tables_themselves_make_the_second_officer_wait():
    agreement = an_agreement(places=1)
    people = some_people("Budi", "Wati")
    insert = """
        INSERT INTO enrolment_enrolment (
            person_id, agreement_id, starts_on, ends_on, accepted_on, category, sector,
            roster_source, person_is_new, void, end_reason
        ) VALUES (%s, %s, '2026-01-01', '2027-01-01', '2026-01-01', 'rt_rw', 'other',
            '', false, false, '')
    """

    def write(person):
        try:
            with connection.cursor() as cursor:
                cursor.execute(insert, [person, agreement.pk])
        except Exception as error:
            return "2 would be taken" in str(error)
        return None

    assert {*at_once(lambda: write(people[0]), lambda: write(people[1]))} == {None, True}

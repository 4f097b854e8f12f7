"""Whatever officers do, in whatever order: no day twice, no place twice."""

from datetime import date, timedelta

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sertakan.audit.errors import Refused
from sertakan.enrolment.ending import end
from sertakan.enrolment.models import Enrolment
from sertakan.enrolment.queries import places_taken
from sertakan.enrolment.waiting import fill_places
from tests.enrolment.making import (
    NOW,
    an_agreement,
    an_officer,
    endings,
    enrol_them,
    some_people,
)

PEOPLE, AGREEMENTS, DAYS = 4, 2, 12
FIRST = date(2026, 1, 1)

day = st.integers(0, DAYS - 1)
enrolling = st.tuples(
    st.just("enrol"),
    st.integers(0, AGREEMENTS - 1),
    st.lists(st.integers(0, PEOPLE - 1), min_size=1, max_size=3),
    day,
    st.integers(1, DAYS),
)
leaving = st.tuples(st.just("end"), st.integers(0, 20), day)
filling = st.tuples(st.just("fill"), st.integers(0, AGREEMENTS - 1), day)


def on(number):
    return FIRST + timedelta(days=number)


def do(deed, agreements, people):
    kind, *told = deed
    if kind == "enrol":
        which, who, starts, length = told
        enrol_them(
            agreements[which],
            [people[number] for number in who],
            on(starts),
            ends_on=on(min(starts + length, DAYS)),
        )
    elif kind == "fill":
        which, starts = told
        fill_places(agreement=agreements[which], starts_on=on(starts), by=an_officer(), now=NOW)
    else:
        number, ends = told
        found = Enrolment.objects.order_by("pk").values_list("pk", flat=True)
        if found:
            chosen = found[number % len(found)]
            end(endings=endings((chosen, on(ends), "moved")), by=an_officer(), now=NOW)


def days_of(enrolment):
    return pl.date_range(enrolment.starts_on, enrolment.last_day, eager=True).to_list()


def judge(agreements):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    standing = Enrolment.objects.filter(void=False)
    promised = [(each.person_id, each_day) for each in standing for each_day in days_of(each)]
    assert len(promised) == len(set(promised)), "a person is enrolled twice for a day"
    for agreement in agreements:
        counted = dict.fromkeys(map(on, range(DAYS)), 0)
        for each in standing.filter(agreement=agreement):
            for each_day in days_of(each):
                counted[each_day] += 1
        taken, kept = 0, dict(places_taken(agreement))
        for each_day, really in counted.items():
            taken = kept.get(each_day, taken)
            assert taken == really <= agreement.places


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=st.lists(st.one_of(enrolling, leaving, filling), min_size=1, max_size=12))
def test_no_day_and_no_place_is_given_twice(deeds):
    point = transaction.savepoint()
    try:
        _work_through(deeds)
    finally:
        transaction.savepoint_rollback(point)


def _work_through(deeds):
    days = {"starts_on": FIRST, "ends_on": on(DAYS)}
    agreements = [an_agreement(f"PKS/{n}", places=2, **days) for n in range(AGREEMENTS)]
    people = some_people(*(f"Warga {number}" for number in range(PEOPLE)))
    for deed in deeds:
        try:
            with transaction.atomic():
                do(deed, agreements, people)
        except Refused:
            continue
        judge(agreements)

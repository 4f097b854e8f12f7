"""Nobody is enrolled twice for a day: refused by the tables themselves, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.enrolment.models import Enrolment
from tests.enrolment.making import NOW, an_agreement, an_officer, enrolled, some_people


def commit(write):
    """Write, and ask what is otherwise asked at commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        write()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def an_ending():
    return {"end_reason": "asked", "ended_at": NOW, "ended_by": an_officer()}


JAN, MAR, APR, JUL = (date(2026, month, 1) for month in (1, 3, 4, 7))
END = date(2027, 1, 1)


@pytest.fixture
def city(db):
    return an_agreement("PKS/kota")


@pytest.fixture
def utility(db):
    return an_agreement("PKS/pdam", fund="state_enterprise")


@pytest.fixture
def budi(db):
    return some_people("Budi")[0]


def test_a_second_enrolment_for_the_same_days_is_refused(budi, city, utility):
    enrolled(budi, city)

    with pytest.raises(IntegrityError, match="one_enrolment_of_a_person_ends_on_a_day"):
        enrolled(budi, utility)


def test_a_second_beginning_is_refused(budi, city, utility):
    enrolled(budi, city, JAN, JUL)

    with pytest.raises(IntegrityError, match="one_enrolment_follows_another"):
        enrolled(budi, utility, MAR, END)


def test_nobody_starts_before_the_enrolment_before_ended(budi, city, utility):
    enrolled(budi, city, JAN, JUL)

    with pytest.raises(IntegrityError, match="enrolment_starts_after_the_one_before"):
        enrolled(budi, utility, MAR, END, previous_ends_on=JUL)


def test_an_enrolment_cannot_follow_one_that_never_was(budi, city):
    with pytest.raises(IntegrityError, match="enrolment_follows_one_of_its_person"):
        commit(lambda: enrolled(budi, city, MAR, END, previous_ends_on=JAN))


def test_two_cannot_follow_the_same(budi, city, utility):
    enrolled(budi, city, JAN, MAR)
    enrolled(budi, city, MAR, JUL, previous_ends_on=MAR)

    with pytest.raises(IntegrityError, match="one_enrolment_follows_another"):
        enrolled(budi, utility, APR, END, previous_ends_on=MAR)


def test_an_enrolment_cannot_follow_that_of_another_person(budi, city):
    wati = some_people("Wati")[0]
    enrolled(budi, city, JAN, MAR)

    with pytest.raises(IntegrityError, match="enrolment_follows_one_of_its_person"):
        commit(lambda: enrolled(wati, city, JUL, END, previous_ends_on=MAR))


def test_the_next_may_start_on_the_day_on_which_the_one_before_ends(budi, city, utility):
    enrolled(budi, city, JAN, JUL)
    enrolled(budi, utility, JUL, END, previous_ends_on=JUL)

    assert Enrolment.objects.filter(person_id=budi).count() == 2


def test_the_next_follows_the_very_end_of_the_one_before(budi, city, utility):
    first = enrolled(budi, city, JAN, JUL)
    second = enrolled(budi, utility, JUL, END, previous_ends_on=JUL)
    shorten = Enrolment.objects.filter(pk=first.pk).update

    with pytest.raises(IntegrityError, match="enrolment_follows_one_of_its_person"):
        commit(lambda: shorten(ends_on=APR))

    shorten(ends_on=APR)
    commit(lambda: Enrolment.objects.filter(pk=second.pk).update(previous_ends_on=APR))


def test_an_enrolment_is_not_taken_from_under_the_next(budi, city, utility):
    first = enrolled(budi, city, JAN, APR)
    enrolled(budi, utility, APR, END, previous_ends_on=APR)

    with pytest.raises(IntegrityError, match="enrolment_follows_one_of_its_person"):
        commit(first.delete)


def test_a_void_enrolment_has_no_days_and_stands_in_nobodys_way(budi, city, utility):
    first = enrolled(budi, city)
    Enrolment.objects.filter(pk=first.pk).update(void=True, ends_on=None, **an_ending())

    commit(lambda: enrolled(budi, utility))


@pytest.mark.parametrize(
    "told",
    [
        {"void": True},
        {"ends_on": None},
        {"void": True, "ends_on": None, "previous_ends_on": JAN},
    ],
)
def test_an_enrolment_is_void_altogether_or_not_at_all(budi, city, told):
    first = enrolled(budi, city, MAR)

    with pytest.raises(IntegrityError, match="a_void_enrolment_has_no_days"):
        Enrolment.objects.filter(pk=first.pk).update(**{**an_ending(), **told})


def test_a_void_enrolment_does_not_come_back(budi, city):
    first = enrolled(budi, city)
    Enrolment.objects.filter(pk=first.pk).update(void=True, ends_on=None, **an_ending())

    with pytest.raises(IntegrityError, match="can only be made shorter"):
        Enrolment.objects.filter(pk=first.pk).update(void=False, ends_on=END)


@pytest.mark.django_db(transaction=True)
def test_the_question_is_not_put_off_beyond_the_commit(budi, city, utility):
    with pytest.raises(IntegrityError, match="enrolment_follows_one_of_its_person"):
        enrolled(budi, utility, MAR, JUL, previous_ends_on=MAR)


@pytest.mark.parametrize(
    "change",
    [
        "person_id = person_id + 1",
        "agreement_id = agreement_id + 1",
        "id = id + 1",
        "starts_on = starts_on + 1",
        "accepted_on = accepted_on - 30",
        "sector = 'transport'",
    ],
)
def test_who_under_what_and_from_when_is_never_changed(budi, city, change):
    enrolled(budi, city)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE enrolment_enrolment SET {change}")


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE enrolment_enrolment CASCADE",
        "ALTER TABLE enrolment_enrolment DISABLE TRIGGER enrolment_places_taken",
        "ALTER TABLE enrolment_enrolment DISABLE TRIGGER ALL",
        "ALTER TABLE enrolment_enrolment DROP CONSTRAINT enrolment_follows_one_of_its_person",
        "SET session_replication_role = replica",
    ],
)
def test_the_rules_cannot_be_switched_off(city, statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

"""No place is sold twice for a day: counted and refused by triggers."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.enrolment.models import Enrolment, PlaceChange
from sertakan.sponsors.models import Agreement
from tests.enrolment.making import NOW, an_agreement, an_officer, enrolled, some_people

JAN, APR, JUL = (date(2026, month, 1) for month in (1, 4, 7))
END = date(2027, 1, 1)

COPY_OF_BUDI = """
    INSERT INTO enrolment_enrolment (
        person_id, agreement_id, starts_on, ends_on, accepted_on, category, sector,
        roster_source, person_is_new, void, end_reason
    ) SELECT id, %s, '2026-01-01', '2027-01-01', '2026-01-01', 'rt_rw', 'other',
        '', false, false, '' FROM people_person ORDER BY id
"""


def changes(agreement):
    rows = PlaceChange.objects.filter(agreement=agreement).order_by("day")
    return [(row.day, row.change) for row in rows]


@pytest.mark.django_db
def test_one_place_too_many_is_refused():
    agreement = an_agreement(places=1)
    budi, wati = some_people("Budi", "Wati")
    enrolled(budi, agreement)

    with pytest.raises(IntegrityError, match="PKS/1 has 1 places, and 2 would be taken on 2026-"):
        enrolled(wati, agreement)


@pytest.mark.django_db
def test_one_place_too_many_in_one_statement_is_refused():
    agreement = an_agreement(places=2)
    some_people("Budi", "Wati", "Joko")

    with (
        pytest.raises(IntegrityError, match="2 places, and 3 would be taken"),
        connection.cursor() as cursor,
    ):
        cursor.execute(COPY_OF_BUDI, [agreement.pk])


@pytest.mark.django_db
def test_a_place_is_taken_on_single_days_too():
    agreement = an_agreement(places=1)
    budi, wati = some_people("Budi", "Wati")
    enrolled(budi, agreement, APR, date(2026, 4, 2))

    with pytest.raises(IntegrityError, match="would be taken on 2026-04-01"):
        enrolled(wati, agreement, JAN, END)


@pytest.mark.django_db
def test_a_place_given_back_is_free_from_that_day_on():
    agreement = an_agreement(places=1)
    budi, wati = some_people("Budi", "Wati")
    first = enrolled(budi, agreement)

    Enrolment.objects.filter(pk=first.pk).update(ends_on=JUL)
    enrolled(wati, agreement, JUL, END)

    assert changes(agreement) == [(JAN, 1), (END, -1)]  # one leaves as the other comes


@pytest.mark.django_db
def test_nothing_is_left_of_an_enrolment_that_is_taken_out():
    agreement = an_agreement(places=1)
    enrolled(some_people("Budi")[0], agreement).delete()

    assert changes(agreement) == []


@pytest.mark.django_db
def test_a_void_enrolment_gives_back_every_day_of_its_place():
    agreement = an_agreement(places=1)
    first = enrolled(some_people("Budi")[0], agreement)
    ending = {"end_reason": "death", "ended_at": NOW, "ended_by": an_officer()}
    Enrolment.objects.filter(pk=first.pk).update(void=True, ends_on=None, **ending)

    assert changes(agreement) == []


@pytest.mark.django_db
def test_days_given_back_are_not_taken_again_by_the_same_enrolment():
    agreement = an_agreement(places=2)
    first = enrolled(some_people("Budi")[0], agreement)
    Enrolment.objects.filter(pk=first.pk).update(ends_on=JUL)

    with pytest.raises(IntegrityError, match="can only be made shorter"):
        Enrolment.objects.filter(pk=first.pk).update(ends_on=END)


@pytest.mark.django_db
def test_places_are_not_lowered_below_what_is_taken():
    agreement = an_agreement(places=3)
    for person in some_people("Budi", "Wati"):
        enrolled(person, agreement)

    Agreement.objects.filter(pk=agreement.pk).update(places=2)
    with pytest.raises(IntegrityError, match="has 1 places, and 2 would be taken"):
        Agreement.objects.filter(pk=agreement.pk).update(places=1)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [(date(2025, 12, 31), END), (JAN, date(2027, 1, 2))])
def test_nobody_is_enrolled_outside_the_period_of_the_agreement(days):
    agreement = an_agreement()

    with pytest.raises(IntegrityError, match="outside the period of agreement PKS/1"):
        enrolled(some_people("Budi")[0], agreement, *days)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "closed"])
def test_nobody_is_enrolled_under_an_agreement_that_is_not_in_force(state):
    agreement = an_agreement(state=state)

    with pytest.raises(IntegrityError, match="PKS/1 is not in force"):
        enrolled(some_people("Budi")[0], agreement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_old_view_of_the_places_cannot_be_worked_from(isolation):
    agreement = an_agreement()
    budi = some_people("Budi")[0]

    @transaction.atomic
    def enrol_from_an_old_view():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}")
        enrolled(budi, agreement)

    with pytest.raises(IntegrityError, match="counted under READ COMMITTED"):
        enrol_from_an_old_view()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO enrolment_placechange (agreement_id, day, change) VALUES (1, now(), -5)",
        "UPDATE enrolment_placechange SET change = 0",
        "DELETE FROM enrolment_placechange",
        "TRUNCATE enrolment_placechange",
        "ALTER TABLE enrolment_placechange DISABLE TRIGGER ALL",
        "ALTER TABLE sponsors_agreement DISABLE TRIGGER enrolment_places_lowered",
        "SELECT enrolment_count_places(ARRAY[(1, now()::date, -5)::enrolment_days])",
        "DROP FUNCTION enrolment_places_taken() CASCADE",
    ],
)
def test_the_count_is_kept_by_nobody_but_the_triggers(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "unknown"),
    [
        ({"region_id": "99.99"}, "there is no region 99.99"),
        ({"roster_import_id": 7}, "there is no import 7"),
        ({"agreement_id": 0}, "agreement 0 is not in force"),
        ({"replaces_id": 7}, "replaces one of its own agreement"),
        ({"ended_by_id": 77, "ended_at": NOW, "end_reason": "asked"}, "there is no user 77"),
    ],
)
def test_an_enrolment_names_what_exists(told, unknown):
    agreement = an_agreement()

    with pytest.raises(IntegrityError, match=unknown):
        enrolled(some_people("Budi")[0], agreement, **told)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM regions_region WHERE code = '35.77.01.1001'",
        "UPDATE regions_region SET code = '35.77.01.9999' WHERE code = '35.77.01.1001'",
    ],
)
def test_a_region_in_which_people_are_enrolled_stands(run_as_owner, statement):
    enrolled(some_people("Budi")[0], an_agreement(), region_id="35.77.01.1001")

    with pytest.raises(IntegrityError, match="a region stays"):
        run_as_owner(statement)


@pytest.mark.django_db
def test_who_ended_an_enrolment_exists():
    first = enrolled(some_people("Budi")[0], an_agreement())

    with pytest.raises(IntegrityError, match="there is no user 77"):
        Enrolment.objects.filter(pk=first.pk).update(
            ends_on=JUL, end_reason="asked", ended_at=NOW, ended_by_id=77
        )


@pytest.mark.django_db
def test_an_enrolment_that_was_replaced_stands():
    agreement = an_agreement()
    budi, wati = some_people("Budi", "Wati")
    first = enrolled(budi, agreement, JAN, APR)
    enrolled(wati, agreement, APR, END, replaces=first)

    with (
        pytest.raises(IntegrityError, match="that was replaced stands"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM enrolment_enrolment WHERE id = %s", [first.pk])


@pytest.mark.django_db
def test_whom_an_enrolment_replaces_is_not_told_afterwards():
    agreement = an_agreement()
    budi, wati = some_people("Budi", "Wati")
    first, second = enrolled(budi, agreement, JAN, APR), enrolled(wati, agreement, APR, END)

    with pytest.raises(IntegrityError, match="can only be made shorter"):
        Enrolment.objects.filter(pk=second.pk).update(replaces=first)


@pytest.mark.django_db
def test_an_import_stands():
    with (
        pytest.raises(IntegrityError, match="an import is undone, not deleted"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM enrolment_rosterimport")

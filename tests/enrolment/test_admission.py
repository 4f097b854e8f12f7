"""Enrolling by set: who comes first is served first, and nobody twice."""

from datetime import date

import pytest

from sertakan.audit.models import Event
from sertakan.enrolment.admission import carry_over
from sertakan.enrolment.errors import CannotEnrol
from sertakan.enrolment.models import Enrolment, Waiting
from sertakan.people.models import Person
from tests.enrolment.making import (
    NOW,
    an_agreement,
    an_officer,
    enrol_them,
    enrolled,
    enrolments_of,
    some_people,
)

pytestmark = pytest.mark.django_db

JAN, MAR, JUL = (date(2026, month, 1) for month in (1, 3, 7))
END = date(2027, 1, 1)


def reasons(admission):
    return list(admission.left_out.select("number", "reason").iter_rows())


def test_places_go_to_those_who_come_first_and_the_others_wait_in_order():
    agreement = an_agreement(places=2)
    budi, wati, joko, sri = some_people("Budi", "Wati", "Joko", "Sri")

    admission = enrol_them(agreement, [budi, wati, joko, sri])

    assert (admission.enrolled, admission.waiting) == (2, 2)
    assert list(Enrolment.objects.order_by("pk").values_list("person_id", "starts_on")) == [
        (budi, JAN),
        (wati, JAN),
    ]
    assert list(Waiting.objects.order_by("pk").values_list("person_id", flat=True)) == [joko, sri]
    event = Event.objects.get(verb="enrolled")
    assert (event.details["enrolled"], event.details["waiting"]) == (2, 2)


def test_what_is_told_of_a_worker_is_kept():
    agreement = an_agreement()
    people = some_people("Budi")

    enrol_them(
        agreement,
        people,
        MAR,
        ends_on=JUL,
        category="farmer",
        sector="transport",
        income=2_500_000,
        region="35.77.01.1001",
        accepted_on=date(2026, 2, 20),
    )

    kept = Enrolment.objects.get()
    assert (kept.starts_on, kept.ends_on, kept.accepted_on) == (MAR, JUL, date(2026, 2, 20))
    assert (kept.category, kept.sector, kept.income) == ("farmer", "transport", 2_500_000)
    assert kept.region_id == "35.77.01.1001"


def test_nobody_is_enrolled_twice_under_the_same_agreement_or_another():
    city, utility = an_agreement(), an_agreement("PKS/2")
    budi, wati = some_people("Budi", "Wati")
    enrol_them(city, [budi])

    again = enrol_them(city, [budi])
    elsewhere = enrol_them(utility, [budi, wati], MAR)

    assert (again.enrolled, reasons(again)) == (0, [(0, "already_enrolled")])
    assert (elsewhere.enrolled, reasons(elsewhere)) == (1, [(0, "already_enrolled")])
    assert enrolments_of(budi) == [(JAN, END)]


def test_who_stands_twice_in_one_set_is_enrolled_once():
    budi = some_people("Budi")[0]

    admission = enrol_them(an_agreement(), [budi, budi])

    assert (admission.enrolled, reasons(admission)) == (1, [(1, "already_enrolled")])


def test_who_waits_already_does_not_wait_twice():
    agreement = an_agreement(places=1)
    budi, wati = some_people("Budi", "Wati")
    enrol_them(agreement, [budi, wati])

    assert reasons(enrol_them(agreement, [wati])) == [(0, "already_waiting")]


def test_nobody_overtakes_those_who_wait():
    agreement = an_agreement(places=1)
    budi, wati, joko = some_people("Budi", "Wati", "Joko")
    enrol_them(agreement, [budi, wati])
    agreement.places = 2
    agreement.save(update_fields=["places"])

    admission = enrol_them(agreement, [joko])

    assert (admission.enrolled, admission.waiting) == (0, 1)  # the second place is Wati's


def test_one_who_waits_but_is_enrolled_elsewhere_holds_nobody_up():
    agreement = an_agreement(places=1)
    budi, wati, joko = some_people("Budi", "Wati", "Joko")
    enrol_them(agreement, [budi, wati])
    enrol_them(an_agreement("PKS/2"), [wati])
    agreement.places = 2
    agreement.save(update_fields=["places"])

    assert enrol_them(agreement, [joko]).enrolled == 1


def test_a_person_may_come_between_two_enrolments_and_after_them():
    city, utility = an_agreement(), an_agreement("PKS/2")
    budi = some_people("Budi")[0]
    enrol_them(city, [budi], JAN, ends_on=MAR)
    enrol_them(city, [budi], JUL, ends_on=date(2026, 9, 1))

    assert enrol_them(utility, [budi], MAR, ends_on=JUL).enrolled == 1
    assert enrol_them(utility, [budi], date(2026, 9, 1)).enrolled == 1

    chain = Enrolment.objects.order_by("starts_on").values_list("previous_ends_on", "ends_on")
    assert list(chain) == [
        (None, MAR),
        (MAR, JUL),
        (JUL, date(2026, 9, 1)),
        (date(2026, 9, 1), END),
    ]


def test_a_person_may_come_before_all_their_enrolments():
    city, utility = an_agreement(), an_agreement("PKS/2")
    budi = some_people("Budi")[0]
    enrol_them(city, [budi], JUL)

    assert enrol_them(utility, [budi], JAN, ends_on=MAR).enrolled == 1
    assert enrolments_of(budi) == [(JAN, MAR), (JUL, END)]


def test_the_dead_are_not_enrolled():
    budi = some_people("Budi")[0]
    Person.objects.filter(pk=budi).update(died_on=date(2025, 12, 1))

    assert reasons(enrol_them(an_agreement(), [budi])) == [(0, "deceased")]


@pytest.mark.parametrize(
    ("born_on", "reason"),
    [
        (date(1961, 1, 1), "over_age"),  # 65 on the very day
        (date(1961, 1, 2), None),
        (date(2008, 1, 1), None),  # 18 on the very day
        (date(2008, 1, 2), "under_age"),
    ],
)
def test_new_members_are_of_age_on_the_day_they_are_accepted(born_on, reason):
    people = some_people("Budi", born_on=born_on)

    admission = enrol_them(an_agreement(), people)

    assert reasons(admission) == ([(0, reason)] if reason else [])


def test_who_turns_65_while_enrolled_goes_on_and_who_comes_back_after_a_lapse_does_not():
    people = some_people("Budi", born_on=date(1961, 6, 1))
    agreement = an_agreement()
    enrol_them(agreement, people, JAN, ends_on=JUL)

    late = enrol_them(agreement, people, date(2026, 11, 1), accepted_on=date(2026, 11, 1))
    soon = enrol_them(agreement, people, date(2026, 10, 1), accepted_on=date(2026, 10, 1))

    assert (reasons(late), soon.enrolled) == ([(0, "over_age")], 1)


def test_two_records_of_one_human_are_enrolled_once():
    city, utility = an_agreement(), an_agreement("PKS/2")
    budi, same, wati = some_people("Budi", "Boedi", "Wati")
    enrolled(same, city)
    Person.objects.filter(pk=same).update(merged_into=budi)

    admission = enrol_them(utility, [budi, same, wati])

    assert (admission.enrolled, reasons(admission)) == (
        1,
        [(0, "already_enrolled"), (1, "already_enrolled")],
    )


def test_a_merged_record_is_enrolled_as_the_one_that_was_kept():
    budi, same = some_people("Budi", "Boedi")
    Person.objects.filter(pk=same).update(merged_into=budi)

    enrol_them(an_agreement(), [same])

    assert enrolments_of(budi) == [(JAN, END)]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"starts_on": date(2025, 12, 31)}, "not a day of agreement"),
        ({"starts_on": END}, "not a day of agreement"),
        ({"ends_on": date(2027, 1, 2)}, "with its agreement"),
        ({"ends_on": JAN}, "ends after its first day"),
        ({"category": "astronaut"}, "astronaut is none of"),
        ({"category": "farmer"}, "farmer is none of: rt_rw"),
        ({"sector": "sea"}, "sea is none of: transport, other"),
        ({"income": -1}, "zero or more"),
        ({"accepted_on": None}, "day of acceptance"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(told, sentence):
    agreement = an_agreement(categories=["rt_rw"])

    with pytest.raises(CannotEnrol, match=sentence):
        enrol_them(agreement, some_people("Budi"), **told)


def test_nobody_is_enrolled_under_a_draft_or_after_the_closing():
    for number, state in (("PKS/1", "draft"), ("PKS/2", "closed")):
        with pytest.raises(CannotEnrol, match="not in force"):
            enrol_them(an_agreement(number, state=state), some_people("Budi"))


def test_a_person_nobody_knows_is_refused():
    with pytest.raises(CannotEnrol, match="no person with the number 77"):
        enrol_them(an_agreement(), [77])


def test_an_empty_set_enrols_nobody():
    assert enrol_them(an_agreement(), []).enrolled == 0


def test_with_a_renewal_come_those_who_stayed_in_their_old_order():
    old = an_agreement(places=4)
    budi, wati, joko = some_people("Budi", "Wati", "Joko")
    enrol_them(old, [budi, wati], accepted_on=date(2025, 12, 1))
    enrol_them(old, [joko], ends_on=JUL)
    new = an_agreement("PKS/2", places=1, renews=old, starts_on=END, ends_on=date(2028, 1, 1))

    admission = carry_over(agreement=new, by=an_officer(), now=NOW)

    assert (admission.enrolled, admission.waiting) == (1, 1)
    assert enrolments_of(budi) == [(JAN, END), (END, date(2028, 1, 1))]
    assert new.enrolments.get().accepted_on == date(2025, 12, 1)
    with pytest.raises(CannotEnrol, match="renews no other"):
        carry_over(agreement=old, by=an_officer(), now=NOW)

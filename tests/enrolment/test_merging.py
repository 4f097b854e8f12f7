"""Two records are found to be one person who may be enrolled under both."""

from datetime import date

import pytest

from sertakan.enrolment.merging import merge_people
from sertakan.people.errors import CannotMerge
from sertakan.people.models import Person
from tests.enrolment.making import NOW, an_agreement, an_officer, enrolled, some_people

pytestmark = pytest.mark.django_db


def both(*names):
    return [Person.objects.get(pk=person) for person in some_people(*names)]


def test_a_person_enrolled_twice_for_a_day_is_not_merged_before_one_enrolment_ends():
    budi, same = both("Budi", "Boedi")
    agreement = an_agreement("PKS-1", places=5)
    enrolled(budi.pk, agreement, date(2026, 1, 1), date(2026, 7, 1))
    enrolled(same.pk, agreement, date(2026, 6, 1), date(2026, 12, 1))

    with pytest.raises(CannotMerge, match="promise the same days"):
        merge_people(kept=budi, merged=same, reason="KTP", by=an_officer(), now=NOW)

    same.refresh_from_db()
    assert same.merged_into_id is None


def test_enrolments_that_touch_may_be_of_one_person():
    budi, same = both("Budi", "Boedi")
    agreement = an_agreement("PKS-1", places=5)
    enrolled(budi.pk, agreement, date(2026, 1, 1), date(2026, 6, 1))
    enrolled(same.pk, agreement, date(2026, 6, 1), date(2026, 12, 1))

    merge_people(kept=budi, merged=same, reason="KTP", by=an_officer(), now=NOW)

    same.refresh_from_db()
    assert same.merged_into_id == budi.pk

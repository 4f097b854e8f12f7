"""An import that stands in totals can be undone: they are no record, nothing rests on them."""

from datetime import UTC, datetime

import pytest

from sertakan.analytics.models import PersonMonth
from sertakan.analytics.operations import rebuild
from sertakan.analytics.queries import counted_behind, people_behind
from sertakan.enrolment.undoing import undo
from sertakan.people.models import Person
from sertakan.vocabulary import Month
from tests.enrolment.making import NOW, an_agreement, an_officer
from tests.enrolment.rosters import a_nik, a_roster, taken_in

pytestmark = pytest.mark.django_db

MARCH = Month(2026, 3)
LATER = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.fixture
def counted(tmp_path):
    """Budi and Wati came with an import and stand in the totals of March; their import."""
    roster = a_roster(tmp_path, (a_nik(1), "Budi Contoh"), (a_nik(2), "Wati Misal"))
    taken = taken_in(an_agreement(), roster)
    rebuild(first_month=MARCH, last_month=MARCH, now=LATER)
    return taken.roster_import


def test_totals_do_not_stand_in_the_way_of_an_undo(counted):
    undo(roster_import=counted, by=an_officer(), now=NOW)

    assert not Person.objects.exists()


def test_until_the_month_is_made_again_its_rows_are_as_many_as_its_number(counted):
    undo(roster_import=counted, by=an_officer(), now=NOW)

    assert counted_behind(month=MARCH) == len(people_behind(month=MARCH)) == 2


def test_a_month_made_again_knows_nothing_of_them(counted):
    undo(roster_import=counted, by=an_officer(), now=NOW)

    rebuild(first_month=MARCH, last_month=MARCH, now=LATER)

    assert counted_behind(month=MARCH) == 0
    assert not PersonMonth.objects.exists()

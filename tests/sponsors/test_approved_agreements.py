"""An approved agreement stands: refused by the database itself."""

import pytest
from django.db import IntegrityError, connection

from sertakan.sponsors.models import Agreement
from tests.enrolment.making import an_agreement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        "fund = 'own'",
        "number = 'PKS/2'",
        "starts_on = starts_on - 1",
        "ends_on = ends_on + 1",
        "assumed_income = 2000000",
        "programmes = '{JKK,JKM,JHT}'",
        "approved_at = approved_at + interval '1 day'",
        "state = 'draft', approved_at = NULL, approved_by_id = NULL",
    ],
)
@pytest.mark.parametrize("state", ["approved", "closed"])
def test_what_was_agreed_is_not_changed(state, change):
    an_agreement(state=state)

    with (
        pytest.raises(IntegrityError, match="PKS/1 is approved: UPDATE is refused"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE sponsors_agreement SET {change}")


def test_a_closed_agreement_is_not_opened_again():
    agreement = an_agreement(state="closed")

    with pytest.raises(IntegrityError, match="UPDATE is refused"):
        Agreement.objects.filter(pk=agreement.pk).update(state="approved")


def test_an_approved_agreement_is_not_deleted():
    agreement = an_agreement()

    with pytest.raises(IntegrityError, match="DELETE is refused"):
        agreement.delete()


def test_places_and_budget_may_change_and_a_draft_may_change_altogether():
    approved, draft = an_agreement(), an_agreement("PKS/2", state="draft")

    Agreement.objects.filter(pk=approved.pk).update(places=20, budget_rupiah=2_000_000_000)
    Agreement.objects.filter(pk=draft.pk).update(fund="apbn", number="PKS/3")

    assert sorted(Agreement.objects.values_list("number", "places", "fund")) == [
        ("PKS/1", 20, "apbd"),
        ("PKS/3", 10, "apbn"),
    ]

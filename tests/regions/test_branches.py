"""Branches: recorded once under a code, and kept up to date with how people reach them."""

import pytest

from sertakan.audit.models import Event
from sertakan.regions.branches import add_branch, change_branch
from sertakan.regions.errors import NotABranch
from sertakan.regions.models import Branch, Region
from tests.enrolment.making import NOW, an_officer

pytestmark = pytest.mark.django_db


def added(code="MDN", name="Cabang Contoh", **told):
    return add_branch(code=code, name=name, by=an_officer(), now=NOW, **told)


def test_a_branch_is_recorded_with_how_it_is_reached():
    branch = added(
        region=Region.objects.get(pk="35.77"), address=" Jalan  Contoh 1 ", phone="(0000) 000 000"
    )

    event = Event.objects.get(subject_type="branch")
    assert Branch.objects.values("name", "address", "phone", "email").get() == {
        "name": "Cabang Contoh",
        "address": "Jalan Contoh 1",
        "phone": "(0000) 000 000",
        "email": "",
    }
    assert (event.verb, event.subject_id) == ("registered", str(branch.pk))
    assert event.details["region"] == "35.77"


def test_only_what_is_different_is_told_of_a_change():
    branch = added(phone="(0000) 000 000")

    change_branch(
        branch=branch, phone="(0000) 111 111", name="Cabang Contoh", by=an_officer(), now=NOW
    )

    branch.refresh_from_db()
    assert branch.phone == "(0000) 111 111"
    assert Event.objects.get(verb="changed").details == {"phone": "(0000) 111 111"}


def test_saying_the_same_once_more_is_no_change():
    branch = added()

    change_branch(branch=branch, name="Cabang Contoh", by=an_officer(), now=NOW)

    assert not Event.objects.filter(verb="changed").exists()


def test_two_branches_have_two_codes():
    added()

    with pytest.raises(NotABranch, match="MDN"):
        added(name="Cabang Lain")


@pytest.mark.parametrize("without", ["code", "name"])
def test_a_branch_has_a_code_and_a_name(without):
    with pytest.raises(NotABranch):
        added(**{without: " "})

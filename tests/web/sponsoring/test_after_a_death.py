"""What the sponsor reads of a worker who has died, or whose cover was stopped before it began."""

from datetime import date

import pytest

from sertakan.enrolment.models import Enrolment
from sertakan.people.models import Person
from tests.enrolment.making import NOW, an_officer
from tests.web.sponsoring.making import a_branch, a_sponsor, cover_two, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def budi(client):
    """Budi is covered to the end of January 2027, and paid for."""
    a_branch()
    _sponsor, user = a_sponsor()
    client.force_login(user)
    bill = cover_two(client)
    send(client, f"{bill}/simulasi", _at=bill)
    return Enrolment.objects.select_related("person").get(person__name="Budi Santoso")


def test_the_cover_of_who_has_died_has_ended(client, budi, settings):
    settings.DEMO_DAY = date(2026, 12, 20)
    page = f"/sponsor/pekerja/{budi.pk}"
    before = client.get(page).content.decode()

    Person.objects.filter(pk=budi.person_id).update(died_on=date(2026, 12, 10))

    after = client.get(page).content.decode()
    assert f"{page}/kartu" in before
    assert f"{page}/kartu" not in after
    assert "Perlindungan berakhir" in after
    assert "10 Desember 2026" in after
    assert client.get(f"{page}/kartu").status_code == 404


def test_an_enrolment_that_promises_no_day_names_none(client, budi):
    stopped = {"void": True, "end_reason": "asked", "ended_at": NOW, "ended_by": an_officer()}
    Enrolment.objects.filter(pk=budi.pk).update(ends_on=None, **stopped)

    page = client.get(f"/sponsor/pekerja/{budi.pk}").content.decode()

    assert "Batal: tidak mencakup satu hari pun" in page
    assert "– –" not in page

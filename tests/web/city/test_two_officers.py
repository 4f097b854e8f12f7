"""Sari and Joko open the same row, and both decide it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from sertakan.enrolment.models import Enrolment, RosterRow
from sertakan.regions.models import Region
from tests.enrolment.making import an_agreement
from tests.web.city.rosters import a_file, a_nik, once, taken_in
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_officers_decides_and_the_other_is_told(client, settings, tmp_path):
    settings.DEMO_DAY, settings.MEDIA_ROOT = date(2026, 11, 23), tmp_path / "files"
    madiun = Region.objects.get(pk="35.77")
    officers = {name: Client() for name in ("Sari", "Joko")}
    for name, browser in officers.items():
        browser.force_login(an_appointed("city_officer", over=madiun, name=name))
    agreement = an_agreement("PKS/1/2026", places=10, region=madiun)
    taken_in(officers["Sari"], agreement, a_file(("123", "Tono")))
    row = RosterRow.objects.get()
    at_once = Barrier(2)

    def decide(name):
        form = {"name": "Tono", "category": "rt_rw", "birth_date": "1980-05-12", "sex": "L"}
        try:
            at_once.wait()
            return officers[name].post(f"/kota/baris/{row.pk}", once(nik=a_nik(7), **form))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = dict(zip(officers, both.map(decide, officers), strict=True))

    statuses = {name: answer.status_code for name, answer in answers.items()}
    [late] = [name for name, status in statuses.items() if status == 409]
    [first] = [name for name, status in statuses.items() if status == 302]
    assert f"Diputuskan oleh {first}" in answers[late].content.decode()
    assert Enrolment.objects.count() == 1
    assert RosterRow.objects.get().decided_by.name == first

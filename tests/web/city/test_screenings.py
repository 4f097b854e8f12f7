"""A screening finds, Sari decides: nothing ends by itself."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sertakan.enrolment.models import Enrolment, Finding, Screening
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from tests.contributions.making import billed
from tests.enrolment.making import an_agreement, enrolled, some_people

pytestmark = pytest.mark.django_db


def a_list_of_deaths(*people, on="2026-11-10", name="kematian.csv"):
    lines = ["nik,nama,tanggal_meninggal"]
    for person in Person.objects.filter(pk__in=people):
        lines.append(f"{decrypt(person.nik_encrypted, 'nik')},{person.name},{on}")
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def screened(client, *people):
    return client.post(
        "/kota/pemadanan", {"once": str(uuid.uuid4()), "deaths": a_list_of_deaths(*people)}
    )


def test_what_is_found_ends_only_when_sari_says_so(client, sari, agreement):
    budi, wati = some_people("Budi", "Wati")
    enrolled(budi, agreement)
    enrolled(wati, agreement)
    billed(agreement, "2026-11", "2026-12")

    answer = screened(client, budi)
    found = client.get(answer.url).content.decode()
    untouched = Enrolment.objects.get(person=budi).ends_on
    client.post(f"{answer.url}/akhiri", {"once": str(uuid.uuid4())})

    assert "Budi" in found
    assert "Wati" not in found
    assert untouched == date(2027, 1, 1)
    assert Enrolment.objects.get(person=budi).ends_on == date(2026, 11, 11)
    assert agreement.bills.filter(corrects__isnull=False).get().total_rupiah == -16_800


def test_who_the_list_is_wrong_about_stays_enrolled(client, sari, agreement):
    [budi] = some_people("Budi")
    enrolled(budi, agreement)
    screened(client, budi)
    finding = Finding.objects.get()

    answer = client.post(f"/kota/temuan/{finding.pk}/tetap", {"once": str(uuid.uuid4())})

    finding.refresh_from_db()
    assert answer.status_code == 302
    assert finding.state == "dismissed"
    assert Enrolment.objects.get(person=budi).ends_on == date(2027, 1, 1)


def test_a_file_that_is_no_such_list_is_told_and_nothing_is_kept(client, sari):
    wrong = SimpleUploadedFile("foto.csv", b"\x89PNG\r\n\x1a\n")

    answer = client.post("/kota/pemadanan", {"once": str(uuid.uuid4()), "deaths": wrong})

    assert answer.status_code == 422
    assert "foto.csv" in answer.content.decode()
    assert not Screening.objects.exists()


def test_what_is_found_of_another_city_is_not_shown_and_not_ended(client, sari, madiun):
    elsewhere = an_agreement("PKS/LAIN", region_id="35.78")
    [tuti] = some_people("Tuti")
    enrolled(tuti, elsewhere)

    answer = screened(client, tuti)
    page = client.get(answer.url).content.decode()
    client.post(f"{answer.url}/akhiri", {"once": str(uuid.uuid4())})

    assert "Tuti" not in page
    assert Enrolment.objects.get(person=tuti).ends_on == date(2027, 1, 1)


def test_a_list_may_have_a_name_longer_than_a_file_has(client, sari, agreement):
    [budi] = some_people("Budi")
    enrolled(budi, agreement)
    deaths = a_list_of_deaths(budi, name=f"{'é' * 240}.csv")

    answer = client.post("/kota/pemadanan", {"once": str(uuid.uuid4()), "deaths": deaths})

    assert "Budi" in client.get(answer.url).content.decode()

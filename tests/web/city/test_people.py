"""Sari looks for people, reads what happened to them, and does what is to be done."""

import re
from datetime import date

import pytest

from sertakan.audit.models import Event
from sertakan.enrolment.models import Enrolment
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from sertakan.regions.models import Region
from tests.contributions.making import billed, paid
from tests.enrolment.making import enrolled, some_people
from tests.web.city.rosters import once
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db
KLEGEN = "35.77.01.1003"


@pytest.fixture
def budi(sari, agreement):
    """Budi of Klegen, enrolled for the year."""
    [person] = some_people("Budi Santoso", region=[KLEGEN])
    enrolled(person, agreement)
    return Person.objects.get(pk=person)


def nik_of(person):
    return decrypt(person.nik_encrypted, "nik")


def test_a_name_as_it_was_heard_finds_the_person(client, budi):
    answer = client.post("/kota/orang", {"q": "boedi santoso"})

    page = client.get(answer.url).content.decode()

    assert answer.url == "/kota/orang?q=boedi+santoso"
    assert f"/kota/orang/{budi.pk}" in page
    assert nik_of(budi) not in page


def test_a_nik_leads_to_the_person_and_stands_in_no_address(client, budi):
    answer = client.post("/kota/orang", {"q": nik_of(budi)})
    in_the_address = client.get("/kota/orang", {"q": nik_of(budi)})

    assert answer.url == f"/kota/orang/{budi.pk}"
    assert in_the_address.url == "/kota/orang"


def test_a_nik_of_another_area_and_one_of_nobody_are_answered_alike(
    client, sari, django_assert_num_queries
):
    [far] = some_people("Wati", region=["35.79.01.1001"])
    niks = nik_of(Person.objects.get(pk=far)), "3577011205809999"

    answers = []
    for nik in niks:
        with django_assert_num_queries(6):
            answers.append(client.post("/kota/orang", {"q": nik}).content.decode())

    assert "Tidak ada orang dengan NIK ini di wilayah Anda." in answers[0]
    assert _without_tokens(answers[0]) == _without_tokens(answers[1])


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_birth_date_finds_all_born_that_day(client, budi):
    answer = client.post("/kota/orang", {"q": "12-05-1980"}, follow=True)

    assert "Budi Santoso" in answer.content.decode()


def test_people_of_another_city_are_not_found_and_not_shown(client, budi):
    ani = an_appointed("city_officer", over=Region.objects.get(pk="35.79"), name="Ani")
    client.force_login(ani)

    found = client.post("/kota/orang", {"q": "Budi Santoso"}, follow=True).content.decode()

    assert f"/kota/orang/{budi.pk}" not in found
    assert client.get(f"/kota/orang/{budi.pk}").status_code == 404


def test_the_page_tells_the_whole_story(client, budi, agreement):
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)

    page = client.get(f"/kota/orang/{budi.pk}").content.decode()

    assert page.count('class="month-paid"') == 12 + 1  # and the legend
    assert f"Didaftarkan pada {agreement.number}" in page
    assert "Iuran dibayar: Januari 2026 sampai Desember 2026" in page
    assert "Terlindungi" in page
    assert nik_of(budi) not in page


def test_cover_is_told_for_any_day_as_known_on_any_day(client, budi, agreement):
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)

    on_new_year = client.get(f"/kota/orang/{budi.pk}?on=2025-12-31&known_on=")

    assert "31 Desember 2025:" in on_new_year.content.decode()


def test_what_is_personal_is_shown_for_a_purpose_that_is_written_down(client, sari, budi):
    without = client.post(f"/kota/orang/{budi.pk}/buka", once(purpose=" "))
    shown = client.post(f"/kota/orang/{budi.pk}/buka", once(purpose="Mencocokkan KTP"))

    event = Event.objects.get(verb="unmasked")
    assert without.status_code == 422
    assert nik_of(budi) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert (event.actor, event.details) == (sari, {"purpose": "Mencocokkan KTP"})


def test_what_is_wrong_is_corrected_and_what_is_left_empty_stays(client, budi):
    nik = nik_of(budi)
    form = {
        "name": "Budi Susanto", "nik": "", "birth_date": "1980-05-12", "sex": "L",
        "region": KLEGEN, "address": "Jl. Melati 4", "phone": "", "mother_name": "",
    }  # fmt: skip

    client.post(f"/kota/orang/{budi.pk}/betulkan", once(**form))

    budi.refresh_from_db()
    assert (budi.name, budi.address, nik_of(budi)) == ("Budi Susanto", "Jl. Melati 4", nik)
    assert Event.objects.get(verb="corrected").details == {"fields": ["address", "name", "sex"]}


def test_a_nik_that_is_anothers_is_refused_at_its_field(client, budi):
    [wati] = some_people("Wati", region=[KLEGEN])
    taken = nik_of(Person.objects.get(pk=wati))
    form = {"name": budi.name, "nik": taken, "birth_date": "", "sex": "", "region": "",
            "address": "", "phone": "", "mother_name": ""}  # fmt: skip

    answer = client.post(f"/kota/orang/{budi.pk}/betulkan", once(**form))

    assert answer.status_code == 422
    assert 'href="#id_nik"' in answer.content.decode()


def test_a_death_is_noted_and_the_enrolment_ended_with_its_bill(client, budi, agreement):
    bill = billed(agreement, "2026-01", "2026-12")
    enrolment = Enrolment.objects.get()

    client.post(f"/kota/orang/{budi.pk}/wafat", once(died_on="2026-06-10"))
    asked = client.get(f"/kota/kepesertaan/{enrolment.pk}/akhiri").content.decode()
    client.post(
        f"/kota/kepesertaan/{enrolment.pk}/akhiri",
        once(reason="death", ends_on="2026-06-11", take_back="on"),
    )

    budi.refresh_from_db()
    enrolment.refresh_from_db()
    assert budi.died_on == date(2026, 6, 10)
    assert "6 bulan sesudah tanggal di bawah ini sudah ditagih (Rp100.800)" in asked
    assert (enrolment.ends_on, enrolment.end_reason) == (date(2026, 6, 11), "death")
    assert bill.corrections.get().total_rupiah == -100_800


def test_who_has_died_is_not_covered_today_and_has_no_card(client, budi, agreement):
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    before = client.get(f"/kota/orang/{budi.pk}")

    client.post(f"/kota/orang/{budi.pk}/wafat", once(died_on="2026-11-10"))

    after = client.get(f"/kota/orang/{budi.pk}")
    on_the_day = client.get(f"/kota/orang/{budi.pk}?on=2026-11-10")
    card = f"/kota/orang/{budi.pk}/kartu"
    assert (before.context["cover"]["word"], before.context["has_card"]) == ("Terlindungi", True)
    assert after.context["cover"]["word"] == "Meninggal pada 10 November 2026"
    assert card not in after.content.decode()
    assert on_the_day.context["then"]["word"] == "Terlindungi"
    assert client.get(card).status_code == 404


def test_a_day_of_death_to_come_is_refused(client, budi):
    answer = client.post(f"/kota/orang/{budi.pk}/wafat", once(died_on="2027-01-01"))

    assert answer.status_code == 422
    assert "Tanggal ini belum tiba." in answer.content.decode()


def test_two_records_become_one_after_they_were_compared(client, budi):
    [other] = some_people("Budi Santosa", region=[KLEGEN])

    compared = client.get(f"/kota/orang/{budi.pk}/gabung?other={other}").content.decode()
    client.post(f"/kota/orang/{budi.pk}/gabung", once(other=other, reason="KTP sama"))

    moved = client.get(f"/kota/orang/{other}")
    assert "<mark>" in compared
    assert moved.url == f"/kota/orang/{budi.pk}"
    assert "digabung ke catatan ini" in client.get(moved.url).content.decode()


def test_the_card_is_a_pdf_while_cover_runs(client, budi, agreement):
    before = client.get(f"/kota/orang/{budi.pk}/kartu")
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)

    card = client.get(f"/kota/orang/{budi.pk}/kartu")

    assert before.status_code == 404
    assert card["Content-Type"] == "application/pdf"
    assert card.content.startswith(b"%PDF")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_the_same_questions_however_much_there_is(
    client, sari, agreement, django_assert_num_queries, count
):
    people = some_people(*["Budi Santoso"] * count, region=[KLEGEN] * count)
    year = 2026
    for number in range(count):
        enrolled(
            people[0], agreement, date(year, 1 + number, 1), date(year, 2 + number, 1),
            previous_ends_on=date(year, 1 + number, 1) if number else None,
        )  # fmt: skip
    billed(agreement, "2026-01", "2026-12")

    with django_assert_num_queries(19):
        client.get("/kota/orang?q=budi+santoso")
    with django_assert_num_queries(15):
        client.get(f"/kota/orang/{people[0]}")


def test_a_correction_does_not_overwrite_what_somebody_else_corrected_meanwhile(client, budi):
    address = f"/kota/orang/{budi.pk}/betulkan"
    page = client.get(address).content.decode()
    seen = re.search(r'name="as_seen" value="([^"]+)"', page)[1]
    form = {"name": "Budi Santoso", "birth_date": "1980-05-12", "region": KLEGEN}

    client.post(address, once(**form, address="Jl. Melati 4"))
    late = client.post(address, once(**form | {"name": "Budi Susanto"}, as_seen=seen))

    assert late.status_code == 409
    budi.refresh_from_db()
    assert (budi.name, budi.address) == ("Budi Santoso", "Jl. Melati 4")

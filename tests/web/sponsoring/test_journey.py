"""A sponsor covers workers: who, how long, check and pay. Bad input loses and doubles nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sertakan.contributions.models import Bill, PaidMonth
from sertakan.enrolment.models import Consent, Enrolment
from sertakan.sponsors.models import Agreement, Draft, Sponsor
from sertakan.sponsors.operations import approve_agreement
from sertakan.sponsors.returning import return_agreement
from sertakan.web.sponsoring import checks
from tests.enrolment.making import an_agreement, enrol_them, some_people
from tests.web.people import NOW, a_user
from tests.web.sponsoring.making import (
    BUDI,
    KLEGEN,
    WATI,
    a_branch,
    a_sponsor,
    cover_two,
    once,
    order,
    send,
    type_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def lestari(client):
    a_branch()
    sponsor, user = a_sponsor()
    client.force_login(user)
    return sponsor


def told(answer):
    return answer.content.decode()


def test_a_new_account_becomes_a_sponsor(client):
    user = a_user("Ratna")
    client.force_login(user)
    page = send(client, "/sponsor/mulai", kind="person", name="Ratna", place="Klegen, Madiun")

    assert page.url == "/sponsor/"
    assert Sponsor.objects.get().name == "Ratna"
    assert "Ratna" in told(client.get("/sponsor/"))


def test_two_neighbours_are_covered_paid_for_and_get_cards(client, lestari):
    bill = cover_two(client)

    page = told(client.get(bill))
    assert "Rp67.200" in page  # November and December with the relief, January without, for two
    answer = send(client, f"{bill}/simulasi", _at=bill)

    assert answer.url == bill
    assert "hx-get" in page
    assert "hx-get" not in told(client.get(bill))
    assert PaidMonth.objects.count() == 6
    assert Consent.objects.count() == 2
    assert Draft.objects.count() == 0
    cards = client.get(f"/sponsor/perjanjian/{Agreement.objects.get().pk}/kartu")
    assert (cards["Content-Type"], cards.content[:5]) == ("application/pdf", b"%PDF-")
    receipt = client.get(f"/sponsor/bukti/{Bill.objects.get().payments.get().pk}")
    assert receipt.content[:5] == b"%PDF-"


def test_a_draft_is_gone_on_with_from_another_device(client, lestari, django_user_model):
    type_in(client, BUDI)
    client.logout()
    client.force_login(django_user_model.objects.get(name="Lestari"))

    assert "Budi Santoso" in told(client.get("/sponsor/baru"))
    assert "/sponsor/baru" in told(client.get("/sponsor/"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nik": "35770112058000O1"}, "3577011205800001"),
        ({"nik": "3577"}, "16"),
        ({"birth_date": "1950-05-12"}, "65"),
        ({"name": ""}, "Nama"),
    ],
)
def test_what_is_wrong_is_told_before_any_money(client, lestari, changed, sentence):
    answer = send(client, "/sponsor/baru/pekerja", **BUDI | changed)

    assert answer.status_code == 422
    assert sentence in told(answer)
    assert Draft.objects.count() == 0


def test_a_worker_typed_twice_is_told(client, lestari):
    type_in(client, BUDI)

    answer = send(client, "/sponsor/baru/pekerja", **BUDI)

    assert answer.status_code == 422
    assert "dua kali" in told(answer)


def test_a_birth_date_that_differs_from_the_nik_may_be_so(client, lestari):
    differs = BUDI | {"birth_date": "1980-05-13"}
    answer = send(client, "/sponsor/baru/pekerja", **differs)
    assert (answer.status_code, 'name="sure"' in told(answer)) == (422, True)

    answer = send(client, "/sponsor/baru/pekerja", **differs, sure="on")

    assert answer.status_code == 302


def test_who_is_covered_elsewhere_is_told_without_saying_by_whom(client, lestari):
    type_in(client, BUDI)
    send(client, "/sponsor/baru/lama", length="1")
    order(client)

    client.force_login(a_sponsor("Ratna")[1])
    answer = send(client, "/sponsor/baru/pekerja", **BUDI)

    assert answer.status_code == 422
    assert "Lestari" not in told(answer)


def test_nik_are_not_tried_out_without_end(client, lestari, monkeypatch):
    monkeypatch.setattr(checks, "MOST_NIKS", 3)
    grandmother = BUDI | {"birth_date": "1950-05-12"}
    for _each in range(3):
        answer = send(client, "/sponsor/baru/pekerja", **grandmother)
        assert "65 tahun ke atas" in told(answer)

    answer = send(client, "/sponsor/baru/pekerja", **grandmother)

    assert answer.status_code == 422
    assert "Terlalu banyak NIK" in told(answer)
    assert "65 tahun ke atas" not in told(answer)


def test_lists_are_not_tried_out_without_end(client, lestari, monkeypatch):
    monkeypatch.setattr(checks, "MOST_LISTS", 1)
    send(client, "/sponsor/baru/berkas", file=a_file(LIST), agreed="on")

    answer = send(client, "/sponsor/baru/berkas", file=a_file(LIST), agreed="on")

    assert answer.status_code == 422
    assert "Terlalu banyak NIK" in told(answer)


def test_a_double_click_orders_once(client, lestari):
    type_in(client, BUDI)
    send(client, "/sponsor/baru/lama", length="1")
    form = {"once": once(client, "/sponsor/baru/periksa"), "shown": "8400"}

    first = client.post("/sponsor/baru/periksa", form)
    second = client.post("/sponsor/baru/periksa", form)

    assert first.url == second.url
    assert (Bill.objects.count(), Enrolment.objects.count()) == (1, 1)


def test_a_second_window_finds_nothing_left_to_order(client, lestari):
    type_in(client, BUDI)
    send(client, "/sponsor/baru/lama", length="1")
    other = once(client, "/sponsor/baru/periksa")
    order(client)

    answer = client.post("/sponsor/baru/periksa", {"once": other, "shown": "8400"})

    assert (answer.status_code, Bill.objects.count()) == (302, 1)


def test_after_the_order_the_first_step_leads_to_the_bill_until_it_is_paid(client, lestari):
    bill = cover_two(client)
    link = f'href="{bill}"'

    page = told(client.get("/sponsor/baru/periksa", follow=True))
    assert link in page
    assert "Rp67.200" in page
    type_in(client, BUDI | {"name": "Siti", "nik": "3577014905830004", "birth_date": "1983-05-09"})
    assert link not in told(client.get("/sponsor/baru"))
    send(client, "/sponsor/baru/hapus", _at="/sponsor/baru")
    send(client, f"{bill}/simulasi", _at=bill)
    assert link not in told(client.get("/sponsor/baru"))


def test_why_later_months_cost_more_is_told_beside_the_choice(client, lestari):
    type_in(client, BUDI)

    page = told(client.get("/sponsor/baru/lama"))

    assert "1 bulan, sampai 30 November 2026: Rp8.400" in page
    assert "3 bulan, sampai 31 Januari 2027: Rp33.600" in page
    assert "Sampai Desember 2026" in page
    assert "PP 50/2025" in page


def test_a_price_that_was_not_shown_is_not_taken(client, lestari):
    type_in(client, BUDI)
    send(client, "/sponsor/baru/lama", length="1")

    answer = send(client, "/sponsor/baru/periksa", shown="1")

    assert (answer.status_code, Bill.objects.count()) == (422, 0)
    assert "Budi Santoso" in told(client.get("/sponsor/baru"))


@pytest.mark.parametrize("last", ["2029-01", "2026-10", "x", ""])
def test_months_that_cannot_be_are_told(client, lestari, last):
    type_in(client, BUDI)

    answer = send(client, "/sponsor/baru/lama", length="other", last=last)

    assert answer.status_code == 422


def test_more_than_the_standing_approval_waits_and_goes_on_when_approved(client):
    a_branch(most_places=1)
    _sponsor, user = a_sponsor()
    client.force_login(user)

    assert cover_two(client) == "/sponsor/"
    assert "Di kantor cabang" in told(client.get("/sponsor/"))
    agreement = Agreement.objects.get()
    path = f"/sponsor/perjanjian/{agreement.pk}/lanjut"
    token = once(client, "/sponsor/baru/pekerja")
    assert client.post(path, {"once": token}).status_code == 409
    approve_agreement(agreement=agreement, by=user, now=NOW)
    answer = send(client, path, _at="/sponsor/")

    assert answer.url == f"/sponsor/tagihan/{Bill.objects.get().pk}"
    assert (Enrolment.objects.count(), Draft.objects.count()) == (2, 0)


def test_what_the_branch_sends_back_is_changed_and_sent_anew(client):
    a_branch(most_places=1)
    _sponsor, user = a_sponsor()
    client.force_login(user)
    cover_two(client)
    agreement = Agreement.objects.get()
    return_agreement(agreement=agreement, reason="Mohon satu pekerja dulu", by=user, now=NOW)
    assert "Mohon satu pekerja dulu" in told(client.get("/sponsor/"))

    path = f"/sponsor/perjanjian/{agreement.pk}/ubah"
    assert send(client, path, _at="/sponsor/").url == "/sponsor/baru"
    send(client, "/sponsor/baru/pekerja/2/keluarkan", _at="/sponsor/baru")

    assert order(client).startswith("/sponsor/tagihan/")
    assert Agreement.objects.count() == 2


def test_those_who_wait_are_counted_and_never_named(client, lestari):
    city = an_agreement("PKS/KOTA", places=1)
    enrol_them(city, some_people("Pertama"))
    enrol_them(city, some_people(*(f"Tani Rahasia {n}" for n in range(6))), region=KLEGEN)
    enrol_them(city, some_people("Jaga Rahasia"), category="grave_keeper", region=KLEGEN)

    assert "sedikitnya 5" in told(client.get("/sponsor/baru/antrean"))
    page = f"/sponsor/baru/antrean?region={KLEGEN}"
    assert "kurang dari 5" in told(client.get(page))
    assert send(client, page, category="rt_rw", count="9").status_code == 422
    send(client, page, category="rt_rw", count="2")
    send(client, "/sponsor/baru/lama", length="1")
    bill = order(client)

    paths = [bill, "/sponsor/", "/sponsor/uang", "/sponsor/tagihan"]
    paths += [f"/sponsor/pekerja/{pk}" for pk in lestari_enrolments(lestari)]
    assert len(paths) == 6
    assert [path for path in paths if "Rahasia" in told(client.get(path))] == []
    agreement = Agreement.objects.get(sponsor=lestari)
    assert client.get(f"/sponsor/perjanjian/{agreement.pk}/kartu").status_code == 404
    assert "ini bukan jeda" in told(client.get(f"{paths[-1]}/berhenti"))


def lestari_enrolments(sponsor):
    return list(Enrolment.objects.filter(agreement__sponsor=sponsor).values_list("pk", flat=True))


LIST = """NIK;Nama;Tanggal Lahir;Pekerjaan;Kelurahan;Penghasilan
3577011205800001;Budi Santoso;12-05-1980;pedagang;Klegen;900000
35770152058200O2;Wati Lestari;12-05-1982;pedagang;Klegen;900000
3577;Salah;;pedagang;Klegen;900000
"""


def a_file(text, name="daftar.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_a_list_is_taken_in_and_its_problems_are_mended_in_the_page(client, lestari):
    answer = send(client, "/sponsor/baru/berkas", file=a_file(LIST), agreed="on")

    assert answer.url == "/sponsor/baru", told(answer)
    page = told(client.get("/sponsor/baru"))
    assert "Budi Santoso" in page
    assert any(told in page for told in ("NIK harus 16 digit", "NIK belum diisi"))
    assert 'href="/sponsor/baru/lama"' not in page

    answer = send(client, "/sponsor/baru/pekerja/3", **WATI | {"nik": "3577015205830003",
        "birth_date": "1983-05-12", "name": "Siti"})  # fmt: skip
    assert answer.url == "/sponsor/baru"
    assert 'href="/sponsor/baru/lama"' in told(client.get("/sponsor/baru"))


def test_a_list_sent_again_adds_nobody(client, lestari):
    for _each in range(2):
        send(client, "/sponsor/baru/berkas", file=a_file(LIST), agreed="on")

    assert told(client.get("/sponsor/baru")).count("Budi Santoso</strong>") == 1


@pytest.mark.parametrize("name", ["foto.jpg", "daftar.xlsx"])
def test_a_wrong_file_is_told(client, lestari, name):
    answer = send(client, "/sponsor/baru/berkas", file=a_file("bukan daftar", name), agreed="on")

    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_a_list_without_a_declaration_is_not_read(client, lestari):
    answer = send(client, "/sponsor/baru/berkas", file=a_file(LIST))

    assert (answer.status_code, Draft.objects.count()) == (422, 0)


def test_somebody_elses_pages_are_not_there(client, lestari):
    bill = cover_two(client)
    enrolment, agreement = Enrolment.objects.first(), Agreement.objects.get()
    client.force_login(a_sponsor("Ratna")[1])

    paths = [
        bill, f"{bill}/keadaan", f"/sponsor/pekerja/{enrolment.pk}",
        f"/sponsor/pekerja/{enrolment.pk}/kartu", f"/sponsor/pekerja/{enrolment.pk}/berhenti",
        f"/sponsor/perjanjian/{agreement.pk}/kartu",
        f"/sponsor/perjanjian/{agreement.pk}/perpanjang",
    ]  # fmt: skip
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)


def test_no_payment_is_simulated_outside_a_demonstration(client, lestari, settings):
    bill = cover_two(client)
    token = once(client, "/sponsor/baru/pekerja")
    settings.DEMO_DAY = None

    assert client.post(f"{bill}/simulasi", {"once": token}).status_code == 404
    assert "simulasi" not in told(client.get(bill)).lower()
    assert PaidMonth.objects.count() == 0

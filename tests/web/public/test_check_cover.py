from datetime import date
from functools import partial

import pytest

from sertakan.audit.models import Event
from sertakan.messages.models import Message
from sertakan.people.models import Person
from tests.enrolment.making import a_sponsor, some_people
from tests.web.public.making import (
    BORN,
    STRANGER,
    a_worker,
    ask,
    code_sent,
    counted,
    nik_of,
    skeleton,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


def proved(client, person):
    ask(client, nik_of(person))
    code, _channel, _recipient = code_sent()
    return client.post("/cek/kode", {"code": code})


def test_wati_sees_her_cover_by_a_code_to_her_phone(client):
    wati = a_worker("Wati Susanti")

    asked = ask(client, nik_of(wati))
    code, channel, recipient = code_sent()
    answered = client.post("/cek/kode", {"code": code}, follow=True)

    assert asked.url == "/cek/kode"
    assert (channel, recipient) == ("sms", "+6281234567890")
    text = words(answered)
    assert "Perlindungan saya Wati Susanti Terlindungi" in text
    assert "Terlindungi sampai 31 Desember 2026, sejauh yang sudah dibayar hari ini." in text
    assert "Sponsor Kota Contoh" in text
    assert "Bulan terbayar 11" in text
    assert "Nov 2026 dibayar" in text


def test_every_look_is_recorded_without_anything_personal(client):
    wati = a_worker()
    proved(client, wati)

    client.get("/cek/hasil")

    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_type, event.subject_id, event.actor, event.details) == (
        "looked",
        "person",
        str(wati.pk),
        None,
        {"at_own": True},
    )


def test_a_neighbour_who_pays_is_not_named(client):
    neighbour = a_sponsor("Ratna Kusuma", "person")
    wati = a_worker(sponsor=neighbour, fund="own")

    text = words(client.get(proved(client, wati).url))

    assert "Sponsor seorang warga di sekitar Anda" in text
    assert "Ratna" not in text


def test_unpaid_months_are_told_as_grace_with_the_last_day_to_pay(client):
    wati = a_worker(through="2026-09")

    text = words(client.get(proved(client, wati).url))

    assert "Masa tenggang: ada bulan yang belum dibayar" in text
    assert "paling lambat 31 Desember 2026" in text
    assert "Tunggakan Oktober 2026, November 2026" in text


@pytest.fixture
def _three_who_cannot():
    """Nobody; somebody born on another day; somebody without a phone."""
    a_worker("Tanpa Ponsel", phone=None, number="PKS/9")


def strangers():
    without_phone = Person.objects.get(name="Tanpa Ponsel")
    known = a_worker("Wati Susanti")
    return [
        (nik_of(known), BORN),
        (STRANGER, BORN),
        (nik_of(known), date(1981, 1, 1)),
        (nik_of(without_phone), BORN),
    ]


@pytest.mark.usefixtures("_three_who_cannot")
def test_known_and_unknown_get_the_same_pages_after_the_same_work(client_class):
    told, asked, codes = set(), set(), set()
    for nik, born_on in strangers():
        client = client_class()
        answer, first = counted(partial(ask, client, nik, born_on))
        page = client.get("/cek/kode")
        wrong, second = counted(partial(client.post, "/cek/kode", {"code": "000000"}))
        told.add(
            (answer.status_code, answer.url, skeleton(page), wrong.status_code, skeleton(wrong))
        )
        asked.add(first)
        codes.add(second)

    assert (len(told), len(asked), len(codes)) == (1, 1, 1)


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


@pytest.mark.usefixtures("_three_who_cannot")
def test_only_who_is_known_with_a_phone_is_written_to(client_class):
    channels = []
    for nik, born_on in strangers():
        ask(client_class(), nik, born_on)
        channels.append(Message.objects.latest("pk").channel)

    assert channels == ["sms", "nobody", "nobody", "nobody"]


def test_the_code_of_somebody_unknown_opens_nothing(client):
    ask(client, STRANGER)
    code, _channel, _recipient = code_sent()

    answer = client.post("/cek/kode", {"code": code})

    assert answer.status_code == 422
    assert client.get("/cek/hasil").url == "/cek"


def test_after_five_wrong_codes_the_right_one_opens_nothing_either(client):
    wati = a_worker()
    ask(client, nik_of(wati))
    code, _channel, _recipient = code_sent()
    wrong = "000000" if code != "000000" else "111111"

    statuses = [client.post("/cek/kode", {"code": wrong}).status_code for _ in range(5)]
    answer = client.post("/cek/kode", {"code": code})

    assert (statuses, answer.status_code) == ([422] * 5, 422)


def test_codes_for_one_nik_are_limited_for_known_and_unknown_alike(client_class):
    wati = a_worker()

    for nik in (nik_of(wati), STRANGER):
        client = client_class()
        statuses = [ask(client, nik).status_code for _ in range(6)]
        assert statuses == [302] * 5 + [429]


def test_one_address_may_ask_twenty_times_an_hour(client):
    niks = [f"35770152037001{number:02}" for number in range(21)]

    statuses = [ask(client, nik).status_code for nik in niks]

    assert statuses == [302] * 20 + [429]


def test_a_nik_that_is_none_is_refused_kindly(client):
    answer = ask(client, "123")

    assert answer.status_code == 422
    assert "Tulis 16 angka NIK" in words(answer)


def test_without_a_code_there_is_nothing_to_see(client):
    assert client.get("/cek/kode").url == "/cek"
    assert client.get("/cek/hasil").url == "/cek"


def test_the_result_asks_the_database_as_often_however_long_the_history(
    client, django_assert_num_queries
):
    short = a_worker("Budi", through="2026-01", number="PKS/2")
    proved(client, short)
    _answer, asked = counted(partial(client.get, "/cek/hasil"))
    long = a_worker("Wati Susanti")
    proved(client, long)

    with django_assert_num_queries(asked):
        client.get("/cek/hasil")


def test_somebody_never_enrolled_is_told_so(client):
    (number,) = some_people("Agus", phone=["081111111111"])

    text = words(client.get(proved(client, Person.objects.get(pk=number)).url))

    assert "Belum terlindungi" in text
    assert "Sponsor belum ada" in text

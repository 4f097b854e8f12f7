from datetime import date

import pytest

from sertakan.contributions.card_tokens import discreet_name, published_keys, token_of
from sertakan.documents.card_keys import read_published, signing_key
from sertakan.documents.card_token import Card, read, sign
from sertakan.people.operations import merge
from tests.enrolment.making import NOW, an_officer, some_people
from tests.web.public.making import a_worker, nik_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


def token(person, through=date(2026, 12, 31)):
    return token_of(person, issued_on=date(2026, 1, 2), valid_through=through)


def test_a_card_tells_little_and_enough(client):
    wati = a_worker("Wati Susanti Dewi")

    answer = client.get(f"/k/{token(wati)}")

    text = words(answer)
    assert answer.status_code == 200
    assert "Wati S••• D•••" in text
    assert "Terlindungi sampai 31 Desember 2026" in text
    assert "Jaminan Kecelakaan Kerja (JKK), Jaminan Kematian (JKM)" in text
    assert nik_of(wati) not in answer.content.decode()
    assert "Susanti" not in text


def test_a_card_whose_contributions_are_unpaid_says_grace(client):
    wati = a_worker(through="2026-09")

    assert "Masa tenggang" in words(client.get(f"/k/{token(wati)}"))


def test_a_card_that_has_run_out_still_tells_todays_cover(client):
    wati = a_worker()

    text = words(client.get(f"/k/{token(wati, through=date(2026, 6, 30))}"))

    assert "Masa berlaku kartu ini habis Kartu ini asli dan berlaku sampai 30 Juni 2026." in text
    assert "Terlindungi sampai 31 Desember 2026" in text


def test_a_forged_card_a_damaged_one_and_one_of_another_issuer(client):
    wati = a_worker()
    good = token(wati)
    forged = good[:40] + ("A" if good[40] != "A" else "B") + good[41:]
    foreign = sign(
        Card(wati.pk, date(2026, 1, 2), date(2026, 12, 31)), signing_key(bytes(range(32)))
    )

    said = [
        (answer.status_code, sentence in words(answer))
        for answer, sentence in (
            (client.get(f"/k/{forged}"), "bukan kartu kami, atau kodenya rusak"),
            (client.get(f"/k/{good[:-3]}"), "Kode tidak terbaca utuh"),
            (client.get(f"/k/{foreign}"), "kunci yang bukan atau tidak lagi milik kami"),
        )
    ]

    assert said == [(404, True)] * 3


def test_a_card_of_a_record_merged_since_tells_of_the_record_kept(client):
    wati = a_worker("Wati Susanti")
    (twice,) = some_people("Watik Susanti")
    merge(
        kept=wati,
        merged=type(wati).objects.get(pk=twice),
        reason="satu orang",
        by=an_officer(),
        now=NOW,
    )

    text = words(client.get(f"/k/{token(type(wati).objects.get(pk=twice))}"))

    assert "Wati S•••" in text
    assert "Terlindungi" in text


def test_a_number_that_nobody_has_is_genuine_and_unknown(client, settings):
    card = Card(10**12, date(2026, 1, 2), date(2026, 12, 31))

    text = words(client.get(f"/k/{sign(card, signing_key(settings.CARD_KEYS[0]))}"))

    assert "Asli, tetapi tidak ada peserta yang tercatat" in text


def test_anyone_can_check_a_card_by_the_published_keys(client):
    wati = a_worker()

    keys = read_published(client.get("/kunci-kartu.txt").content.decode())
    card = read(token(wati), keys)

    assert card == Card(wati.pk, date(2026, 1, 2), date(2026, 12, 31))
    assert [key["id"] for key in client.get("/kunci-kartu.json").json()["keys"]] == list(keys)
    assert published_keys().split()[2] in words(client.get("/kunci-kartu"))


def test_cards_of_an_older_key_stay_good(client, settings):
    wati = a_worker()
    old = token(wati)

    settings.CARD_KEYS = (bytes(range(32)), *settings.CARD_KEYS)

    assert client.get(f"/k/{old}").status_code == 200
    assert client.get(f"/k/{token(wati)}").status_code == 200


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Wati", "Wati"), ("Wati Susanti", "Wati S•••"), ("Siti nur Aini", "Siti n••• A•••")],
)
def test_a_name_for_strangers(name, shown):
    assert discreet_name(name) == shown

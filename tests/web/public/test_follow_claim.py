from datetime import date
from functools import partial

import pytest
from django.test import Client

from sertakan.audit.models import Event
from tests.claims.making import approved, decided, paid_out, reported, with_papers
from tests.web.public.making import BORN, a_worker, counted, skeleton, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
DIED = date(2026, 6, 10)


def followed(client, claim, born_on=BORN, reference=None):
    return client.post(
        "/klaim",
        {"reference": reference or claim.reference, "birth_date": born_on.isoformat()},
        follow=True,
    )


def a_claim(name="Wati Susanti", **statements):
    return reported(a_worker(name).pk, DIED, **statements)


def test_a_claim_that_was_just_reported_names_the_papers_still_needed(client):
    text = words(followed(client, a_claim()))

    assert "Dokumen masih kurang" in text
    assert "Akta atau surat kematian masih diperlukan" in text
    assert "kantor cabang wajib membayar dalam 3 hari kerja (PP 44/2015 Pasal 40(3))" in text


def test_a_decision_is_told_after_the_second_look_only(client):
    claim = with_papers(a_claim(), on=date(2026, 6, 12))
    decided(claim, on=date(2026, 6, 15))

    before = words(followed(client, claim))
    approved(claim, on=date(2026, 6, 16))
    after = words(followed(client, claim))

    assert "Sudah diputuskan; sedang diperiksa petugas kedua" in before
    assert "Rp42.000.000" not in before
    assert "Disetujui, akan dibayar Rp42.000.000 akan dibayarkan kepada ahli waris." in after
    assert "Santunan kematian Rp20.000.000 PP 82/2019 Pasal 34" in after


def test_a_claim_that_was_paid_tells_day_amount_and_the_law_s_last_day(client):
    claim = with_papers(a_claim(), on=date(2026, 6, 12))
    decided(claim, on=date(2026, 6, 15))
    approved(claim, on=date(2026, 6, 16))
    paid_out(claim, on=date(2026, 6, 22))

    text = words(followed(client, claim))

    assert "Uang sudah dibayarkan Rp42.000.000 dibayarkan pada 22 Juni 2026." in text
    assert "paling lambat 18 Juni 2026" in text
    assert "Terlambat 4 hari; menurut aturan ditambah Rp1.680.000." in text


def test_a_refusal_tells_its_reason_and_how_to_object(client):
    claim = with_papers(a_claim(working_when_accepted=False), on=date(2026, 6, 12))
    decided(claim, on=date(2026, 6, 15))
    approved(claim, on=date(2026, 6, 16))

    text = words(followed(client, claim))

    assert "Ditolak Peserta tidak bekerja ketika didaftarkan." in text
    assert "Bila Anda tidak setuju" in text


def test_what_is_unknown_is_answered_alike_after_the_same_work():
    claim = a_claim()
    told, asked = set(), set()
    for reference, born_on in (
        (claim.reference, date(1981, 1, 1)),
        ("KLM-2026-999999", BORN),
    ):
        client = Client()
        answer, queries = counted(partial(followed, client, claim, born_on, reference))
        told.add(skeleton(answer).replace(reference, "").replace(born_on.isoformat(), ""))
        asked.add(queries)

    assert (len(told), len(asked)) == (1, 1)


def test_every_look_is_recorded_and_no_name_is_shown(client):
    claim = a_claim()

    text = words(followed(client, claim))

    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_id, event.actor) == ("followed", str(claim.pk), None)
    assert "Susanti" not in text
    assert "Siti" not in text


def test_birth_dates_of_one_claim_may_be_tried_twenty_times_a_day():
    claim = a_claim()

    statuses = [
        followed(Client(REMOTE_ADDR=f"10.0.0.{number}"), claim, date(1990, 1, 1)).status_code
        for number in range(21)
    ]

    assert statuses == [422] * 20 + [429]


def test_the_number_may_be_typed_as_people_type(client):
    claim = a_claim()

    answer = followed(client, claim, reference=f" {claim.reference.lower()} ")

    assert answer.redirect_chain == [("/klaim/perjalanan", 302)]


def test_the_story_asks_the_database_as_often_however_long_it_is(client, django_assert_num_queries):
    short = a_claim("Budi Santoso")
    followed(client, short)
    _answer, asked = counted(partial(client.get, "/klaim/perjalanan"))
    long = with_papers(a_claim("Wati Susanti"), on=date(2026, 6, 12))
    for day in (15, 16, 17):
        decided(long, on=date(2026, 6, day))
    approved(long, on=date(2026, 6, 18))
    followed(client, long)

    with django_assert_num_queries(asked):
        client.get("/klaim/perjalanan")


def test_without_its_number_no_claim_is_shown(client):
    assert client.get("/klaim/perjalanan").url == "/klaim"

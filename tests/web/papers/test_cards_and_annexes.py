"""The cards and the annex of an agreement: small ones at once, long ones from the background."""

import io
import stat
import uuid
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from sertakan.contributions.card_tokens import scan
from sertakan.enrolment.models import Enrolment
from sertakan.people.models import Person
from sertakan.people.queries import masked_nik
from sertakan.web import clock
from sertakan.web.papers import preparing
from sertakan.web.papers.annexes import annex_paper
from sertakan.web.papers.cards import cards_of, holders
from sertakan.work.models import Job
from tests.contributions.making import billed, paid
from tests.enrolment.making import a_sponsor, an_agreement, enrolled, some_people
from tests.web.papers.reading import said, whole_niks
from tests.web.people import an_appointed
from tests.work.running import run_waiting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def short(monkeypatch):
    """A paper of more than one person is long; a file holds two cards."""
    monkeypatch.setattr(preparing, "AT_ONCE", 1)
    monkeypatch.setattr(preparing, "CARDS_A_FILE", 2)


def covered(agreement, *names):
    """People with these names, whose November and December are paid."""
    for person in some_people(*names):
        enrolled(person, agreement)
    bill = billed(agreement, "2026-11", "2026-12", on=date(2026, 11, 2))
    paid(bill.total_rupiah, code=bill.payment_code, on=date(2026, 11, 3))


def cards_page(agreement, paper="kartu"):
    return f"/kota/perjanjian/{agreement.pk}/{paper}"


def ask(client, address, **form):
    return client.post(address, form or {"once": str(uuid.uuid4())})


def test_the_cards_of_a_small_agreement_are_there_at_once(client, sari, agreement):
    covered(agreement, "Budi Santoso", "Wati Lestari")

    answer = client.get(cards_page(agreement))

    text = said(answer.content)
    assert answer["Content-Disposition"] == 'inline; filename="kartu-PKS-1-2026.pdf"'
    assert "Budi Santoso" in text
    assert "Wati Lestari" in text
    assert "Kota Contoh" in text
    assert "Cabang Contoh (0000) 000 000 BPJS Ketenagakerjaan 175" in text
    assert whole_niks(text) == []
    assert not Job.objects.exists()


def test_a_card_bears_a_masked_nik_its_number_and_a_code_that_can_be_checked(agreement):
    covered(agreement, "Budi Santoso")

    [card] = cards_of(
        holders(Enrolment.objects.all(), on=TODAY),
        on=TODAY,
        language="id",
        base="https://a.example",
    )

    budi = Person.objects.get()
    assert card.nik == masked_nik(budi)
    assert card.number == f"{budi.pk:010}"
    assert card.cover == "1 Jan 2026 – 31 Des 2026"
    scanned = scan(card.address.removeprefix("https://a.example/k/"), on=TODAY)
    assert scanned.card.number == budi.pk
    assert scanned.card.valid_through == date(2026, 12, 31)


def test_whoever_is_not_covered_has_died_or_has_left_gets_no_card(client, sari, agreement):
    covered(agreement, "Budi Santoso", "Wati Lestari", "Agus Salim")
    [tono] = some_people("Tono Unpaid")
    enrolled(tono, agreement)
    Person.objects.filter(name="Wati Lestari").update(died_on=date(2026, 11, 20))
    Enrolment.objects.filter(person__name="Agus Salim").update(
        ends_on=date(2026, 11, 20), end_reason="moved", ended_at=clock.now(), ended_by=sari
    )

    text = said(client.get(cards_page(agreement)).content)

    assert "Budi Santoso" in text
    assert [name for name in ("Wati", "Agus", "Tono") if name in text] == []


def test_a_neighbour_is_not_named_on_the_cards_that_the_city_prints(client, sari, madiun, branch):
    lestari = a_sponsor("Lestari Handayani", "person")
    agreement = an_agreement("PKS/5", sponsor=lestari, fund="own", region=madiun, branch=branch)
    covered(agreement, "Budi Santoso")

    text = said(client.get(cards_page(agreement)).content)
    english = said(client.get("/en" + cards_page(agreement)).content)

    assert "Lestari Handayani" not in text
    assert "Sponsor perorangan" in text
    assert "A private sponsor" in english


def test_where_nobody_is_covered_the_page_says_so(client, sari, agreement):
    page = client.get(cards_page(agreement))

    assert page.status_code == 200
    assert "Tidak ada seorang pun" in page.content.decode()


def test_the_annex_lists_everyone_with_their_days(client, sari, agreement):
    covered(agreement, "Wati Lestari", "Budi Santoso")

    answer = client.get(cards_page(agreement, "lampiran"))

    text = said(answer.content)
    assert answer["Content-Disposition"] == 'inline; filename="lampiran-PKS-1-2026.pdf"'
    assert text.index("Budi Santoso") < text.index("Wati Lestari")
    assert "01/01/2026 – 31/12/2026" in text
    assert "Rp1.000.000.000" in text
    assert "BPJS Ketenagakerjaan Cabang Contoh" in text
    assert whole_niks(text) == []


def test_the_annex_speaks_english_to_english_readers(client, sari, agreement):
    covered(agreement, "Budi Santoso")

    text = said(client.get("/en" + cards_page(agreement, "lampiran")).content)

    assert "1 January – 31 December 2026" in text


def test_many_cards_are_made_in_the_background_and_kept_for_who_asked(
    client, sari, agreement, short
):
    covered(agreement, "Budi", "Wati", "Agus")
    page = cards_page(agreement)

    before = client.get(page).content.decode()
    asked = ask(client, page)
    waits = client.get(page).content.decode()
    [job] = run_waiting(clock=clock.now)
    ready = client.get(page).content.decode()
    file = client.get(f"{page}/berkas")

    assert "Buat berkas" in before
    assert asked.url == page
    assert 'hx-get="' + page in waits
    assert "Menunggu giliran." in waits
    assert (job.state, job.done, job.total) == ("done", 2, 3)
    assert "Unduh" in ready
    assert "hx-get" not in ready
    assert file["Content-Disposition"] == 'attachment; filename="kartu-PKS-1-2026.zip"'
    bundle = zipfile.ZipFile(io.BytesIO(file.content))
    assert bundle.namelist() == ["kartu-PKS-1-2026-01.pdf", "kartu-PKS-1-2026-02.pdf"]
    texts = [said(bundle.read(name)) for name in bundle.namelist()]
    assert ["Agus" in texts[0], "Budi" in texts[0], "Wati" in texts[1]] == [True, True, True]
    assert [whole_niks(text) for text in texts] == [[], []]


def test_a_long_annex_is_made_in_the_background(client, sari, agreement, short):
    covered(agreement, "Budi", "Wati")
    page = cards_page(agreement, "lampiran")

    ask(client, page)
    run_waiting(clock=clock.now)
    text = said(client.get(f"{page}/berkas").content)

    assert "Budi" in text
    assert "Wati" in text


def test_a_double_click_and_a_second_window_make_it_once(client, sari, agreement, short):
    covered(agreement, "Budi", "Wati")
    page, form = cards_page(agreement), {"once": str(uuid.uuid4())}

    first, again = ask(client, page, **form), ask(client, page, **form)
    other_window = ask(client, page)

    assert (first.status_code, again.status_code, other_window.status_code) == (302, 302, 302)
    assert Job.objects.count() == 1
    assert "Pekerjaan ini sedang berjalan" in client.get(page).content.decode()


def test_the_file_lies_sealed_and_private(client, sari, agreement, short):
    covered(agreement, "Budi", "Wati")
    ask(client, cards_page(agreement, "lampiran"))
    [job] = run_waiting(clock=clock.now)

    [path] = Path(settings.MEDIA_ROOT, "papers").iterdir()

    assert path.name == str(job.pk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"%PDF" not in path.read_bytes()


def test_nobody_else_gets_the_file(client, sari, madiun, agreement, short):
    covered(agreement, "Budi", "Wati")
    ask(client, cards_page(agreement))
    run_waiting(clock=clock.now)
    client.force_login(an_appointed("city_officer", over=madiun, name="Tuti"))

    page = client.get(cards_page(agreement)).content.decode()
    file = client.get(f"{cards_page(agreement)}/berkas")

    assert "Buat berkas" in page
    assert file.url == cards_page(agreement)


def test_the_file_is_gone_with_the_role(client, sari, agreement, short):
    covered(agreement, "Budi", "Wati")
    ask(client, cards_page(agreement))
    run_waiting(clock=clock.now)
    sari.appointments.update(ended_at=clock.now(), ended_by=sari)

    assert client.get(f"{cards_page(agreement)}/berkas").status_code == 403


def test_the_file_is_deleted_after_a_day(client, sari, agreement, short):
    covered(agreement, "Budi", "Wati")
    ask(client, cards_page(agreement))
    run_waiting(clock=clock.now)

    preparing.forget(now=clock.now() + timedelta(hours=23))
    still = client.get(f"{cards_page(agreement)}/berkas").status_code
    preparing.forget(now=clock.now() + timedelta(hours=25))
    later = client.get(f"{cards_page(agreement)}/berkas")

    assert (still, later.url) == (200, cards_page(agreement))
    assert list(Path(settings.MEDIA_ROOT, "papers").iterdir()) == []
    assert "Buat berkas" in client.get(cards_page(agreement)).content.decode()


def test_another_citys_agreement_is_not_there(client, sari):
    elsewhere = an_agreement("PKS/LAIN", region_id="35.78")
    covered(elsewhere, "Tuti")

    answers = [
        client.get(cards_page(elsewhere) + under).status_code for under in ("", "/berkas")
    ] + [
        client.get(cards_page(elsewhere, "lampiran") + under).status_code
        for under in ("", "/berkas")
    ]

    assert answers == [404, 404, 404, 404]


@pytest.mark.parametrize("number", [1, 3])
def test_cards_ask_as_often_for_one_as_for_three(agreement, number, django_assert_num_queries):
    covered(agreement, *[f"Tarno {at}" for at in range(number)])

    with django_assert_num_queries(2):
        enrolments = list(holders(Enrolment.objects.all(), on=TODAY))
        cards = cards_of(enrolments, on=TODAY, language="id", base="https://a.example")

    assert len(cards) == number


@pytest.mark.parametrize("number", [1, 3])
def test_an_annex_asks_as_often_for_one_as_for_three(agreement, number, django_assert_num_queries):
    covered(agreement, *[f"Tarno {at}" for at in range(number)])

    with django_assert_num_queries(1):
        _paper, people = annex_paper(agreement, on=TODAY)

    assert len(people) == number

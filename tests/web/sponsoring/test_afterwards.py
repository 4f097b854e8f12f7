"""After paying: the worker's page, stopping, another worker, renewing, users, my money."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.access.models import Appointment, Invitation
from sertakan.accounts.models import User
from sertakan.contributions.models import Bill, PaidMonth
from sertakan.contributions.queries import credit
from sertakan.enrolment.models import Enrolment
from sertakan.messages.models import Message
from sertakan.sponsors.drafts import content_of, open_draft, throw_away
from sertakan.sponsors.models import Agreement, Sponsor
from sertakan.web.sponsoring import checks
from tests.web.people import NOW, an_appointed
from tests.web.sponsoring.making import (
    BUDI,
    JOB,
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


@pytest.fixture
def paid(client, lestari):
    """Budi and Wati are covered to the end of January 2027, and paid for."""
    bill = cover_two(client)
    send(client, f"{bill}/simulasi", _at=bill)
    return bill


def told(answer):
    return answer.content.decode()


def worker(name):
    return Enrolment.objects.get(person__name=name)


def test_a_workers_page_shows_months_and_a_masked_nik(client, paid):
    page = told(client.get(f"/sponsor/pekerja/{worker('Budi Santoso').pk}"))

    assert "357701••••••••01" in page
    assert "3577011205800001" not in page
    assert page.count("month-paid") == 3
    card = client.get(f"/sponsor/pekerja/{worker('Budi Santoso').pk}/kartu")
    assert card.content[:5] == b"%PDF-"


def test_no_card_before_the_money_has_come(client, lestari):
    cover_two(client)
    budi = worker("Budi Santoso")

    assert client.get(f"/sponsor/pekerja/{budi.pk}/kartu").status_code == 404
    assert client.get(f"/sponsor/perjanjian/{budi.agreement_id}/kartu").status_code == 404


def test_who_stops_gets_the_later_months_back(client, paid, lestari):
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/berhenti"

    answer = send(client, path, month="2026-12", reason="asked")

    assert answer.status_code == 302
    assert credit(lestari) == 8_400 + 16_800
    assert worker("Budi Santoso").ends_on == date(2026, 12, 1)
    assert "Rp25.200" in told(client.get("/sponsor/tagihan"))
    assert client.get(path).status_code == 404


def test_a_pause_is_to_stop_and_to_type_in_again(client, paid, lestari, settings):
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/berhenti"
    assert "Untuk jeda" in told(client.get(path))
    send(client, path, month="2026-12", reason="asked")

    settings.DEMO_DAY = date(2026, 12, 1)
    type_in(client, BUDI)
    send(client, "/sponsor/baru/lama", length="1")

    assert order(client).startswith("/sponsor/tagihan/")


def test_to_stop_after_the_last_month_is_not_to_be_renewed(client, paid):
    send(
        client, f"/sponsor/pekerja/{worker('Budi Santoso').pk}/berhenti",
        month="2027-02", reason="moved",
    )  # fmt: skip

    budi = worker("Budi Santoso")
    assert (budi.ends_on, budi.end_reason) == (date(2027, 2, 1), "moved")


@pytest.mark.parametrize("month", ["2026-11", "2027-03", ""])
def test_a_month_that_was_not_offered_is_refused(client, paid, month):
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/berhenti"

    assert send(client, path, month=month, reason="asked").status_code == 422


def test_another_worker_takes_the_place_and_the_money(client, paid, lestari):
    siti = WATI | {"name": "Siti Aminah", "nik": "3577015205830003", "birth_date": "1983-05-12"}
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/ganti"
    rest = JOB | {"place": "Klegen, Madiun", "agreed": "on", "reason": "asked"}

    answer = send(client, path, month="2026-12", **siti, **rest)

    assert answer.status_code == 302, told(answer)
    assert PaidMonth.objects.filter(person__name="Siti Aminah").count() == 2
    assert credit(lestari) == 0


def test_a_replacement_that_cannot_be_undoes_the_stop(client, paid):
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/ganti"
    rest = JOB | {"place": "Klegen, Madiun", "agreed": "on", "reason": "asked"}

    answer = send(client, path, month="2026-12", **WATI, **rest)

    assert answer.status_code == 422
    assert worker("Budi Santoso").ends_on == date(2027, 2, 1)


def test_nik_are_not_tried_out_as_replacements_without_end(client, paid, monkeypatch):
    path = f"/sponsor/pekerja/{worker('Budi Santoso').pk}/ganti"
    rest = JOB | {"place": "Klegen, Madiun", "agreed": "on", "reason": "asked"}
    monkeypatch.setattr(checks, "MOST_NIKS", 0)

    answer = send(client, path, month="2026-12", **WATI, **rest)

    assert answer.status_code == 422
    assert "Terlalu banyak NIK" in told(answer)


def test_cover_that_ends_soon_is_renewed_in_two_clicks(client, lestari):
    type_in(client, WATI)
    send(client, "/sponsor/baru/lama", length="1")
    order(client)
    home = told(client.get("/sponsor/"))
    (path,) = re.findall(r'href="(/sponsor/perjanjian/\d+/perpanjang)"', home)
    page = told(client.get(path))
    shown = re.search(r'name="shown" value="(\d+)"', page)[1]

    answer = send(client, path, shown=shown)

    assert shown == "8400"
    assert answer.url == f"/sponsor/tagihan/{Bill.objects.latest('pk').pk}"
    assert [each.starts_on for each in Enrolment.objects.order_by("pk")] == [
        date(2026, 11, 23),
        date(2026, 12, 1),
    ]
    assert "/perpanjang" not in told(client.get("/sponsor/"))


def test_the_money_page_never_tells_of_one_family(client, paid):
    page = told(client.get("/sponsor/uang"))

    assert "Rp67.200" in page
    assert "kurang dari 5" in page


def test_users_are_invited_and_ended_and_one_stays(client, lestari):
    own = Appointment.objects.get(role="sponsor")
    answer = send(client, "/sponsor/pengguna", name="Dewi", email="dewi@example.org")
    assert answer.url == "/sponsor/pengguna"
    assert Message.objects.filter(kind="account").count() == 1
    assert (
        send(client, "/sponsor/pengguna", name="Dewi", email="dewi@example.org").status_code == 422
    )
    invitation = Invitation.objects.get()
    send(client, f"/sponsor/undangan/{invitation.pk}/tarik", _at="/sponsor/pengguna")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None

    end = f"/sponsor/pengguna/{own.pk}/akhiri"
    send(client, end, _at="/sponsor/pengguna")
    own.refresh_from_db()
    assert own.ended_at is None

    dewi = an_appointed("sponsor", over=lestari, name="Dewi")
    client.post(end, {"once": once(client, "/sponsor/pengguna")})
    own.refresh_from_db()
    assert own.ended_at is not None
    assert list(Appointment.objects.filter(sponsor=lestari, ended_at=None)) == list(
        dewi.appointments.all()
    )


def test_nobody_is_flooded_with_invitations(client, lestari):
    for _time in range(5):
        answer = send(client, "/sponsor/pengguna", name="Dewi", email="dewi@example.org")
        if invitation := Invitation.objects.filter(withdrawn_at=None).first():
            take_back = f"/sponsor/undangan/{invitation.pk}/tarik"
            send(client, take_back, _at="/sponsor/pengguna")

    assert answer.status_code == 422
    assert "seperempat jam" in told(answer)
    assert Message.objects.filter(kind="account").count() == 3


def test_how_one_is_reminded_is_ones_own_choice(client, lestari):
    send(client, "/sponsor/data", email="baru@example.org", phone="0812 3456 7890")

    sponsor = Sponsor.objects.get(pk=lestari.pk)
    assert (sponsor.reminded, sponsor.email) == (False, "baru@example.org")
    assert b"3456" not in bytes(sponsor.phone_encrypted)
    assert "+6281234567890" in told(client.get("/sponsor/data"))
    assert send(client, "/sponsor/data", email="x", phone="abc").status_code == 422


PAGES = ("/sponsor/", "/sponsor/baru", "/sponsor/tagihan", "/sponsor/uang", "/sponsor/pengguna")


def asked(client):
    """How many queries each page asks."""
    counts = {}
    for path in PAGES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts[path] = len(queries)
    return counts


def one_more(client, serial):
    """One more worker covered under an agreement of its own, and paid for."""
    nik = f"3577015205{80 + serial}0003"
    siti = {"name": f"Siti {serial}", "nik": nik, "birth_date": f"198{serial}-05-12", "phone": ""}
    type_in(client, siti | {"sure": "on"})
    send(client, "/sponsor/baru/lama", length="1")
    bill = order(client)
    send(client, f"{bill}/simulasi", _at=bill)


def one_more_in_the_draft(client, serial):
    nik = f"3577014905{80 + serial}0004"
    dewi = {"name": f"Dewi {serial}", "nik": nik, "birth_date": f"198{serial}-05-09", "phone": ""}
    type_in(client, dewi | {"sure": "on"})


def test_lists_ask_the_same_for_one_row_and_for_three(client, lestari):
    one_more(client, 1)
    one_more_in_the_draft(client, 1)
    for_one = asked(client)
    taken = content_of(open_draft(lestari))

    throw_away(sponsor=lestari, by=lestari_user(), now=NOW)
    one_more(client, 2)
    one_more(client, 3)
    for serial in (4, 5, 6):
        one_more_in_the_draft(client, serial)

    assert len(taken["workers"]) == 1
    assert Agreement.objects.count() == 3
    assert asked(client) == for_one


def lestari_user():
    return User.objects.get(name="Lestari")

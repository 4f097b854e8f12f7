import pytest
from allauth.mfa.models import Authenticator

from sertakan.access.models import Appointment, Invitation
from sertakan.audit.models import Event
from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.regions.models import Region
from sertakan.web import once
from tests.web.people import PASSWORD, a_user, an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def dian(client):
    dian = an_appointed("administrator", name="Dian")
    client.force_login(dian)
    return dian


@pytest.fixture
def sari():
    return an_appointed("city_officer", over=Region.objects.get(pk="35.77"), name="Sari")


def sent(client, path, **told):
    return client.post(path, {once.FIELD: once.token(), **told})


def test_a_user_is_found_by_a_part_of_the_name(client, dian, sari):
    page = client.get("/en/kelola/pengguna?q=sar").content.decode()

    assert (">Sari</a>" in page, ">Dian</a>" in page) == (True, False)


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_asks_the_same_however_long(client, dian, more, django_assert_num_queries):
    for number in range(more):
        a_user(f"Pengguna {number}")

    with django_assert_num_queries(7):
        client.get("/kelola/pengguna")


def test_dian_ends_a_role(client, dian, sari):
    held = Appointment.objects.get(user=sari)

    sent(client, f"/kelola/penugasan/{held.pk}/akhiri")

    held.refresh_from_db()
    assert held.ended_by == dian
    assert Event.objects.get(verb="dismissed").subject_id == str(sari.pk)


def test_the_page_asks_before_a_role_is_ended(client, dian, sari):
    held = Appointment.objects.get(user=sari)

    page = client.get(f"/kelola/pengguna/{sari.pk}").content.decode()

    asked = page.partition('<details class="more')[2].partition("</details>")[0]
    assert f"/kelola/penugasan/{held.pk}/akhiri" in asked


def test_dian_does_not_end_her_own_role(client, dian):
    held = Appointment.objects.get(user=dian)

    sent(client, f"/kelola/penugasan/{held.pk}/akhiri")

    held.refresh_from_db()
    assert held.ended_at is None


def test_who_was_switched_off_is_out_at_once_and_cannot_sign_in(client, dian, sari, client_of):
    theirs = client_of(sari)

    sent(client, f"/kelola/pengguna/{sari.pk}/akun", on="no")

    assert theirs.get("/kota/").status_code == 302
    tried = theirs.post("/masuk", {"login": sari.email, "password": PASSWORD})
    assert tried.url == "/akun/tidak-aktif"


@pytest.fixture
def client_of():
    from django.test import Client

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def test_a_second_factor_is_taken_away_with_a_reason_alone(client, dian, sari):
    path = f"/kelola/pengguna/{sari.pk}/faktor-kedua"

    without = sent(client, path, reason="")
    told = sent(client, path, reason="Phone lost")

    assert (without.status_code, told.status_code) == (422, 302)
    assert not Authenticator.objects.filter(user=sari).exists()
    assert Event.objects.get(verb="reset_second_factor").actor == dian


def test_somebody_is_invited_over_a_place_found_by_its_name(client, dian):
    found = client.get("/en/kelola/undangan/baru?role=city_officer&q=kota+madiun").content.decode()
    path = "/en/kelola/undangan/baru?role=city_officer&kind=region&over=35.77"

    answer = sent(client, path, name="Wati", email="wati@example.org")

    invitation = Invitation.objects.get()
    assert 'value="35.77"' in found
    assert answer.url == "/en/kelola/undangan"
    assert (invitation.role, invitation.region_id) == ("city_officer", "35.77")
    assert "/en/undangan/" in contents(Message.objects.get()).body


@pytest.mark.parametrize("over", ["", "99.99", "nothing"])
def test_nobody_is_invited_over_nothing(client, dian, over):
    path = f"/kelola/undangan/baru?role=city_officer&kind=region&over={over}"

    sent(client, path, name="Wati", email="wati@example.org")

    assert not Invitation.objects.exists()


def test_no_role_of_a_place_is_given_over_everything(client, dian):
    path = "/kelola/undangan/baru?role=city_officer&kind="

    sent(client, path, name="Wati", email="wati@example.org")

    assert not Invitation.objects.exists()

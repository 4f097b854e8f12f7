import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from sertakan.access.newcomers import verified
from sertakan.access.operations import invite
from sertakan.accounts.models import User
from sertakan.messages.models import Message
from sertakan.messages.operations import contents
from sertakan.regions.models import Region
from tests.web.people import NOW, PASSWORD, a_user, an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
YESTERDAY = NOW.replace(month=11, day=22)
NEW_PASSWORD = "padi-kuning-di-siang-hari"


@pytest.fixture(autouse=True)
def _mail_goes_into_the_outbox(settings):
    settings.EMAIL_BACKEND = "sertakan.messages.backend.OutboxBackend"


def signed_in(client, user, password=PASSWORD, **more):
    return client.post("/masuk", {"login": user.email, "password": password, **more})


def a_sponsor_user():
    user = a_user("Ratna")
    verified(user)
    return user


def an_officer():
    user = an_appointed("city_officer", over=Region.objects.get(pk="35.77"), name="Sari")
    verified(user)
    return user


def code_of(user):
    """What the app of this user shows now."""
    kept = Authenticator.objects.get(user=user, type="totp").data["secret"]
    now = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(get_adapter().decrypt(kept), now))


def last_letter():
    return contents(Message.objects.latest("pk"))


def test_a_sponsor_signs_in_with_e_mail_and_password(client):
    answer = signed_in(client, a_sponsor_user())

    assert (answer.status_code, answer.url) == (302, "/beranda")


def test_an_officer_signs_in_with_a_code_besides(client):
    sari = an_officer()

    first = signed_in(client, sari)
    second = client.post("/masuk/faktor-kedua", {"code": code_of(sari)})

    assert (first.url, second.url) == ("/masuk/faktor-kedua", "/beranda")
    assert client.get("/kota/").status_code == 200


def test_a_wrong_code_opens_nothing(client):
    sari = an_officer()
    signed_in(client, sari)

    answer = client.post("/masuk/faktor-kedua", {"code": "000000"})

    assert "Kode ini tidak benar" in answer.content.decode()
    assert client.get("/kota/").status_code == 302


def test_staff_without_a_second_factor_sets_one_up_and_goes_on(client):
    sari = an_officer()
    Authenticator.objects.filter(user=sari).delete()
    client.force_login(sari)

    first = client.get("/kota/orang")
    page = client.get(first.url).content.decode()
    Authenticator.objects.create(user=sari, type="totp", data={"secret": "00"})

    assert first.url == "/akun/keamanan"
    assert "Satu langkah lagi sebelum bekerja" in page
    assert client.get("/beranda").url == "/kota/orang"


def test_a_session_older_than_the_second_factor_shows_it_first(client):
    sari = an_officer()
    Authenticator.objects.filter(user=sari).delete()
    signed_in(client, sari)
    totp.TOTP.activate(sari, totp.generate_totp_secret())  # on another device, by its owner

    for page in ("/kota/orang", "/akun/keamanan/kode-cadangan", "/akun/keamanan/aplikasi"):
        assert client.get(page).url == "/akun/keamanan/periksa-lagi"
    client.get("/kota/orang")
    answer = client.post("/akun/keamanan/periksa-lagi", {"code": code_of(sari)}, follow=True)

    assert answer.redirect_chain[-1][0] == "/kota/orang"
    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_whoever_sets_a_second_factor_up_has_shown_it(client):
    sari = an_officer()
    Authenticator.objects.filter(user=sari).delete()
    signed_in(client, sari)
    client.get("/akun/keamanan/aplikasi")
    now = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(client.session["mfa.totp.secret"], now))

    client.post("/akun/keamanan/aplikasi", {"code": code})

    assert Authenticator.objects.filter(user=sari, type="totp").exists()
    assert client.get("/kota/").status_code == 200


def hashes(monkeypatch, act):
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *told: counted.append(1) or encode(*told)
    )
    answer = act()
    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return len(counted), without_tokens(answer)


def without_tokens(answer):
    page = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, answer.get("Location"), page.replace("nobody@", "ratna@")


def test_signing_in_answers_alike_whether_or_not_the_person_exists(client, monkeypatch):
    a_sponsor_user()

    def tried(email):
        sent = {"login": email, "password": "wrong"}
        return hashes(monkeypatch, lambda: client.post("/masuk", sent))

    assert tried("ratna@example.org") == tried("nobody@example.org")


def test_a_forgotten_password_is_answered_alike_whether_or_not_the_person_exists(
    client, monkeypatch
):
    a_sponsor_user()

    def asked(email):
        return hashes(monkeypatch, lambda: client.post("/sandi/lupa", {"email": email}))

    assert asked("ratna@example.org") == asked("nobody@example.org")
    assert Message.objects.count() == 2


def test_an_account_is_opened_alike_whether_or_not_there_is_one(client, monkeypatch):
    a_sponsor_user()

    def opened(email):
        client.cookies.clear()
        sent = {"name": "Ratna", "email": email, "password1": NEW_PASSWORD}
        answer = client.post("/daftar", sent)
        return without_tokens(answer), without_tokens(client.get(answer.url))

    assert opened("ratna@example.org") == opened("nobody@example.org")


def test_after_ten_attempts_nobody_is_let_in_for_a_while_not_even_rightly(client):
    ratna = a_sponsor_user()
    for _ in range(10):
        signed_in(client, ratna, password="wrong")

    answer = signed_in(client, ratna)

    assert "seperempat jam" in answer.content.decode()


def test_attempts_hold_across_processes(client):
    ratna = a_sponsor_user()
    for _ in range(10):
        cache.clear()  # as another process, which remembers nothing
        signed_in(client, ratna, password="wrong")
    cache.clear()

    assert "seperempat jam" in signed_in(client, ratna).content.decode()


@pytest.mark.parametrize("processes", ["one", "many"])
def test_one_who_tries_passwords_does_not_keep_everybody_behind_the_proxy_out(
    client, settings, processes
):
    settings.HTTPS = True
    ratna = a_sponsor_user()
    for number in range(61):
        if processes == "many":
            cache.clear()
        sent = {"login": f"nobody{number}@example.org", "password": "wrong"}
        client.post("/masuk", sent, headers={"X-Forwarded-For": "203.0.113.7"})

    theirs = {"headers": {"X-Forwarded-For": "198.51.100.9"}}
    answer = Client().post("/masuk", {"login": ratna.email, "password": PASSWORD}, **theirs)

    assert (answer.status_code, answer.get("Location")) == (302, "/beranda")


@pytest.mark.parametrize("written", ["203.0.113.7", "10.0.0.1, 203.0.113.7", "9.9.9.9,203.0.113.7"])
def test_who_writes_another_address_into_the_header_is_counted_all_the_same(
    client, settings, written
):
    settings.HTTPS = True
    for number in range(60):
        cache.clear()
        sent = {"login": f"nobody{number}@example.org", "password": "wrong"}
        client.post("/masuk", sent, headers={"X-Forwarded-For": written})
    cache.clear()

    sent = {"login": a_sponsor_user().email, "password": PASSWORD}
    answer = client.post("/masuk", sent, headers={"X-Forwarded-For": "203.0.113.7"})

    assert "seperempat jam" in answer.content.decode()


def test_a_neighbour_opens_an_account_and_enters_the_code(client):
    client.post("/daftar", {"name": "Ratna", "email": "r@example.org", "password1": NEW_PASSWORD})
    code = last_letter().body.split()[0]

    answer = client.post("/akun/konfirmasi-email", {"code": code})

    assert answer.status_code == 302
    assert User.objects.get(email="r@example.org").name == "Ratna"
    assert EmailAddress.objects.get(email="r@example.org").verified
    assert client.get("/beranda").status_code in (200, 302)


def test_a_new_password_is_chosen_by_the_link(client):
    ratna = a_sponsor_user()
    client.post("/sandi/lupa", {"email": ratna.email})
    link = re.search(r"http://testserver(/\S+)", last_letter().body)[1]

    form = client.get(link, follow=True)
    chosen = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(form.redirect_chain[-1][0], chosen)

    assert signed_in(client, ratna, NEW_PASSWORD).url == "/beranda"
    assert client.get(link).status_code == 200  # says that it was used


def test_other_devices_are_signed_out_when_the_password_changes(client):
    ratna = a_sponsor_user()
    phone = Client()
    signed_in(client, ratna)
    signed_in(phone, ratna)

    client.post(
        "/akun/sandi",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert phone.get("/akun/keamanan").status_code == 302


def test_wati_takes_her_invitation_and_is_led_to_her_second_factor(client):
    _, secret = invite(
        email="wati@example.org", name="Wati", role="city_officer",
        over=Region.objects.get(pk="35.77"), by=a_user("Sari"), now=YESTERDAY,
    )  # fmt: skip
    page = client.get(f"/undangan/{secret}").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]

    answer = client.post(
        f"/undangan/{secret}", {"name": "Wati", "password": PASSWORD, "once": once}, follow=True
    )

    assert [url for url, _ in answer.redirect_chain] == ["/beranda", "/kota/", "/akun/keamanan"]


def test_a_link_that_was_made_up_opens_nothing(client):
    assert client.get("/undangan/made-up").status_code == 404


def test_who_has_an_account_signs_in_for_the_invitation(client):
    wati = a_user("Wati")
    _, secret = invite(
        email=wati.email, role="city_officer", over=Region.objects.get(pk="35.77"),
        by=a_user("Sari"), now=YESTERDAY,
    )  # fmt: skip

    assert "/masuk?next=/undangan/" in client.get(f"/undangan/{secret}").content.decode()


def test_a_form_that_is_shown_again_keeps_our_words_and_names_what_is_missing(client):
    page = client.post("/en/daftar", {"name": "", "email": "wati@example.org"}).content.decode()

    assert page.count("Your name") >= 2  # at the field and in the summary
    assert "Your name: This field is required." in page
    assert "E-mail address" in page
    assert "At least 8 characters; three words in a row are good." in page


def test_indonesians_are_told_in_our_words(client):
    page = client.post("/daftar", {"email": "wati@example.org"}).content.decode()

    assert "Wajib diisi." in page
    assert "Bidang ini" not in page

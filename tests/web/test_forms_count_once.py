"""Each form that writes counts once, however often it is sent, and outlives an ended session."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

import sertakan.web
from sertakan.access.models import Invitation
from sertakan.access.table import TABLE
from sertakan.web import once, resuming
from tests.web.people import an_appointed

TEMPLATES = Path(sertakan.web.__file__).parent / "templates"
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
ACTION = re.compile(r"action=\"{% url '([a-z_-]+)'")
INVITE = "/kelola/undangan/baru?role=administrator&kind="
WATI = {"name": "Wati", "email": "wati@example.org"}


def posting_forms():
    for file in sorted(TEMPLATES.rglob("*.html")):
        for form in FORM.findall(file.read_text()):
            yield file.relative_to(TEMPLATES).as_posix(), form


def test_every_posting_form_has_its_csrf_token():
    without = [file for file, form in posting_forms() if "{% csrf_token %}" not in form]

    assert without == []


def test_every_form_whose_page_writes_carries_a_token():
    without = [
        (file, page)
        for file, form in posting_forms()
        for page in ACTION.findall(form)
        if page in TABLE and TABLE[page].writes and "{% once %}" not in form
    ]

    assert without == []


@pytest.fixture
def administrator():
    return an_appointed("administrator")


@pytest.mark.django_db
def test_a_form_without_a_token_is_not_taken(client, administrator):
    client.force_login(administrator)

    assert client.post(INVITE, WATI).status_code == 400
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_a_second_sending_leads_to_where_the_first_one_led(client, administrator):
    client.force_login(administrator)
    sent = {**WATI, once.FIELD: once.token()}

    first, second = client.post(INVITE, sent), client.post(INVITE, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_what_was_refused_can_be_sent_again_with_the_same_token(client, administrator):
    client.force_login(administrator)
    token = once.token()

    wrong = client.post(INVITE, {"name": "Wati", "email": "no address", once.FIELD: token})
    right = client.post(INVITE, {**WATI, once.FIELD: token})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_the_token_of_somebody_else_is_no_token(client, administrator):
    other = an_appointed("administrator", name="Dewi")
    sent = {**WATI, once.FIELD: once.token()}
    client.force_login(other)
    client.post(INVITE, sent)

    client.force_login(administrator)

    assert client.post(INVITE, sent).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_do_it_once():
    administrator = an_appointed("administrator")
    sent = {**WATI, once.FIELD: once.token()}
    together = Barrier(2)

    def send(_number):
        client = Client()
        client.force_login(administrator)
        together.wait()
        try:
            return client.post(INVITE, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(send, range(2)))

    assert answers == [302, 302]
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(client, administrator):
    sent = {**WATI, once.FIELD: once.token()}

    away = client.post(INVITE, sent | {resuming.WHOSE: resuming.mark_of(administrator)})
    client.force_login(administrator)  # keeps what the visitor's session holds
    page = client.get("/lanjutkan").content.decode()
    kept = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', page))
    kept.pop("csrfmiddlewaretoken")
    again = client.post(INVITE, kept)

    assert away.url == "/masuk?next=%2Flanjutkan"
    assert kept == sent
    assert (again.status_code, Invitation.objects.get().email) == (302, "wati@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize("marked", [True, False])
def test_whoever_signs_in_next_is_not_shown_the_form_of_somebody_else(
    client, administrator, marked
):
    mark = {resuming.WHOSE: resuming.mark_of(administrator)} if marked else {}
    client.post(INVITE, {**WATI, once.FIELD: once.token(), **mark})
    client.force_login(an_appointed("administrator", name="Dewi"))

    answer = client.get("/lanjutkan")

    assert answer.url == "/beranda"
    assert resuming.KEPT not in client.session


@pytest.mark.django_db
def test_the_sign_in_says_that_a_form_is_kept(client, administrator):
    without = client.get("/en/masuk").content.decode()
    client.post(INVITE, {**WATI, once.FIELD: once.token()})

    assert "What you sent is kept" not in without
    assert "What you sent is kept" in client.get("/en/masuk").content.decode()

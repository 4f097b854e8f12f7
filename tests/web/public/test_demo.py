import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code

from sertakan.access.operations import appoint
from sertakan.accounts.demonstration import PASSWORD
from sertakan.regions.models import Region
from sertakan.web.public.demo import demo_codes
from sertakan.web.templatetags.demonstration import demo_sign_ins
from tests.config.test_settings import GIVEN, start
from tests.web.people import NOW, a_user, an_appointed
from tests.web.public.making import a_worker, ask, code_sent, nik_of, words

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_in_november")
def test_in_a_demonstration_every_message_can_be_read(client):
    wati = a_worker()
    ask(client, nik_of(wati))
    code, _channel, _recipient = code_sent()

    text = words(client.get("/demo/pesan"))

    assert "Ini demonstrasi dengan orang rekaan." in text
    assert f"Kode SERTAKAN Anda {code}." in text
    assert "+6281234567890" in text


@pytest.mark.usefixtures("_in_november")
def test_the_codes_of_second_factors_are_those_that_open(client):
    sari = an_appointed("city_officer", over=Region.objects.get(code="35.77"))
    factor = Authenticator.objects.get(user=sari)
    secret = get_adapter().decrypt(factor.data["secret"])

    (told,) = demo_codes(time.time())

    assert (told.email, told.role) == (sari.email, "City officer")
    assert validate_totp_code(secret, told.code)
    assert sari.email in words(client.get("/demo/pesan"))


@pytest.mark.usefixtures("_in_november")
def test_one_user_of_each_role_can_be_tried_out():
    an_appointed("city_officer", over=Region.objects.get(code="35.77"))
    an_appointed("auditor")

    told = [(each.role, each.password) for each in demo_sign_ins()]

    assert told == [("City officer", PASSWORD), ("Auditor", PASSWORD)]


@pytest.mark.usefixtures("_in_november")
def test_who_came_later_has_a_password_of_their_own_and_is_not_offered():
    sari = an_appointed("city_officer", over=Region.objects.get(code="35.77"))
    appoint(user=a_user("Budi"), role="auditor", by=sari, now=NOW)

    assert [each.email for each in demo_sign_ins()] == [sari.email]


def test_elsewhere_there_is_no_such_page_and_nobody_is_named(client, settings):
    settings.DEMO_DAY = None
    an_appointed("auditor")

    assert client.get("/demo/pesan").status_code == 404
    assert demo_sign_ins() == []


def test_it_cannot_be_switched_on_in_production(client, settings):
    settings.PRODUCTION = True

    assert client.get("/demo/pesan").status_code == 404


def test_production_knows_no_day_of_a_demonstration(tmp_path):
    started = start(
        tmp_path,
        "settings.DEMO_DAY",
        **GIVEN,
        SERTAKAN_ENV="production",
        SERTAKAN_DEMO_DAY="2026-11-23",
    )

    assert started.stdout == "None\n", started.stderr

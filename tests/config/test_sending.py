"""Where letters leave from, as the environment names it; nothing goes unprotected in production."""

import pytest

from sertakan.config import sending
from sertakan.config.environment import BadEnvironment
from sertakan.messages.sending.outgoing import Gateway


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch):
    for name in ("SMTP_URL", "MAIL_FROM", "SMS_URL", "SMS_TOKEN"):
        monkeypatch.delenv(f"SERTAKAN_{name}", raising=False)


def test_nothing_is_sent_where_nothing_is_named():
    assert sending.mail_server(production=True) == {"EMAIL_HOST": ""}
    assert sending.gateway(production=True) is None
    assert sending.mail_from(production=True) == "SERTAKAN <sertakan@localhost>"


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtps://kota:p%40ss@mail.example.org", 465, (True, False)),
        ("smtp://kota:p%40ss@mail.example.org", 587, (False, True)),
        ("smtp://kota:p%40ss@mail.example.org:25", 25, (False, True)),
        ("smtp://kota:p%40ss@mail.example.org:25?tls=no", 25, (False, False)),
    ],
)
def test_a_mail_server_is_read(monkeypatch, url, port, tls):
    monkeypatch.setenv("SERTAKAN_SMTP_URL", url)

    server = sending.mail_server(production=False)

    assert server == {
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "kota",
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_USE_SSL": tls[0],
        "EMAIL_USE_TLS": tls[1],
        "EMAIL_TIMEOUT": 10,
    }


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("smtp://u:secret@mail.example.org?tls=no", "must keep TLS"),
        ("mail.example.org", "must be written smtp://host"),
        ("http://u:secret@mail.example.org", "must be written smtp://host"),
        ("smtp://", "must be written smtp://host"),
        ("smtp://u:secret@mail.example.org:99999", "is not a URL"),
    ],
)
def test_a_mail_server_that_makes_no_sense_is_refused_and_not_repeated(monkeypatch, url, why):
    monkeypatch.setenv("SERTAKAN_SMTP_URL", url)

    with pytest.raises(BadEnvironment, match=why) as refused:
        sending.mail_server(production=True)

    assert "secret" not in str(refused.value)


def test_a_mail_server_in_production_needs_an_address_to_send_from(monkeypatch):
    monkeypatch.setenv("SERTAKAN_SMTP_URL", "smtps://mail.example.org")
    with pytest.raises(BadEnvironment, match="SERTAKAN_MAIL_FROM must be set"):
        sending.mail_from(production=True)

    monkeypatch.setenv("SERTAKAN_MAIL_FROM", "Kota Madiun")
    with pytest.raises(BadEnvironment, match="must be an e-mail address"):
        sending.mail_from(production=True)

    monkeypatch.setenv("SERTAKAN_MAIL_FROM", "Kota <kota@example.org>")
    assert sending.mail_from(production=True) == "Kota <kota@example.org>"


def test_a_gateway_is_spoken_to_over_https(monkeypatch):
    monkeypatch.setenv("SERTAKAN_SMS_TOKEN", "s3cret")
    monkeypatch.setenv("SERTAKAN_SMS_URL", "https://sms.example.org/send")
    assert sending.gateway(production=True) == Gateway("https://sms.example.org/send", "s3cret", 10)

    monkeypatch.setenv("SERTAKAN_SMS_URL", "http://127.0.0.1:8080/send")
    assert sending.gateway(production=False).url == "http://127.0.0.1:8080/send"
    with pytest.raises(BadEnvironment, match="must begin with https"):
        sending.gateway(production=True)

    monkeypatch.setenv("SERTAKAN_SMS_URL", "http://sms.example.org/send")
    with pytest.raises(BadEnvironment, match="must begin with https"):
        sending.gateway(production=False)


def test_a_gateway_in_production_needs_a_token(monkeypatch):
    monkeypatch.setenv("SERTAKAN_SMS_URL", "https://sms.example.org/send")

    with pytest.raises(BadEnvironment, match="SERTAKAN_SMS_TOKEN must be set"):
        sending.gateway(production=True)

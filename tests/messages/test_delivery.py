"""Messages leave over a real mail server and a real gateway; what does not go is tried again."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from sertakan.messages import delivery
from sertakan.messages.delivery import IN_FLIGHT, MOST_ATTEMPTS, deliver, wait_after
from sertakan.messages.models import Channel, Message
from sertakan.messages.sending.outgoing import Gateway
from tests.messages.making import NOW, a_gateway, a_letter, a_mail_server, posted, states

pytestmark = pytest.mark.django_db

AWAY = 9  # a port on which nobody listens


def sms(**others):
    return a_letter("+6281200000001", channel=Channel.SMS, **others)


def test_mail_leaves_once_and_says_what_it_is(settings):
    [message] = posted(a_letter(subject="Iuran\nDesember", body="Terima kasih, Wati…"))

    with a_mail_server(settings) as postbox:
        assert deliver(now=NOW) == 1
        assert deliver(now=NOW + timedelta(days=1)) == 0

    [(recipients, mail)] = postbox.mails
    assert recipients == ["wati@example.org"]
    assert "Subject: Iuran Desember\r\n" in mail
    assert f"Message-ID: <sertakan-{message.pk}-{NOW.timestamp():.0f}@localhost>\r\n" in mail
    assert "Auto-Submitted: auto-generated\r\n" in mail
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == ("sent", NOW, 1)


def test_where_there_is_nothing_to_send_with_messages_stay_and_can_be_read(settings):
    settings.EMAIL_HOST, settings.SMS_GATEWAY = "", None
    posted(a_letter(), sms())

    assert deliver(now=NOW) == 2

    assert states() == [("kept", ""), ("kept", "")]


def test_an_address_that_is_refused_is_given_up_and_stands_in_no_reason(settings):
    posted(a_letter("gone@example.org"), a_letter("full@example.org"), a_letter())

    with a_mail_server(settings) as postbox:
        postbox.refused = {
            "gone@example.org": "550 gone@example.org is unknown",
            "full@example.org": "452 full@example.org has no room",
        }
        assert deliver(now=NOW) == 3

    assert states() == [
        ("given_up", "SMTPRecipientsRefused 550"),
        ("failed", "SMTPRecipientsRefused 452"),
        ("sent", ""),
    ]


def test_a_mail_server_that_is_away_is_asked_once_and_again_later(settings):
    posted(a_letter(), a_letter())
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", AWAY

    assert deliver(now=NOW) == 1
    assert states() == [("failed", "ConnectionRefusedError"), ("waiting", "")]

    with a_mail_server(settings) as postbox:
        assert deliver(now=NOW) == 1  # the first one waits a minute
        assert deliver(now=NOW + timedelta(minutes=1)) == 1
    assert [state for state, _ in states()] == ["sent", "sent"]
    assert len(postbox.mails) == 2


def test_each_attempt_waits_longer_and_the_last_gives_up(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", AWAY
    [message] = posted()
    now = NOW

    for _ in range(MOST_ATTEMPTS):
        assert deliver(now=now) == 1
        message.refresh_from_db()
        now = message.next_try_at

    assert states() == [("given_up", "ConnectionRefusedError")]
    assert deliver(now=now + timedelta(days=1)) == 0
    assert [wait_after(attempts).seconds // 60 for attempts in (1, 2, 3, 9, 30)] == [
        1,
        2,
        4,
        256,
        360,
    ]


def test_a_short_message_leaves_by_the_gateway(settings):
    [message] = posted(sms(body="Kode Anda 123456"))
    name = f"sertakan-{message.pk}-{NOW.timestamp():.0f}"

    with a_gateway() as (url, told):
        settings.SMS_GATEWAY = Gateway(url, "s3cret", 10)
        deliver(now=NOW)

    [(headers, body)] = told
    assert body == {
        "id": name,
        "channel": "sms",
        "to": "+6281200000001",
        "text": "Kode Anda 123456",
    }
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer s3cret", name)
    assert states() == [("sent", "")]


@pytest.mark.parametrize(
    ("answer", "state"),
    [(422, "given_up"), (429, "failed"), (503, "failed"), (401, "failed"), (302, "failed")],
)
def test_a_gateway_that_says_no(settings, answer, state):
    posted(sms())

    with a_gateway(answer) as (url, told):
        settings.SMS_GATEWAY = Gateway(url, "s3cret", 10)
        deliver(now=NOW)

    assert states() == [(state, f"the gateway answered {answer}")]
    assert len(told) == 1  # and the token went nowhere else


def test_a_gateway_that_is_away_keeps_no_mail_back(settings):
    posted(sms(), sms(), a_letter())
    settings.SMS_GATEWAY = Gateway(f"http://127.0.0.1:{AWAY}/", "s3cret", 10)

    with a_mail_server(settings):
        deliver(now=NOW)

    assert states() == [
        ("failed", "the gateway does not answer: ConnectionRefusedError"),
        ("waiting", ""),
        ("sent", ""),
    ]


def test_a_code_is_not_sent_after_it_has_expired(settings):
    posted(a_letter(kind="code", expires_at=NOW + timedelta(minutes=10)))

    with a_mail_server(settings) as postbox:
        assert deliver(now=NOW + timedelta(minutes=10)) == 0

    assert postbox.mails == []
    assert states() == [("given_up", "it expired before it could be sent")]


def test_whoever_crashes_while_sending_leaves_a_message_that_is_sent_later(settings, monkeypatch):
    posted()
    with monkeypatch.context() as crash:
        crash.setattr(delivery, "_mark", lambda *words, **values: 1 / 0)
        with a_mail_server(settings) as postbox, pytest.raises(ZeroDivisionError):
            deliver(now=NOW)
    [first] = postbox.mails

    with a_mail_server(settings) as postbox:
        assert deliver(now=NOW + IN_FLIGHT - timedelta(seconds=1)) == 0
        assert deliver(now=NOW + IN_FLIGHT) == 1

    [second] = postbox.mails
    names = [
        next(line for line in mail.splitlines() if line.startswith("Message-ID"))
        for _, mail in (first, second)
    ]
    assert names[0] == names[1]  # so that the second can be told
    assert states() == [("sent", "")]


def test_a_message_that_ends_the_process_every_time_is_given_up():
    posted()
    Message.objects.update(attempts=MOST_ATTEMPTS)

    assert deliver(now=NOW) == 0

    assert states() == [("given_up", "each attempt ended without an answer")]


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_never_take_the_same_message(settings):
    posted(a_letter("wati@example.org"), a_letter("budi@example.org"))

    def other():
        try:
            deliver(now=NOW)
        finally:
            connection.close()

    with a_mail_server(settings) as postbox:
        with transaction.atomic():
            Message.objects.select_for_update().order_by("pk").first()  # in another's hands
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
        assert [recipients for recipients, _ in postbox.mails] == [["budi@example.org"]]
        assert deliver(now=NOW) == 1

    assert [state for state, _ in states()] == ["sent", "sent"]

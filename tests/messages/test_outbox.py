"""What is written into the outbox stands or falls with the deed, once, and is forgotten in time."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, send_mail
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.audit.models import Event
from sertakan.messages import queries
from sertakan.messages.delivery import deliver
from sertakan.messages.errors import CannotPost, MessageForgotten
from sertakan.messages.models import Message
from sertakan.messages.operations import Opened, contents, forget, open_message, post
from sertakan.people.reencryption import encrypted_columns, keys_in_use, reencrypt
from tests.messages.making import NOW, a_letter, posted, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari(db):
    return get_user_model().objects.create_user("sari@example.org", name="Sari")


@pytest.fixture
def by_the_outbox(settings):
    """As the settings have it; pytest-django puts another way of sending in its place."""
    settings.EMAIL_BACKEND = "sertakan.messages.backend.OutboxBackend"


def test_many_letters_are_written_and_each_is_read_again():
    written = post([a_letter(f"{name}@example.org") for name in ("wati", "budi")], now=NOW)

    assert written == 2
    assert texts() == [
        Opened("wati@example.org", "Iuran Desember", "Kode bayar: 35770001"),
        Opened("budi@example.org", "Iuran Desember", "Kode bayar: 35770001"),
    ]
    assert queries.how_many() == {"waiting": 2, "failed": 0, "sent": 0, "kept": 0, "given_up": 0}


def test_neither_recipient_nor_text_can_be_read_in_the_table():
    posted()

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM outbox_message m")
        [(row,)] = cursor.fetchall()
    assert [word for word in ("wati", "Iuran", "35770001") if word.encode().hex() in row] == []
    assert [word for word in ("wati", "Iuran", "35770001") if word in row] == []


def test_the_same_reminder_is_written_once():
    reminder = a_letter(once="lapse:agreement 7:2026-12")

    assert post([reminder, a_letter(), reminder], now=NOW) == 2
    assert post([reminder], now=NOW) == 0


def test_a_letter_falls_with_the_deed():
    with transaction.atomic():
        post([a_letter()], now=NOW)
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


def test_a_letter_without_recipient_is_refused_and_none_is_written():
    with pytest.raises(CannotPost, match="A message needs a recipient"):
        post([a_letter(), a_letter(" ")], now=NOW)

    assert Message.objects.count() == 0


@pytest.mark.usefixtures("by_the_outbox")
def test_what_django_sends_goes_into_the_outbox_one_message_for_each_recipient():
    send_mail("Masuk", "Kode: 123456", None, ["wati@example.org", "budi@example.org"])
    EmailMessage(
        "Undangan", "…", to=["eko@example.org"], headers={"X-Sertakan-Kind": "invitation"}
    ).send()

    assert list(Message.objects.order_by("pk").values_list("kind", "channel", "language")) == [
        ("account", "email", "en"),
        ("account", "email", "en"),
        ("invitation", "email", "en"),
    ]
    assert [text.recipient for text in texts()] == [
        "wati@example.org",
        "budi@example.org",
        "eko@example.org",
    ]


@pytest.mark.usefixtures("by_the_outbox")
def test_the_outbox_takes_no_attachments():
    mail = EmailMessage("Kartu", "…", to=["wati@example.org"], attachments=[("k.pdf", b"%PDF")])

    with pytest.raises(ValueError, match="no attachments"):
        mail.send()


def test_whoever_opens_a_message_is_recorded(sari):
    [message] = posted()

    opened = open_message(message=message, by=sari, now=NOW)

    assert opened.body == "Kode bayar: 35770001"
    [event] = Event.objects.all()
    assert (event.verb, event.subject_id, event.details) == (
        "opened",
        str(message.pk),
        {"kind": "reminder"},
    )


def test_what_is_over_is_emptied_codes_after_a_day_and_the_rest_later():
    posted(a_letter(kind="code"), a_letter(kind="receipt"))
    deliver(now=NOW)
    posted(a_letter(kind="code"))  # not delivered

    assert forget(now=NOW + timedelta(hours=23)) == 0
    assert forget(now=NOW + timedelta(days=2)) == 1
    assert forget(now=NOW + timedelta(days=31)) == 1

    code, receipt, waiting = Message.objects.order_by("pk")
    assert (code.forgotten_at, receipt.forgotten_at) == (
        NOW + timedelta(days=2),
        NOW + timedelta(days=31),
    )
    assert contents(waiting).recipient == "wati@example.org"
    with pytest.raises(MessageForgotten):
        contents(receipt)


def test_the_outbox_is_encrypted_anew_with_the_rest(sari, settings):
    posted()
    settings.DATA_KEYS = {"k9": bytes(range(32)), **settings.DATA_KEYS}
    settings.DATA_KEY_CURRENT = "k9"

    assert sorted(encrypted_columns()["outbox_message"]) == [
        "body_encrypted",
        "recipient_encrypted",
        "subject_encrypted",
    ]
    reencrypt(by=sari, now=NOW)

    used = [(use.key_id, use.values) for use in keys_in_use() if use.table == "outbox_message"]
    assert used == [("k9", 3)]
    assert texts()[0].recipient == "wati@example.org"


REFUSED = {
    "channel = 'pigeon'": "permission denied",  # columns_fixed
    "once = 'x'": "permission denied",
    "state = 'lost'": "a_message_has_a_known_state",
    "state = 'sent'": "a_message_is_sent_at_some_time",
    "sent_at = now()": "a_message_is_sent_at_some_time",
    "state = 'given_up'": "nobody_gives_up_without_a_reason",
    "state = 'failed'": "nobody_gives_up_without_a_reason",
    "body_encrypted = NULL": "a_message_is_forgotten_as_a_whole",
    "forgotten_at = now()": "a_message_is_forgotten_as_a_whole",
    "forgotten_at = now(), body_encrypted = NULL, subject_encrypted = NULL,"
    " recipient_encrypted = NULL": "a_message_is_forgotten_as_a_whole",  # it waits
}


@pytest.mark.parametrize("change", REFUSED)
def test_the_database_refuses(change):
    posted()

    with (
        pytest.raises((IntegrityError, ProgrammingError), match=REFUSED[change]),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE outbox_message SET {change}")


@pytest.mark.parametrize(
    ("others", "constraint"),
    [
        ({"channel": "pigeon"}, "a_message_has_a_known_channel"),
        ({"expires_at": NOW}, "a_message_expires_after_it_was_written"),
    ],
)
def test_the_database_refuses_to_take(others, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        post([a_letter(**others)], now=NOW)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE outbox_message SET state = 'waiting'", r"message \d+ is over \(kept\)"),
        ("UPDATE outbox_message SET attempts = 0", r"message \d+ is over \(kept\)"),
        ("DELETE FROM outbox_message", "is not deleted"),
    ],
)
def test_what_is_over_is_never_sent_again(statement, words):
    posted()
    deliver(now=NOW)

    with (
        pytest.raises(IntegrityError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

import pytest

from sertakan.audit.models import Event
from sertakan.messages.errors import CannotPost
from sertakan.messages.models import Channel, Message
from sertakan.messages.operations import Letter, contents, post
from sertakan.messages.retrying import try_again
from tests.web.people import NOW, a_user, an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


def a_letter(state="waiting", **told):
    letter = Letter(Channel.EMAIL, "siti@example.org", "News", "A secret", kind="news")
    post([letter], now=NOW)
    message = Message.objects.latest("pk")
    Message.objects.filter(pk=message.pk).update(state=state, **told)
    message.refresh_from_db()
    return message


def test_what_was_given_up_is_sent_as_a_second_message_with_the_same_words():
    message = a_letter("given_up", last_error="no such mailbox")

    again = try_again(message=message, by=a_user("Dian"), now=NOW)

    message.refresh_from_db()
    assert (message.state, again.state) == ("given_up", "waiting")
    assert contents(again) == contents(message)
    assert Event.objects.get(verb="retried").details == {"kind": "news", "message": again.pk}


def test_what_failed_is_tried_at_once():
    later = NOW.replace(hour=23)
    message = a_letter("failed", last_error="away", next_try_at=later)

    assert try_again(message=message, by=a_user("Dian"), now=NOW).next_try_at == NOW


def test_what_went_is_not_sent_again():
    message = a_letter("sent", sent_at=NOW)

    with pytest.raises(CannotPost, match="went"):
        try_again(message=message, by=a_user("Dian"), now=NOW)


def test_the_outbox_shows_no_word_of_a_message(client):
    a_letter()
    client.force_login(an_appointed("administrator"))

    page = client.get("/kelola/pesan").content.decode()

    assert ("A secret" in page, "siti@example.org" in page) == (False, False)


@pytest.mark.parametrize("letters", [1, 3])
def test_the_outbox_asks_the_same_however_long(client, letters, django_assert_num_queries):
    for _ in range(letters):
        a_letter()
    client.force_login(an_appointed("administrator"))

    with django_assert_num_queries(6):
        client.get("/kelola/pesan")

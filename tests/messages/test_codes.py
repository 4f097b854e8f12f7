"""A code opens once, for its subject, for ten minutes; who does not exist cannot be told."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sertakan.messages import codes
from sertakan.messages.errors import TooManyCodes
from sertakan.messages.models import Message, OneTimeCode
from tests.messages.making import NOW, texts

pytestmark = pytest.mark.django_db

WATI, BUDI = "3577010203900001 1990-03-02", "3577031512780004 1978-12-15"


def issue(subject=WATI, now=NOW, purpose="cover"):
    return codes.issue(purpose=purpose, subject=subject, now=now)


def check(code, subject=WATI, now=NOW, purpose="cover"):
    return codes.check(purpose=purpose, subject=subject, code=code, now=now)


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def send(recipient, subject=WATI):
    codes.send(
        purpose="cover",
        subject=subject,
        channel="sms",
        recipient=recipient,
        title="Kode",
        text="Kode Anda {code}.",
        language="id",
        now=NOW,
    )


def test_a_code_opens_once():
    code = issue()

    assert (len(code), code.isdigit()) == (6, True)
    assert [check(code), check(code)] == [True, False]


def test_a_code_is_read_however_it_is_spaced():
    code = issue()

    assert check(f" {code[:3]} {code[3:]} ")


def test_a_code_opens_for_its_subject_and_purpose_alone():
    code = issue()
    issue(BUDI)

    assert not check(code, subject=BUDI)
    assert not check(code, purpose="claim")
    assert check(code)


def test_a_code_opens_for_ten_minutes():
    code = issue()

    assert not check(code, now=NOW + timedelta(minutes=10))
    assert check(code, now=NOW + timedelta(minutes=9, seconds=59))


def test_after_five_wrong_ones_the_right_one_does_not_open():
    code = issue()

    for _ in range(5):
        assert not check(other_than(code))

    assert not check(code)


def test_a_new_code_ends_the_one_before():
    first, second = issue(), issue()

    assert not check(first) or first == second
    assert check(second) or first == second


def test_five_codes_an_hour_are_enough():
    for _ in range(5):
        issue()

    with pytest.raises(TooManyCodes, match="Too many codes"):
        issue()
    issue(now=NOW + timedelta(hours=1))


def test_nobody_can_tell_whether_somebody_exists():
    def written(statements):
        return [
            query["sql"].split()[0] + str(query["sql"].count("INSERT INTO"))
            for query in statements.captured_queries
        ]

    with CaptureQueriesContext(connection) as known:
        send("+6281200000001")
    with CaptureQueriesContext(connection) as unknown:
        send(None, subject=BUDI)

    assert written(known) == written(unknown)
    assert list(Message.objects.order_by("pk").values_list("channel", flat=True)) == [
        "sms",
        "nobody",
    ]
    assert [len(text.body) for text in texts()] == [17, 17]


@pytest.mark.parametrize("issued", [True, False])
def test_a_wrong_code_costs_as_much_where_none_is_open(issued):
    code = issue() if issued else "123456"

    with CaptureQueriesContext(connection) as asked:
        assert not check(other_than(code))

    verbs = [query["sql"].split()[0] for query in asked.captured_queries]
    assert (len(verbs), verbs[1]) == (4, "SELECT")
    assert verbs[2] in ("INSERT", "UPDATE")  # one row is written either way


def test_neither_code_nor_subject_stands_in_the_table():
    code = issue()

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM outbox_onetimecode c")
        [(row,)] = cursor.fetchall()
    assert WATI[:16] not in row
    assert code.encode().hex() not in row


def test_old_codes_are_deleted():
    issue()
    issue(BUDI, now=NOW + timedelta(days=1))

    assert codes.forget(now=NOW + timedelta(days=1, minutes=11)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("used_at = NULL", "was used already"),
        ("used_at = used_at", "was used already"),
        ("attempts_left = 5", "was used already"),
        ("code_hash = sha256('x')", "permission denied"),
        ("expires_at = now()", "permission denied"),
    ],
)
def test_the_database_refuses_a_used_code_again(change, words):
    check(issue())

    with (
        pytest.raises((IntegrityError, ProgrammingError), match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE outbox_onetimecode SET {change}")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("attempts_left = 6", "has no more attempts"),
        ("used_at = expires_at", "a_code_is_used_while_it_holds"),
    ],
)
def test_the_database_refuses_to_bend_an_open_code(change, words):
    issue()

    with (
        pytest.raises(IntegrityError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE outbox_onetimecode SET {change}")


def test_the_database_refuses_a_second_open_code_and_one_that_never_held():
    issue()
    [code] = OneTimeCode.objects.all()

    code.pk = None
    with pytest.raises(IntegrityError, match="one_code_open_for_a_subject"), transaction.atomic():
        code.save(force_insert=True)
    code.attempts_left, code.expires_at = 0, NOW
    with pytest.raises(IntegrityError, match="expires_after_it_was_issued"), transaction.atomic():
        code.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_code_at_once_one_gets_in():
    code = issue()
    together, opened = threading.Barrier(2), []

    def use():
        try:
            together.wait()
            opened.append(check(code))
        finally:
            connection.close()

    both = [threading.Thread(target=use) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(opened) == [False, True]

"""Sari works, the sealer seals, and a hand that changes what stands is seen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from sertakan.audit.models import Event, Seal
from sertakan.audit.operations import record, seal
from sertakan.audit.queries import Broken, Link, events_of, first_broken_link, last_link

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def sari(db):
    return get_user_model().objects.create_user("sari@example.org", name="Sari")


@pytest.fixture
def tamper(run_as_owner):
    """The owner at work, having taken every guard away."""
    run_as_owner("ALTER TABLE audit_event DISABLE TRIGGER USER")
    run_as_owner("ALTER TABLE audit_seal DISABLE TRIGGER USER")
    (constraint,) = run_as_owner(
        "SELECT conname FROM pg_constraint"
        " WHERE conrelid = 'audit_seal'::regclass AND contype = 'f'"
    )
    run_as_owner(f"ALTER TABLE audit_seal DROP CONSTRAINT {constraint[0]}")
    return run_as_owner


def three_events(by):
    return [
        record(
            verb="enrolled", subject_type="agreement", subject_id=number, by=by,
            at=NOW + timedelta(seconds=number), people=40, starts_on=date(2026, 1, 1),
        )
        for number in (1, 2, 3)
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_event_says_who_did_what_when_and_how_many(sari):
    record(
        verb="enrolled", subject_type="agreement", subject_id=7, by=sari, at=NOW,
        people=40, starts_on=date(2026, 1, 1),
    )  # fmt: skip

    event = Event.objects.get()

    assert (event.actor, event.verb, event.subject_type, event.subject_id, event.at) == (
        sari, "enrolled", "agreement", "7", NOW,
    )  # fmt: skip
    assert event.details == {"people": 40, "starts_on": "2026-01-01"}


@pytest.mark.django_db
def test_events_are_found_by_what_they_were_done_to(sari):
    first, second, third = three_events(sari)

    assert list(events_of()) == [third, second, first]
    assert list(events_of("agreement", "2")) == [second]
    assert list(events_of("bill")) == []


@pytest.mark.django_db
def test_a_sealed_chain_holds(sari):
    assert (first_broken_link(), last_link()) == (None, None)

    three_events(sari)

    assert seal(now=NOW) == 3
    assert seal(now=NOW) == 0
    assert first_broken_link() is None
    record(verb="billed", subject_type="bill", by=None, at=NOW, note='with "quotes" and é')
    assert seal(now=NOW) == 1
    assert first_broken_link() is None
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [
        1, 2, 3, 4,
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_chain_reads_the_same_from_another_time_zone(sari):
    three_events(sari)
    seal(now=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Jayapura'")

    assert first_broken_link() is None


TAMPERING = {
    "a changed event": (
        "UPDATE audit_event SET details = '{\"people\": 41}' WHERE id = {event}",
        Broken(2, 2, "its event or the link itself was changed"),
    ),
    "another actor": (
        "UPDATE audit_event SET actor_id = NULL WHERE id = {event}",
        Broken(2, 2, "its event or the link itself was changed"),
    ),
    "an event taken out": (
        "DELETE FROM audit_event WHERE id = {event}",
        Broken(2, 2, "its event is gone"),
    ),
    "a link and its event taken out": (
        "DELETE FROM audit_seal WHERE position = 2; DELETE FROM audit_event WHERE id = {event}",
        Broken(2, None, "the link is missing"),
    ),
    "links moved up over a gap": (
        "DELETE FROM audit_seal WHERE position = 2;"
        "UPDATE audit_seal SET position = 2 WHERE position = 3",
        Broken(2, 3, "it does not follow from the link before it"),
    ),
    "a changed hash": (
        "UPDATE audit_seal SET hash = sha256('x') WHERE position = 2",
        Broken(2, 2, "its event or the link itself was changed"),
    ),
    "another time of sealing": (
        "UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE position = 2",
        Broken(2, 2, "its event or the link itself was changed"),
    ),
    "the first link taken out": (
        "DELETE FROM audit_seal WHERE position = 1",
        Broken(1, None, "the link is missing"),
    ),
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", TAMPERING)
def test_an_owner_who_tampers_is_seen(what, sari, tamper):
    events = three_events(sari)
    seal(now=NOW)
    statements, expected = TAMPERING[what]

    for statement in statements.split(";"):
        tamper(statement.replace("{event}", str(events[1].pk)))

    broken = first_broken_link()
    number_of = {event.pk: number for number, event in enumerate(events, start=1)}
    assert broken is not None
    assert (broken.position, number_of.get(broken.event_id), broken.why) == (
        expected.position, expected.event_id, expected.why,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_chain_that_was_cut_off_or_made_anew_is_seen_by_a_noted_link(sari, tamper):
    three_events(sari)
    seal(now=NOW)
    noted = last_link()
    assert noted is not None
    assert first_broken_link(noted=noted) is None

    tamper("DELETE FROM audit_seal WHERE position = 3")

    assert first_broken_link() is None
    assert first_broken_link(noted=noted) == Broken(3, None, "the chain was cut off here")

    seal(now=NOW + timedelta(days=1))

    assert first_broken_link() is None
    broken = first_broken_link(noted=noted)
    assert broken is not None
    assert (broken.position, broken.why) == (3, "another hash was noted for it")
    assert first_broken_link(noted=Link(1, b"no")) is not None


@pytest.mark.django_db(transaction=True)
def test_two_sealers_make_one_chain_and_writers_wait_for_neither(sari):
    three_events(sari)

    with connection.second_connection() as other, transaction.atomic():
        assert seal(now=NOW) == 3
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
            cursor.execute(
                "INSERT INTO audit_event (at, verb, subject_type, subject_id, details)"
                " VALUES (%s, 'paid', 'bill', '1', '{}')",
                [NOW],
            )
            with pytest.raises(Exception, match="lock timeout"):
                cursor.execute("SELECT audit_seal_events(%s)", [NOW])

    assert seal(now=NOW) == 1
    assert first_broken_link() is None


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_sealed_later(sari):
    with connection.second_connection() as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO audit_event (at, verb, subject_type, subject_id, details)"
            " VALUES (%s, 'slow', 'import', '1', '{}')",
            [NOW],
        )
        three_events(sari)
        assert seal(now=NOW) == 3
        cursor.execute("COMMIT")

    assert seal(now=NOW) == 1
    assert Seal.objects.get(position=4).event.verb == "slow"
    assert first_broken_link() is None

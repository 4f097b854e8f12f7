"""Two records of one woman are made one, and taken apart when that was a mistake."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sertakan.audit.models import Event
from sertakan.people.errors import CannotMerge
from sertakan.people.models import Merge, Person
from sertakan.people.operations import merge, undo_merge
from sertakan.people.queries import by_nik
from tests.people.conftest import NOW

pytestmark = pytest.mark.django_db


def stands_for():
    """Which record each was merged into, by name."""
    return {
        person.name: person.merged_into.name
        for person in Person.objects.select_related("merged_into").exclude(merged_into=None)
    }


@pytest.fixture
def join(people, sari):
    def join(merged, kept):
        return merge(kept=people[kept], merged=people[merged], reason="one card", by=sari, now=NOW)

    return join


@pytest.fixture
def part(people, sari):
    return lambda merged: undo_merge(merged=people[merged], by=sari, now=NOW)


def test_whoever_asks_for_either_gets_the_one_kept(people, join, sari):
    done = join("Siti Aminatun", "Siti Aminah")

    assert by_nik("3577025107850003") == by_nik("3577024107850002") == people["Siti Aminah"]
    assert (done.reason, done.merged_by, done.merged_at) == ("one card", sari, NOW)
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_id, event.details) == (
        "merged", str(people["Siti Aminah"].pk), {"merged": people["Siti Aminatun"].pk},
    )  # fmt: skip


def test_a_merge_is_undone_and_everything_is_as_before(people, join, part):
    before = list(Person.objects.order_by("pk").values())
    join("Siti Aminatun", "Siti Aminah")

    undone = part("Siti Aminatun")

    assert list(Person.objects.order_by("pk").values()) == before
    assert (undone.undone_at, Merge.objects.count()) == (NOW, 1)
    assert Event.objects.latest("pk").verb == "unmerged"
    join("Siti Aminatun", "Siti Aminah")
    assert stands_for() == {"Siti Aminatun": "Siti Aminah"}


def test_merges_upon_merges_lead_to_the_one_kept_and_come_apart_in_any_order(join, part):
    join("Siti Aminatun", "Siti Aminah")
    join("Siti Aminah", "Budi Santoso")
    assert stands_for() == {"Siti Aminatun": "Budi Santoso", "Siti Aminah": "Budi Santoso"}

    part("Siti Aminah")
    assert stands_for() == {"Siti Aminatun": "Siti Aminah"}

    join("Siti Aminah", "Nur'aini Dewi")
    part("Siti Aminatun")
    assert stands_for() == {"Siti Aminah": "Nur'aini Dewi"}


def test_what_cannot_be_merged_is_refused(people, join, part):
    join("Siti Aminatun", "Siti Aminah")

    with pytest.raises(CannotMerge, match="into itself"):
        join("Siti Aminah", "Siti Aminah")
    with pytest.raises(CannotMerge, match="already"):
        join("Siti Aminatun", "Budi Santoso")
    with pytest.raises(CannotMerge, match="already"):
        join("Budi Santoso", "Siti Aminatun")
    with pytest.raises(CannotMerge, match="not merged"):
        part("Budi Santoso")
    assert stands_for() == {"Siti Aminatun": "Siti Aminah"}


def test_a_merge_has_a_reason(people, sari):
    first, second, *_ = people.values()

    with pytest.raises(CannotMerge, match="reason"):
        merge(kept=first, merged=second, reason=" ", by=sari, now=NOW)


def test_the_database_refuses_a_record_merged_twice_or_into_itself(people, join, sari):
    join("Siti Aminatun", "Siti Aminah")
    merged, kept = people["Siti Aminatun"], people["Budi Santoso"]

    with (
        pytest.raises(IntegrityError, match="a_record_is_merged_once_at_a_time"),
        transaction.atomic(),
    ):
        Merge.objects.create(
            kept=kept, merged=merged, reason="again", merged_at=NOW, merged_by=sari
        )
    with (
        pytest.raises(IntegrityError, match="nobody_is_merged_into_themselves"),
        transaction.atomic(),
    ):
        Person.objects.filter(pk=kept.pk).update(merged_into=kept)


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        ("DELETE FROM people_merge", IntegrityError, "undone, not deleted"),
        ("TRUNCATE people_merge", ProgrammingError, "permission denied"),
        ("UPDATE people_merge SET kept_id = merged_id", ProgrammingError, "permission denied"),
        ("UPDATE people_merge SET reason = ''", ProgrammingError, "permission denied"),
        ("ALTER TABLE people_merge DISABLE TRIGGER ALL", ProgrammingError, "must be owner"),
        ("ALTER TABLE people_person DISABLE TRIGGER ALL", ProgrammingError, "must be owner"),
        ("TRUNCATE people_person CASCADE", ProgrammingError, "permission denied"),
        ("UPDATE people_person SET recorded_at = now()", ProgrammingError, "permission denied"),
    ],
)
def test_the_program_may_not(join, statement, error, words):
    join("Siti Aminatun", "Siti Aminah")

    with pytest.raises(error, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

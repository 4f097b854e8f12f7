"""What is known of a person is put right; who looks at it unmasked is written down."""

from datetime import date

import polars as pl
import pytest

from sertakan.audit.models import Event
from sertakan.people.errors import NikTaken, NotAPerson, PersonNotFound, PurposeMissing
from sertakan.people.models import Person
from sertakan.people.operations import correct, merge, note_deaths, unmask
from sertakan.people.queries import by_nik, find, masked_nik, search
from tests.people.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def budi(people):
    return people["Budi Santoso"]


def test_whatever_was_wrong_is_put_right(budi, sari):
    correct(
        person=budi,
        changes={
            "nik": "3577031512780044", "name": "Budi Hartono", "birth_date": date(1978, 12, 16),
            "sex": "L", "region": "35.77.03.1001", "address": "Jl. Mawar 1", "phone": "0811",
            "mother_name": "Sumi", "bank_account": "BRI 123", "died_on": date(2026, 1, 1),
        },
        by=sari,
        now=NOW,
    )  # fmt: skip

    again = by_nik("3577031512780044")
    seen = unmask(person=again, purpose="test", by=sari, now=NOW)
    assert again == budi
    assert (again.name, again.birth_date, again.region_id, again.address, again.died_on) == (
        "Budi Hartono", date(1978, 12, 16), "35.77.03.1001", "Jl. Mawar 1", date(2026, 1, 1),
    )  # fmt: skip
    assert (seen.nik, seen.phone, seen.mother_name, seen.bank_account) == (
        "3577031512780044", "0811", "Sumi", "BRI 123",
    )  # fmt: skip
    assert by_nik("3577031512780004") is None
    assert [person.name for person in search("Hartono")] == ["Budi Hartono"]


def test_what_is_not_known_any_more_is_taken_out(budi, sari):
    correct(person=budi, changes={"phone": "0811", "region": "35.77"}, by=sari, now=NOW)
    correct(
        person=budi,
        changes={"phone": None, "region": None, "birth_date": None, "sex": None, "address": None},
        by=sari,
        now=NOW,
    )

    budi.refresh_from_db()
    assert (budi.phone_encrypted, budi.region_id, budi.birth_date) == (None, None, None)
    assert (budi.sex, budi.address) == ("", "")


def test_the_event_names_the_fields_and_not_what_stands_in_them(budi, sari):
    correct(person=budi, changes={"phone": "0811", "name": "Budi H"}, by=sari, now=NOW)

    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_id, event.details) == (
        "corrected", str(budi.pk), {"fields": ["name", "phone"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal", "sentence"),
    [
        ({"nik": "35770"}, NotAPerson, "16 digits"),
        ({"nik": None}, NotAPerson, "16 digits"),
        ({"nik": "3577024107850002"}, NikTaken, "another person"),
        ({"name": " "}, NotAPerson, "has a name"),
        ({"sex": "X"}, NotAPerson, "L or P"),
        ({"region": "99"}, NotAPerson, "No region"),
        ({"died_on": date(1970, 1, 1)}, NotAPerson, "before birth"),
    ],
)
def test_what_cannot_be_is_refused(budi, sari, changes, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        correct(person=budi, changes={"address": "new", **changes}, by=sari, now=NOW)

    budi.refresh_from_db()
    assert (budi.name, budi.address) == ("Budi Santoso", "")
    assert not Event.objects.filter(verb="corrected").exists()


def test_deaths_are_noted_once_and_each_row_says_what_became_of_it(people, sari):
    budi, aminah, dewi = (people[name] for name in ("Budi Santoso", "Siti Aminah", "Nur'aini Dewi"))
    merge(kept=aminah, merged=people["Siti Aminatun"], reason="one", by=sari, now=NOW)
    correct(person=dewi, changes={"died_on": date(2026, 5, 1)}, by=sari, now=NOW)
    deaths = pl.DataFrame(
        [
            (budi.pk, date(2026, 3, 4)),
            (people["Siti Aminatun"].pk, date(2026, 3, 5)),
            (dewi.pk, date(2026, 5, 2)),
            (people["Muhammad Soebandi"].pk, date(1980, 1, 1)),
            (0, date(2026, 1, 1)),
        ],
        schema=["person_id", "died_on"],
        orient="row",
    )

    answer = note_deaths(deaths=deaths, by=sari, now=NOW)

    assert answer.columns == ["person_id", "died_on", "outcome"]
    assert answer["person_id"].to_list() == deaths["person_id"].to_list()
    assert answer["outcome"].to_list() == [
        "noted", "noted", "differs", "before_birth", "unknown_person",
    ]  # fmt: skip
    assert dict(Person.objects.exclude(died_on=None).values_list("name", "died_on")) == {
        "Budi Santoso": date(2026, 3, 4),
        "Siti Aminah": date(2026, 3, 5),
        "Siti Aminatun": date(2026, 3, 5),
        "Nur'aini Dewi": date(2026, 5, 1),
    }
    assert Event.objects.latest("pk").details == {"people": 2}
    again = note_deaths(deaths=deaths.head(2), by=sari, now=NOW)
    assert again["outcome"].to_list() == ["known", "known"]


def test_nobody_looks_without_a_purpose_and_without_a_trace(budi, sari):
    with pytest.raises(PurposeMissing):
        unmask(person=budi, purpose=" ", by=sari, now=NOW)

    seen = unmask(person=budi, purpose="claim 12", by=sari, now=NOW)

    assert (seen.nik, seen.phone) == ("3577031512780004", None)
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.subject_id, event.details) == (
        "unmasked", sari, str(budi.pk), {"purpose": "claim 12"},
    )  # fmt: skip


def test_a_nik_is_shown_masked(budi):
    assert masked_nik(budi) == "357703********04"


def test_a_person_is_found_by_nik_or_number(budi):
    assert find("3577031512780004") == find(f" {budi.pk} ") == budi
    for written in ("3577031512780005", "0", "Budi", "", "९"):
        with pytest.raises(PersonNotFound):
            find(written)
    with pytest.raises(PersonNotFound, match="known under 357703…"):
        find("3577031512780005")

import pytest
from django.db import connection

from sertakan.audit.operations import record, seal
from sertakan.claims.tasks import CHECK_EVERYTHING
from sertakan.people.models import Person
from sertakan.people.operations import unmask
from sertakan.people.proving import note_own_look
from sertakan.regions.models import Region
from sertakan.web import once
from sertakan.work.models import Job
from sertakan.work.running import run
from tests.contributions.making import billed, paid
from tests.enrolment.making import NOW, an_agreement, enrolled, some_people
from tests.web.people import a_user, an_appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def wahyu(client):
    wahyu = an_appointed("auditor", name="Wahyu")
    client.force_login(wahyu)
    return wahyu


@pytest.fixture
def budi():
    """Of Kota Madiun, enrolled by its city, and looked at by Sari."""
    (budi,) = some_people("Budi", region=["35.77.01.1003"])
    agreement = an_agreement(region=Region.objects.get(pk="35.77"))
    enrolled(budi, agreement)
    bill = billed(agreement)
    paid(bill.total_rupiah, code=bill.payment_code)
    unmask(person=Person.objects.get(pk=budi), purpose="Called back", by=a_user("Sari"), now=NOW)
    return budi


def text_of(client, path):
    return client.get(f"/en/audit/{path}").content.decode()


def test_who_looked_at_whose_data_and_what_for(client, wahyu, budi):
    page = text_of(client, "penglihatan")

    assert "<strong>Sari</strong> saw unmasked data of" in page
    assert "person Budi" in page
    assert "purpose: Called back" in page


def test_who_looks_through_a_public_page_is_not_the_program(client, wahyu, budi):
    note_own_look(person=Person.objects.get(pk=budi), now=NOW)
    record(verb="followed", subject_type="claim", subject_id=1, by=None, at=NOW)

    page = text_of(client, "penglihatan")

    assert "The person themselves, through the public page,</strong> looked at the cover" in page
    assert "Somebody with the number of the claim, through the public page,</strong>" in page
    assert "The program" not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("kind=bill", {"issued"}),
        ("who=sar&verb=unmasked", {"unmasked"}),
        ("verb=unmasked&last=2026-01-04", set()),
        ("verb=unmasked&first=2026-01-05&last=2026-01-05", {"unmasked"}),
        ("first=no+day&verb=unmasked", {"unmasked"}),
        ("who=nobody", set()),
    ],
)
def test_the_trail_is_narrowed(client, wahyu, budi, asked, shown):
    answer = client.get(f"/audit/jejak?{asked}")

    assert {told.event.verb for told in answer.context["rows"]} == shown


def test_an_auditor_of_another_city_reads_nothing_of_it(client, budi):
    client.force_login(an_appointed("auditor", over=Region.objects.get(pk="35.79")))

    assert list(client.get("/audit/jejak").context["rows"]) == []
    assert client.get("/audit/buku-besar").context["page"].rows == []


def test_an_auditor_of_this_city_reads_what_is_the_citys_and_nothing_of_the_system(client, budi):
    client.force_login(an_appointed("auditor", over=Region.objects.get(pk="35.77")))

    verbs = {told.event.verb for told in client.get("/audit/jejak").context["rows"]}

    assert verbs == {"issued", "received", "unmasked"}  # and no role that was given
    assert "Budi" in text_of(client, "penglihatan")


@pytest.mark.parametrize("events", [1, 3])
def test_the_trail_asks_the_same_however_long(client, wahyu, events, django_assert_num_queries):
    for number in range(events):
        record(verb="issued", subject_type="bill", subject_id=number, by=wahyu, at=NOW)

    with django_assert_num_queries(6):
        client.get("/audit/jejak")


def test_an_entry_is_opened_down_to_what_caused_it(client, wahyu, budi):
    page = client.get("/audit/buku-besar").context["page"]
    issued = next(entry for entry in page.rows if entry.reference.endswith("/issued"))

    entry = text_of(client, f"buku-besar/catatan/{issued.pk}")

    assert f"?kind=bill&amp;number={issued.reference.split('/')[1]}" in entry
    assert "Bill issued: TAG-" in entry
    assert "Owed by sponsors: Kota Contoh" in entry


def test_everything_is_checked_on_request(client, wahyu, budi):
    seal(now=NOW)
    connection.check_constraints()  # entries are judged at commit

    client.post("/audit/pemeriksaan", {once.FIELD: once.token()})
    job = Job.objects.get(kind=CHECK_EVERYTHING)
    run(job.pk, clock=lambda: NOW)

    page = text_of(client, "pemeriksaan")
    assert "every entry balances" in page
    assert "every link holds" in page
    assert "they agree" in page

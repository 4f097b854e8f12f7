"""Bills of the city: what the law says a month costs, seen before it is issued."""

import uuid

import pytest

from sertakan.contributions.models import Bill
from sertakan.ledger.models import Entry
from tests.contributions.making import billed, paid
from tests.enrolment.making import an_agreement, enrolled, some_people
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled_two(agreement):
    for person in some_people("Budi", "Wati"):
        enrolled(person, agreement)
    return agreement


def test_what_months_cost_is_shown_before_anything_is_issued(client, sari, enrolled_two):
    address = f"/kota/perjanjian/{enrolled_two.pk}/tagihan-baru"

    page = client.get(f"{address}?first_month=2026-11&last_month=2026-12").content.decode()

    assert "Rp67.200" in page  # two people, two months, Rp16.800 each where a city pays
    assert not Bill.objects.exists()


def test_the_month_asked_for_is_the_first_unbilled_of_the_agreement(client, sari, enrolled_two):
    address = f"/kota/perjanjian/{enrolled_two.pk}/tagihan-baru"

    billed(enrolled_two, "2026-10", "2026-11")
    following = client.get(address).content.decode()
    billed(enrolled_two, "2026-12", "2026-12")
    none_left = client.get(address).content.decode()

    assert following.count('value="2026-12"') == none_left.count('value="2026-12"') == 2


def test_the_bill_issued_is_the_one_that_was_shown(client, sari, enrolled_two):
    address = f"/kota/perjanjian/{enrolled_two.pk}/tagihan-baru"

    answer = client.post(
        address,
        {"once": str(uuid.uuid4()), "first_month": "2026-11", "last_month": "2026-12"},
    )

    bill = Bill.objects.get()
    assert answer.url == f"/kota/tagihan/{bill.pk}"
    assert (bill.people, bill.total_rupiah) == (2, 67_200)


def test_months_billed_before_are_told_to_be_nothing(client, sari, enrolled_two):
    billed(enrolled_two, "2026-11", "2026-11")

    answer = client.get(
        f"/kota/perjanjian/{enrolled_two.pk}/tagihan-baru?first_month=2026-11&last_month=2026-11"
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_bill_opens_down_to_people_and_money(client, sari, enrolled_two):
    bill = billed(enrolled_two, "2026-11", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)

    page = client.get(f"/kota/tagihan/{bill.pk}").content.decode()
    people = client.get(f"/kota/tagihan/{bill.pk}/peserta").content.decode()
    money = client.get("/kota/pembayaran").content.decode()

    assert bill.number in page
    assert "Lunas" in page
    assert "November 2026" in page
    assert "Budi" in people
    assert "Rp33.600" in people
    assert "Rp67.200" in money


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_bills_asks_as_often_however_long(
    client, sari, madiun, number, django_assert_num_queries
):
    for at in range(number):
        one = an_agreement(f"PKS/{at}", region=madiun)
        [person] = some_people("Budi")
        enrolled(person, one)
        billed(one, "2026-11", "2026-11")
    client.get("/kota/tagihan")

    with django_assert_num_queries(7):
        client.get("/kota/tagihan")


def test_another_citys_bill_is_not_there(client, sari):
    elsewhere = an_agreement("PKS/LAIN", region_id="35.78")
    [person] = some_people("Tuti")
    enrolled(person, elsewhere)
    bill = billed(elsewhere, "2026-11", "2026-11")

    assert client.get(f"/kota/tagihan/{bill.pk}").status_code == 404
    assert client.get(f"/kota/tagihan/{bill.pk}/peserta").status_code == 404
    assert bill.number not in client.get("/kota/tagihan").content.decode()


@pytest.mark.parametrize("address", ["kota", "cabang"])
def test_the_bill_leads_an_auditor_of_everything_to_its_entry(client, sari, enrolled_two, address):
    bill = billed(enrolled_two, "2026-11", "2026-12")
    entry = Entry.objects.get(reference=f"bill/{bill.pk}/issued")

    def led():
        page = client.get(f"/{address}/tagihan/{bill.pk}").content.decode()
        return f'href="/audit/buku-besar/catatan/{entry.pk}"' in page

    client.force_login(an_appointed("auditor", name="Wahyu"))
    assert led()
    client.force_login(an_appointed("auditor", over=enrolled_two.region, name="Agus"))
    assert not led()

"""Sari's agreements: drafted, filled, changed, renewed, closed; and what others may not see."""

import re
import uuid
from datetime import date

import pytest

from sertakan.enrolment.models import Waiting
from sertakan.sponsors.models import Agreement
from tests.enrolment.making import a_sponsor, an_agreement, enrol_them, enrolled, some_people

pytestmark = pytest.mark.django_db


def send(client, address, **told):
    """A form sent once, with a token of its own."""
    return client.post(address, {"once": str(uuid.uuid4()), **told})


def described(madiun, branch, **told):
    sponsor = a_sponsor()
    sponsor.region = madiun
    sponsor.save()
    return {
        "number": "PKS/9/2026",
        "sponsor": sponsor.pk,
        "fund": "apbd",
        "segment": "BPU",
        "places": "100",
        "budget_rupiah": "Rp20.160.000",
        "starts_on": "2026-12-01",
        "last_day": "2027-11-30",
        "branch": branch.pk,
        **told,
    }


def test_a_new_agreement_is_a_draft_for_the_branch(client, sari, madiun, branch):
    answer = send(client, "/kota/perjanjian/baru", **described(madiun, branch))

    made = Agreement.objects.get(number="PKS/9/2026")
    assert answer.status_code == 302
    assert answer.url == f"/kota/perjanjian/{made.pk}"
    assert (made.state, made.places, made.budget_rupiah) == ("draft", 100, 20_160_000)
    assert (made.starts_on, made.ends_on) == (date(2026, 12, 1), date(2027, 12, 1))
    assert made.region == madiun


def test_the_same_form_sent_twice_makes_one_agreement(client, sari, madiun, branch):
    told = {**described(madiun, branch), "once": str(uuid.uuid4())}

    first = client.post("/kota/perjanjian/baru", told)
    second = client.post("/kota/perjanjian/baru", told)

    assert first.url == second.url
    assert Agreement.objects.count() == 1


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client, sari, madiun, branch):
    answer = send(
        client, "/kota/perjanjian/baru", **described(madiun, branch, places="", number="PKS/10")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_places"' in page
    assert 'value="PKS/10"' in page
    assert not Agreement.objects.exists()


def test_what_the_operation_refuses_stands_on_top(client, sari, madiun, branch, agreement):
    answer = send(
        client, "/kota/perjanjian/baru", **described(madiun, branch, number=agreement.number)
    )

    assert answer.status_code == 422
    assert f"nomor {agreement.number}" in answer.content.decode()


def test_the_list_and_the_page_tell_places_and_budget(client, sari, agreement):
    for person in some_people("Budi", "Wati"):
        enrolled(person, agreement)

    listed = client.get("/kota/perjanjian").content.decode()
    shown = client.get(f"/kota/perjanjian/{agreement.pk}").content.decode()

    for page in (listed, shown):
        assert "2 dari 2 tempat terisi" in page
        assert "PKS/1/2026" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_long(
    client, sari, madiun, number, django_assert_num_queries
):
    for at in range(number):
        an_agreement(f"PKS/{at}", region=madiun)
    client.get("/kota/perjanjian")

    with django_assert_num_queries(11):
        client.get("/kota/perjanjian")


def test_those_who_wait_get_the_places_in_their_order(client, sari, agreement):
    agreement.places = 1
    agreement.save()
    budi, wati, joko = some_people("Budi", "Wati", "Joko")
    enrol_them(agreement, [budi, wati, joko])
    agreement.places = 2
    agreement.save()

    answer = send(client, f"/kota/perjanjian/{agreement.pk}/tunggu", starts_on="2026-12-01")

    assert answer.status_code == 302
    states = Waiting.objects.order_by("pk").values_list("person_id", "state")
    assert list(states) == [(wati, "enrolled"), (joko, "waiting")]


def test_somebody_leaves_the_line_for_a_reason(client, sari, agreement):
    agreement.places = 1
    agreement.save()
    budi, wati = some_people("Budi", "Wati")
    enrol_them(agreement, [budi, wati])
    turn = Waiting.objects.get(person=wati)

    refused = send(client, f"/kota/tunggu/{turn.pk}/keluar")
    done = send(client, f"/kota/tunggu/{turn.pk}/keluar", reason="moved")
    again = send(client, f"/kota/tunggu/{turn.pk}/keluar", reason="moved")

    assert (refused.status_code, done.status_code, again.status_code) == (422, 302, 409)
    turn.refresh_from_db()
    assert (turn.state, turn.left_because) == ("left", "moved")


def test_fewer_places_than_are_taken_are_refused(client, sari, agreement):
    for person in some_people("Budi", "Wati"):
        enrolled(person, agreement)

    answer = send(
        client, f"/kota/perjanjian/{agreement.pk}/ubah", places="1", budget_rupiah="1000000"
    )

    assert answer.status_code == 422
    agreement.refresh_from_db()
    assert agreement.places == 2


def test_a_renewal_goes_on_where_the_old_one_ends(client, sari, agreement):
    answer = send(
        client,
        f"/kota/perjanjian/{agreement.pk}/perpanjang",
        number="PKS/1/2027",
        starts_on="2027-01-01",
        last_day="2027-12-31",
        places="2",
        budget_rupiah="1000000",
    )

    assert answer.status_code == 302
    assert Agreement.objects.get(number="PKS/1/2027").renews == agreement


def test_a_closed_agreement_is_not_closed_again(client, sari, agreement):
    first = send(client, f"/kota/perjanjian/{agreement.pk}/tutup")
    second = send(client, f"/kota/perjanjian/{agreement.pk}/tutup")

    assert (first.status_code, second.status_code) == (302, 409)


def test_another_citys_agreement_is_not_there(client, sari):
    elsewhere = an_agreement("PKS/LAIN", region_id="35.78")

    for page in ("", "/peserta", "/tunggu", "/ubah", "/perpanjang", "/tutup", "/tagihan-baru"):
        assert client.get(f"/kota/perjanjian/{elsewhere.pk}{page}").status_code == 404
    assert "PKS/LAIN" not in client.get("/kota/perjanjian").content.decode()


def test_a_change_does_not_overwrite_what_somebody_else_changed_meanwhile(client, sari, agreement):
    address = f"/kota/perjanjian/{agreement.pk}/ubah"
    page = client.get(address).content.decode()
    seen = re.search(r'name="as_seen" value="([^"]+)"', page)[1]

    send(client, address, places="3", budget_rupiah="9000000")
    late = send(client, address, places="2", budget_rupiah="8000000", as_seen=seen)

    assert late.status_code == 409
    agreement.refresh_from_db()
    assert (agreement.places, agreement.budget_rupiah) == (3, 9_000_000)

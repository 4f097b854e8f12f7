"""The administrator keeps the branches within reach: it stands on papers and cards."""

import uuid

import pytest

from sertakan.regions.models import Branch
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db


@pytest.fixture
def rudi(client):
    """Rudi, the administrator, has signed in."""
    user = an_appointed("administrator", name="Rudi")
    client.force_login(user)
    return user


def said_of_it(**told):
    return {
        "once": str(uuid.uuid4()),
        "code": "MDN",
        "name": "Cabang Contoh",
        "region": "35.77",
        "address": "Jalan Contoh Nomor 1",
        "phone": "(0000) 000 000",
        "email": "cabang@example.org",
        **told,
    }


def test_a_branch_is_added_and_then_stands_in_the_list(client, rudi):
    answer = client.post("/kelola/cabang/baru", said_of_it())

    page = client.get(answer.url).content.decode()
    assert answer.url == "/kelola/cabang"
    assert "Cabang Contoh tercatat." in page
    assert "MDN · Kota Madiun · Jalan Contoh Nomor 1" in page
    assert "(0000) 000 000" in page


def test_a_branch_without_a_telephone_is_pointed_out(client, rudi):
    Branch.objects.create(code="MDN", name="Cabang Contoh")

    assert "belum ada telepon" in client.get("/kelola/cabang").content.decode()


def test_what_is_known_of_a_branch_is_changed_where_it_is_shown(client, rudi):
    one = Branch.objects.create(code="MDN", name="Cabang Contoh", phone="(0000) 000 000")

    before = client.get(f"/kelola/cabang/{one.pk}").content.decode()
    client.post(f"/kelola/cabang/{one.pk}", said_of_it(phone="(0000) 111 111"))

    one.refresh_from_db()
    assert 'value="(0000) 000 000"' in before
    assert (one.phone, one.region_id) == ("(0000) 111 111", "35.77")


def test_a_code_that_another_branch_has_is_refused_at_its_field(client, rudi):
    Branch.objects.create(code="MDN", name="Cabang Contoh")

    answer = client.post("/kelola/cabang/baru", said_of_it(name="Cabang Lain"))

    assert answer.status_code == 422
    assert "Sudah ada cabang dengan kode MDN." in answer.content.decode()
    assert Branch.objects.count() == 1


@pytest.mark.parametrize("phone", ["hubungi kami", "0", "(0351) 123 456 atau 789"])
def test_a_telephone_number_is_one(client, rudi, phone):
    answer = client.post("/kelola/cabang/baru", said_of_it(phone=phone))

    assert answer.status_code == 422
    assert not Branch.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_long(client, rudi, number, django_assert_num_queries):
    for at in range(number):
        Branch.objects.create(code=f"B{at}", name=f"Cabang {at}", region_id="35.77")
    client.get("/kelola/cabang")

    with django_assert_num_queries(6):
        client.get("/kelola/cabang")

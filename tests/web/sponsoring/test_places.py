"""Places are found however their names are written, and never taken for their namesakes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.sponsors.models import Sponsor
from sertakan.web.sponsoring.places import places_named
from tests.enrolment.making import an_agreement, enrol_them, some_people
from tests.web.people import a_user
from tests.web.sponsoring.making import BUDI, a_branch, a_sponsor, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
ORO_ORO_OMBO = "35.77.01.1001"


def told(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    "written",
    [
        "Oro-oro Ombo, Kota Madiun", "Oro oro ombo, madiun", "Kel. Oro-Oro Ombo, Madiun",
        "kelurahan ORO ORO OMBO, Kec. Kartoharjo", "Desa Orooro Ombo,kota madiun", ORO_ORO_OMBO,
    ],
)  # fmt: skip
def test_a_village_is_found_however_it_is_written(written):
    assert [place.pk for place in places_named(written)] == [ORO_ORO_OMBO]


def test_those_nearby_come_first_and_names_that_begin_so_where_none_is_called_so():
    assert places_named("oro oro ombo", near="35.77")[0].pk == ORO_ORO_OMBO
    assert [place.pk for place in places_named("kel. nambangan l")] == ["35.77.02.1008"]
    assert [places_named(written) for written in ("", "-", "Klegen, Sabang")] == [[], [], []]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Madiun", ["35.19", "35.77", "35.19.08"]),
        ("Kab. Madiun", ["35.19"]),
        ("kota madiun", ["35.77"]),
        ("Kec Madiun", ["35.19.08"]),
        ("Jakarta Pusat", ["31.71"]),
        ("Kel. Madiun Lor", ["35.77.02.1006"]),
    ],
)
def test_every_place_of_a_name_is_found_unless_its_kind_is_written(written, codes):
    found = {place.pk for place in places_named(written, villages_only=False)}

    assert found == set(codes)


def test_a_place_is_looked_up_in_the_index_of_names():
    with CaptureQueriesContext(connection) as queries:
        places_named("Oro-oro Omb")
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query['sql']}")
            assert "region_plain_name" in str(cursor.fetchall())
    assert len(queries) == 2


def test_a_new_sponsor_chooses_which_madiun(client):
    a_branch()
    client.force_login(a_user("Ratna"))
    asked = {"kind": "person", "name": "Ratna", "place": "Madiun"}

    answer = send(client, "/sponsor/mulai", **asked)

    assert answer.status_code == 422
    assert Sponsor.objects.count() == 0
    page = told(answer)
    assert "Kota Madiun<" in page
    assert "Kabupaten Madiun<" in page
    assert "Kecamatan Madiun<" in page
    send(client, "/sponsor/mulai", **asked, region="35.77")
    assert Sponsor.objects.get().region_id == "35.77"
    assert "Kota Madiun" in told(client.get("/sponsor/data"))


def test_who_waits_is_found_however_the_kelurahan_is_written(client):
    a_branch()
    _sponsor, user = a_sponsor()
    client.force_login(user)
    city = an_agreement("PKS/KOTA", places=1)
    enrol_them(city, some_people("Pertama"))
    enrol_them(city, some_people("Kedua"), region=ORO_ORO_OMBO)

    for written in ("oro oro ombo", "Kel. Oro-Oro Ombo", "ombo", "Oro-oro Ombo, Madiun"):
        page = told(client.get("/sponsor/baru/antrean", {"q": written}))
        assert f"region={ORO_ORO_OMBO}" in page, written
    assert "region=" not in told(client.get("/sponsor/baru/antrean", {"q": "Klegen"}))


def test_a_workers_place_is_found_and_told_with_its_kind(client):
    a_branch()
    _sponsor, user = a_sponsor()
    client.force_login(user)
    answer = send(client, "/sponsor/baru/pekerja", **BUDI)
    worker = answer.url.rpartition("/")[0]
    page = told(client.get(f"{worker}/tempat", {"q": "kel oro oro ombo"}))

    assert f'value="{ORO_ORO_OMBO}"' in page
    assert "Kelurahan Oro-oro Ombo" in page

"""Rows that were not simply enrolled: mended, dismissed, compared, by one officer or two."""

import pytest

from sertakan.audit.models import Event
from sertakan.enrolment.models import Enrolment, RosterRow
from sertakan.people.encryption import decrypt
from sertakan.people.models import Person
from sertakan.regions.models import Region
from tests.enrolment.making import an_agreement
from tests.web.city.rosters import a_file, a_nik, once, taken_in
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_our_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def mended(row, **told):
    """The form of a row as it stands, but for what is told."""
    return once(
        **{
            "nik": "",
            "name": row.name,
            "birth_date": row.birth_date or "",
            "sex": row.sex,
            "category": row.category,
            "region": row.region_id or "",
            "income": "",
            "phone": "",
            "address": row.address,
            **told,
        }
    )


@pytest.fixture
def tono(client, sari, agreement):
    """Tono's row, whose NIK has thirteen digits."""
    taken_in(client, agreement, a_file((a_nik(1)[:13], "Tono")))
    return RosterRow.objects.get()


def test_a_row_tells_what_is_wrong_and_hides_its_nik(client, tono):
    page = client.get(f"/kota/baris/{tono.pk}").content.decode()

    assert "NIK harus 16 digit; di sini ada 13." in page
    assert "357701•••••00" in page
    assert a_nik(1)[:13] not in page


def test_who_asks_for_the_nik_sees_it_and_is_written_down_once(client, sari, tono):
    for _ in range(2):
        client.post(f"/kota/baris/{tono.pk}/tampilkan", once())

    page = client.get(f"/kota/baris/{tono.pk}").content.decode()

    assert a_nik(1)[:13] in page
    assert Event.objects.get(verb="row_seen").actor == sari


def test_a_mended_row_is_enrolled_and_the_next_one_comes(client, sari, agreement):
    taken_in(client, agreement, a_file(("12", "Tono"), ("34", "Sri")))
    tono, sri = RosterRow.objects.order_by("pk")

    answer = client.post(f"/kota/baris/{tono.pk}", mended(tono, nik=a_nik(7)))

    tono.refresh_from_db()
    enrolment = Enrolment.objects.get()
    assert answer.url == f"/kota/baris/{sri.pk}"
    assert tono.state == "admitted"
    assert decrypt(enrolment.person.nik_encrypted, "nik") == a_nik(7)


def test_what_is_still_wrong_is_said_at_its_field(client, tono):
    answer = client.post(f"/kota/baris/{tono.pk}", mended(tono, name=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_nik"' in page
    assert 'href="#id_name"' in page
    assert RosterRow.objects.get().state == "open"


def test_a_nik_that_is_enrolled_is_refused_at_the_nik_and_nobody_is_registered(
    client, sari, agreement
):
    taken_in(client, agreement, a_file((a_nik(1), "Budi"), ("12", "Tono")))
    tono = RosterRow.objects.get()

    answer = client.post(f"/kota/baris/{tono.pk}", mended(tono, nik=a_nik(1)))

    assert answer.status_code == 422
    assert "NIK ini sudah terdaftar untuk hari-hari itu." in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_row_that_another_officer_decided_is_shown_with_who_and_what_was_typed(
    client, sari, tono, madiun
):
    joko = an_appointed("city_officer", over=madiun, name="Joko")
    client.force_login(joko)
    client.post(f"/kota/baris/{tono.pk}/kesampingkan", once(note="Pindah"))
    client.force_login(sari)

    answer = client.post(f"/kota/baris/{tono.pk}", mended(tono, nik=a_nik(7), name="Tono Hadi"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Diputuskan oleh Joko" in page
    assert 'value="Tono Hadi"' in page
    assert Enrolment.objects.count() == 0


def test_a_row_of_another_city_is_not_there(client, tono):
    other = an_appointed("city_officer", over=Region.objects.get(pk="35.79"), name="Ani")
    client.force_login(other)

    assert client.get(f"/kota/baris/{tono.pk}").status_code == 404
    assert client.post(f"/kota/baris/{tono.pk}", mended(tono)).status_code == 404


def test_many_rows_with_one_reason_get_their_kind_of_work_at_once(client, sari, agreement):
    rows = [(a_nik(number), f"Orang {number}", "???") for number in range(2)]
    taken_in(client, agreement, a_file(*rows, ("12", "Tono")))

    client.post(
        "/kota/baris/putuskan?reason=category_unknown", once(all="1", category="farmer", admit="1")
    )

    assert set(Enrolment.objects.values_list("category", flat=True)) == {"farmer"}
    assert RosterRow.objects.get(state="open").name == "Tono"


def test_many_rows_are_dismissed_only_with_a_note(client, sari, agreement):
    taken_in(client, agreement, a_file(("12", "Tono"), ("34", "Sri")))
    numbers = list(RosterRow.objects.values_list("pk", flat=True))

    without = client.post("/kota/baris/putuskan", once(row=numbers, dismiss="1"))
    client.post("/kota/baris/putuskan", once(row=numbers, dismiss="1", note="Tidak dikenal"))

    assert without.status_code == 422
    assert list(RosterRow.objects.values_list("state", "decision_note").distinct()) == [
        ("dismissed", "Tidak dikenal")
    ]


OTHERS = (
    "Agus Wibowo", "Bambang Irawan", "Citra Lestari", "Dedi Kurniawan", "Eko Saputra",
    "Fitri Handayani", "Gunawan Halim", "Hendra Gunadi", "Indah Permata", "Joko Susilo",
)  # fmt: skip


@pytest.fixture
def pair(client, sari, madiun, branch):
    """Two rows that are most likely one person under a mistyped NIK: the second one's row."""
    wide = an_agreement("PKS/9/2026", places=100, region=madiun, branch=branch)
    others = [(a_nik(500 + 7 * number), name) for number, name in enumerate(OTHERS)]
    two = [
        (a_nik(1), "Moch Soebandi", "Ketua RT", 4),
        (a_nik(11), "Muhammad Subandi", "Ketua RT", 4),
    ]
    taken_in(client, wide, a_file(*two, *others))
    return RosterRow.objects.get(reasons__contains=["possible_duplicate"])


def test_a_pair_stands_side_by_side_with_what_differs_marked(client, pair):
    first = client.get("/kota/baris/ganda")

    page = client.get(first.url).content.decode()

    assert first.url == f"/kota/baris/ganda/{pair.pk}"
    assert "M<mark>uhammad</mark>" in page or "<mark>" in page
    assert "<mark>1</mark>" in page
    assert "mungkin satu orang" in page.lower()
    assert a_nik(1) not in page


def test_one_person_dismisses_the_row_and_two_admit_it(client, pair):
    client.post(f"/kota/baris/ganda/{pair.pk}", once(answer="same"))
    pair.refresh_from_db()
    dismissed = pair.state, pair.decision_note

    again = client.post(f"/kota/baris/ganda/{pair.pk}", once(answer="two"))

    assert dismissed == ("dismissed", f"Orang yang sama dengan {pair.duplicate_of}")
    assert again.status_code == 409
    assert Enrolment.objects.filter(person__name__startswith="M").count() == 1


def test_two_people_are_both_enrolled_and_no_pair_is_left(client, pair):
    answer = client.post(f"/kota/baris/ganda/{pair.pk}", once(answer="two"))

    assert answer.url == "/kota/baris/ganda"
    assert Enrolment.objects.filter(person__name__startswith="M").count() == 2
    assert "Tidak ada pasangan lagi" in client.get("/kota/baris/ganda").content.decode()


def test_an_operator_sees_and_mends_the_rows_of_the_own_kelurahan(client, tono):
    klegen = Region.objects.get(pk="35.77.01.1003")
    dewi = an_appointed("kelurahan_operator", over=klegen, name="Dewi")
    RosterRow.objects.create(
        roster_import=tono.roster_import, file="a.csv", row=9, outcome="review", reasons=[],
        fixes=[], name="Orang Lain", region_id="35.77.02.1003",
    )  # fmt: skip
    RosterRow.objects.filter(pk=tono.pk).update(region=klegen)
    client.force_login(dewi)

    page = client.get("/kota/baris").content.decode()

    assert "Tono" in page
    assert "Orang Lain" not in page


@pytest.mark.parametrize("count", [2, 5])
def test_rows_ask_the_same_questions_however_many(
    client, sari, agreement, django_assert_num_queries, count
):
    taken_in(
        client, agreement, a_file(*((f"{number}", "Tono") for number in range(10, 10 + count)))
    )
    row = RosterRow.objects.first()

    with django_assert_num_queries(10):
        client.get("/kota/baris")
    with django_assert_num_queries(10):
        client.get(f"/kota/baris/{row.pk}")


def test_the_reasons_are_counted_in_the_import_that_was_chosen(client, sari, agreement):
    taken_in(client, agreement, a_file(("12", "Tono"), ("34", "Sri")))
    later = taken_in(client, agreement, a_file(("56", "Wati"), name="Kelurahan Taman.csv"))

    page = client.get(f"/kota/baris?import={later.pk}")

    assert [rows for _reason, _word, rows in page.context["reasons"]] == [1]
    assert f'href="/kota/baris?import={later.pk}"' in page.content.decode()

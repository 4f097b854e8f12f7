"""Coverage of the city: every number opens to exactly the people that it counts."""

import html
import json
import re
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sertakan.analytics.models import PersonMonth, Workforce
from sertakan.analytics.operations import rebuild
from sertakan.audit.models import Event
from sertakan.enrolment.models import Enrolment
from sertakan.enrolment.undoing import undo
from sertakan.regions.models import Boundary, Level, Region
from sertakan.vocabulary import Month
from sertakan.work.models import Job
from tests.analytics.test_denominators import published
from tests.claims.making import approved, decided, paid_out, reported, with_papers
from tests.contributions.making import billed, paid
from tests.enrolment.making import NOW, a_sponsor, an_agreement, an_officer, enrolled, some_people
from tests.enrolment.rosters import a_nik, a_roster, taken_in
from tests.regions.geojson import a_border, a_file, square
from tests.web.people import an_appointed

pytestmark = pytest.mark.django_db

KLEGEN, SUKOSARI, TAMAN = "35.77.01.1003", "35.77.01.1002", "35.77.03.1009"
JANUARY, NOVEMBER = Month(2026, 1), Month(2026, 11)
LATER = datetime(2026, 11, 22, 19, 17, tzinfo=UTC)
PEOPLE = re.compile(r'href="(/(?:en/)?kota/cakupan/orang\?[^"]+)">([\d.,]+)</a>')
ROW = '<li class="record"'


@pytest.fixture
def city(madiun, branch):
    """The city pays all year for Budi, Wati and Rini (of no known place); a company paid January
    to September for Agus, a grave keeper; nobody has paid for Joko yet."""
    own = an_agreement("PKS/1", region=madiun, branch=branch)
    company = an_agreement(
        "PKS/2", sponsor=a_sponsor("PT Contoh", "company"), fund="company", region=madiun
    )
    late = an_agreement("PKS/3", sponsor=a_sponsor("Desa Contoh", "village"), region=madiun)
    budi, wati, rini, agus, joko = some_people("Budi", "Wati", "Rini", "Agus", "Joko")
    enrolled(budi, own, region_id=KLEGEN)
    enrolled(wati, own, region_id=TAMAN)
    enrolled(rini, own)
    Enrolment.objects.create(
        person_id=agus, agreement=company, region_id=KLEGEN, category="grave_keeper",
        accepted_on=date(2026, 1, 1), starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1),
    )  # fmt: skip
    enrolled(joko, late, region_id="35.77.01")
    for bill in (billed(own, "2026-01", "2026-12"), billed(company, "2026-01", "2026-09")):
        paid(bill.total_rupiah, code=bill.payment_code)
    rebuild(first_month=JANUARY, last_month=NOVEMBER, now=LATER)
    return own


@pytest.fixture
def elsewhere():
    """In another city Tuti is covered by an agreement of that city."""
    agreement = an_agreement("PKS/LAIN", sponsor=a_sponsor("Kota Lain"), region_id="35.78")
    [tuti] = some_people("Tuti")
    enrolled(tuti, agreement, region_id="35.78.01.1001")
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    rebuild(first_month=JANUARY, last_month=NOVEMBER, now=LATER)
    return agreement


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def numbers_of(page):
    """(address, number) of each number on a page that opens to people."""
    return [
        (html.unescape(address), int(re.sub(r"[.,]", "", number)))
        for address, number in PEOPLE.findall(page)
    ]


def headline(page):
    """Enrolled, covered, in grace and not covered, as on top of a page."""
    told = re.findall(r'headline-value">(?:<a[^>]*>)?([\d.]+)<', page)
    return [int(number) for number in told[:4]]


@pytest.mark.parametrize("month", ["2026-01", "2026-10", "2026-11"])
def test_every_number_opens_to_as_many_people(client, sari, city, elsewhere, month):
    numbers = numbers_of(shown(client, f"/kota/cakupan?bulan={month}"))

    assert len(numbers) > 20
    for address, number in numbers:
        page = shown(client, address)
        assert page.count(ROW) == number, address
        assert f"{number} orang" in page, address


@pytest.mark.parametrize("place", [KLEGEN, "35.77.01", "35.77"])
def test_so_does_every_number_of_a_place(client, sari, city, place):
    numbers = numbers_of(shown(client, f"/kota/cakupan/wilayah/{place}?bulan=2026-10"))

    assert numbers
    for address, number in numbers:
        assert shown(client, address).count(ROW) == number, address


def test_who_is_enrolled_is_covered_in_grace_or_not_covered(client, sari, city):
    january = headline(shown(client, "/kota/cakupan?bulan=2026-01"))
    november = headline(shown(client, "/kota/cakupan"))

    assert january == [5, 4, 0, 1]
    assert november == [5, 3, 1, 1]


def test_the_rows_of_each_table_add_up_to_the_number_on_top(client, sari, city):
    tables = {
        by: client.get(f"/kota/cakupan/tabel.csv?menurut={by}&bulan=2026-11").content.decode()
        for by in ("tempat", "kategori", "sponsor")
    }

    sums = {
        by: [
            sum(int(line.split(",")[column]) for line in table.splitlines()[1:])
            for column in (4, 5)
        ]
        for by, table in tables.items()
    }
    assert sums == {"tempat": [5, 3], "kategori": [5, 3], "sponsor": [5, 3]}


def test_the_list_says_exactly_whom_it_shows(client, sari, city):
    page = shown(
        client,
        f"/kota/cakupan/orang?bulan=2026-01&tempat={KLEGEN}&kategori=grave_keeper&status=covered"
        f"&sponsor={a_sponsor('PT Contoh', 'company').pk}",
    )

    assert re.findall(r"<h1>(.*?)<span.*?>(.*?)</span>", page) == [
        ("Orang terlindungi", "1 orang, Januari 2026")
    ]
    assert re.findall(r"<dd>(.*?)</dd>", page) == ["Klegen", "Juru kunci makam", "PT Contoh"]
    assert "Agus" in page


@pytest.mark.parametrize(
    "asked",
    [
        "bulan=2025-12", "bulan=2026-12", "bulan=kemarin", "status=perhaps", "kategori=pilot",
        "tempat=99.99", "sponsor=0", "sponsor=x", "perjanjian=0", "hari=31",
        "hari=30&bulan=2026-10",
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_shown_as_empty(client, sari, city, asked):
    assert client.get(f"/kota/cakupan/orang?{asked}").status_code == 404


def test_cover_that_ends_soon_opens_to_people(client, sari, city):
    page = shown(client, "/kota/cakupan")

    ending = [(address, number) for address, number in numbers_of(page) if "hari=" in address]
    assert [number for _, number in ending] == [3, 3]  # within 60 and 90 days, none within 30
    for address, number in ending:
        assert shown(client, address).count(ROW) == number


def test_another_citys_people_and_places_are_not_there(client, sari, city, elsewhere):
    sponsor = elsewhere.sponsor_id

    assert headline(shown(client, "/kota/cakupan"))[0] == 5
    assert "Tuti" not in shown(client, "/kota/cakupan/orang")
    assert "Kota Lain" not in shown(client, "/kota/cakupan/sponsor")
    for address in (
        "/kota/cakupan/wilayah/35.78",
        "/kota/cakupan/wilayah/35.78.01.1001",
        f"/kota/cakupan/orang?sponsor={sponsor}",
        f"/kota/cakupan/orang?perjanjian={elsewhere.pk}",
        "/kota/cakupan/tabel.csv?tempat=35.78",
    ):
        assert client.get(address).status_code == 404, address


def test_an_auditor_of_everything_sees_both_cities(client, settings, city, elsewhere):
    settings.DEMO_DAY = date(2026, 11, 23)
    client.force_login(an_appointed("auditor"))

    page = shown(client, "/kota/cakupan")

    assert headline(page)[0] == 6
    assert "/kota/cakupan/wilayah/35.78" in page


def test_a_branch_sees_those_of_its_agreements(client, settings, branch, city, elsewhere):
    settings.DEMO_DAY = date(2026, 11, 23)
    client.force_login(an_appointed("branch_officer", over=branch))

    assert headline(shown(client, "/kota/cakupan"))[0] == 3


def test_before_anything_was_counted_the_page_says_so(client, sari):
    assert "Belum ada yang dihitung" in shown(client, "/kota/cakupan")
    assert "Belum ada yang dihitung" in shown(client, f"/kota/cakupan/wilayah/{KLEGEN}")


def test_people_who_were_undone_since_are_still_as_many_as_the_number(
    client, sari, madiun, tmp_path
):
    roster = a_roster(tmp_path, (a_nik(1), "Budi Contoh"), (a_nik(2), "Wati Misal"))
    taken = taken_in(an_agreement("PKS/9", region=madiun), roster)
    rebuild(first_month=NOVEMBER, last_month=NOVEMBER, now=LATER)

    undo(roster_import=taken.roster_import, by=an_officer(), now=NOW)

    page = shown(client, "/kota/cakupan/orang")
    assert page.count(ROW) == page.count("Dibatalkan sesudah penghitungan") == 2


def test_a_page_of_people_goes_on_after_the_last(client, sari, madiun):
    agreement = an_agreement("PKS/1", region=madiun, places=120)
    for person in some_people(*(f"Pekerja {number}" for number in range(120))):
        enrolled(person, agreement, region_id=KLEGEN)
    rebuild(first_month=NOVEMBER, last_month=NOVEMBER, now=LATER)

    found, address = [], "/kota/cakupan/orang?bulan=2026-11"
    while address:
        page = shown(client, address)
        found += re.findall(r"/kota/orang/(\d+)", page)
        onward = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
        address = onward and f"/kota/cakupan/orang{html.unescape(onward[1])}"

    assert len(found) == len(set(found)) == 120


@pytest.mark.parametrize("number", [1, 3, 60])
def test_pages_ask_as_often_however_many_places(
    client, sari, madiun, number, django_assert_num_queries
):
    agreement = an_agreement("PKS/1", region=madiun, places=60)
    villages = Region.objects.filter(code__startswith="35.7", level=Level.VILLAGE)
    places = villages.order_by("-pk")[: number - 1] if number > 1 else []
    for person, place in zip(
        some_people(*(f"Pekerja {at}" for at in range(number))),
        [KLEGEN, *(place.pk for place in places)],
        strict=True,
    ):
        enrolled(person, agreement, region_id=place)
    rebuild(first_month=NOVEMBER, last_month=NOVEMBER, now=LATER)
    client.get("/kota/cakupan")

    with django_assert_num_queries(27):
        client.get("/kota/cakupan")
    with django_assert_num_queries(8):
        client.get("/kota/cakupan/orang")


def test_money_that_families_received_opens_to_the_payments(client, sari, madiun):
    agreement = an_agreement("PKS/9", region=madiun)
    budi, wati = some_people("Budi", "Wati")
    for person in (budi, wati):
        enrolled(person, agreement, region_id=KLEGEN)
    bill = billed(agreement, "2026-01", "2026-12")
    paid(bill.total_rupiah, code=bill.payment_code)
    claim = with_papers(reported(budi, date(2026, 6, 10)))
    decided(claim)
    approved(claim)
    paid_out(claim, on=date(2026, 11, 20))
    rebuild(first_month=JANUARY, last_month=NOVEMBER, now=LATER)

    page = shown(client, "/kota/cakupan")
    payments = shown(client, "/kota/cakupan/santunan")

    # Rp16.800 a month: six months of Budi, eleven of Wati.
    assert re.findall(r'headline-money">(?:<a[^>]*>)?(Rp[\d.]+)<', page) == [
        "Rp285.600", "Rp42.000.000", "Rp147.059",
    ]  # fmt: skip
    assert payments.count(ROW) == payments.count("Rp42.000.000") == 1


def test_rupiah_open_to_the_bills_of_the_month(client, sari, city):
    page = shown(client, "/kota/cakupan?bulan=2026-10")
    sponsor = city.sponsor_id

    assert f"/kota/tagihan?bulan=2026-10&amp;sponsor={sponsor}" in page
    october = shown(client, f"/kota/tagihan?bulan=2026-10&sponsor={sponsor}")
    company = shown(client, f"/kota/tagihan?bulan=2026-10&sponsor={sponsor + 10_000}")
    assert [bill.number for bill in city.bills.all() if bill.number in october] == [
        bill.number for bill in city.bills.all()
    ]
    assert "Tidak ada tagihan seperti itu" in company


def sent(client, address, **told):
    return client.post(address, {"once": str(uuid.uuid4()), **told})


FIGURE = {
    "region": "35.77", "on": "2026-06-30", "active_members": "51.404",
    "working_population": "96.093", "published_percent": "53,49", "source": "Dinas Contoh",
}  # fmt: skip


def test_a_published_figure_is_recorded_as_it_was_published(client, sari):
    answer = sent(client, "/kota/cakupan/ucj", **{**FIGURE, "published_percent": "54,10"})

    assert answer.url == "/kota/cakupan"
    kept = Workforce.objects.get()
    assert (kept.active_members, kept.working_population) == (51_404, 96_093)
    assert kept.published_percent == Decimal("54.10")
    page = shown(client, "/kota/cakupan")
    assert ("54,10%" in page, "53,49%" in page, "berbeda" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"source": ""}, "id_source"),
        ({"working_population": "0"}, "id_working_population"),
        ({"published_percent": "101"}, "id_published_percent"),
        ({"region": "35.78"}, "id_region"),
        ({"on": "2025-12-29"}, "id_on"),
    ],
)
def test_a_figure_that_is_none_is_refused_at_its_field(client, sari, told, field):
    published()

    answer = sent(client, "/kota/cakupan/ucj", **{**FIGURE, **told})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.content.decode()
    assert Workforce.objects.count() == 1


def a_file_of(content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("batas.geojson", content)


def loaded(client, content, source="Badan Contoh, 2026"):
    return sent(client, "/kota/cakupan/batas", file=a_file_of(content), source=source)


def all_borders():
    """A square for each kelurahan of the city, in rows of six."""
    villages = Region.objects.filter(code__startswith="35.77.", level=Level.VILLAGE).order_by("pk")
    return a_file(
        *(
            a_border(village.pk, square(number % 6, number // 6))
            for number, village in enumerate(villages)
        )
    )


def test_borders_are_loaded_and_the_page_says_which_places_have_none(client, sari):
    answer = loaded(client, a_file(a_border(KLEGEN)))

    assert answer.url == "/kota/cakupan/batas"
    page = shown(client, answer.url)
    assert "26 wilayah belum memiliki batas" in page
    assert "Badan Contoh, 2026" in page
    assert Event.objects.filter(subject_type="boundaries").count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not JSON", "bukan JSON"),
        (a_file(a_border("35.78.01.1001")), "tidak berada di 35.77"),
        (a_file(a_border("35.77.01.9999")), "35.77.01.9999"),
        (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "batas"),
    ],
)
def test_a_file_that_is_no_borders_of_the_city_is_refused(client, sari, content, said):
    answer = loaded(client, content)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'href="#id_file"' in page
    assert not Boundary.objects.exists()


def test_borders_name_their_source(client, sari):
    answer = loaded(client, a_file(a_border(KLEGEN)), source="")

    assert answer.status_code == 422
    assert 'href="#id_source"' in answer.content.decode()


def test_totals_are_made_again_by_the_worker_once_at_a_time(client, sari, city):
    first = sent(client, "/kota/cakupan/hitung-ulang?bulan=2026-10")
    sent(client, "/kota/cakupan/hitung-ulang?bulan=2026-11")

    job = Job.objects.get()
    assert first.url == "/kota/cakupan?bulan=2026-10"
    assert (job.kind, job.args) == ("make_totals", {"first": "2026-10", "last": "2026-10"})
    assert 'hx-trigger="every 2s"' in shown(client, "/kota/cakupan")


def test_an_operator_of_a_kelurahan_is_not_let_in(client, madiun, settings):
    settings.DEMO_DAY = date(2026, 11, 23)
    client.force_login(an_appointed("kelurahan_operator", over=Region.objects.get(pk=KLEGEN)))

    assert client.get("/kota/cakupan").status_code == 403
    assert not PersonMonth.objects.exists()

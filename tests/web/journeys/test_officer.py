"""Sari takes a city's rosters in, from the upload to the last row, in a browser."""

from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection

from sertakan.analytics.operations import rebuild
from sertakan.contributions.models import Bill
from sertakan.enrolment.models import Enrolment, RosterRow, RosterUpload
from sertakan.regions.models import Branch, Region
from sertakan.vocabulary import Month
from tests.contributions.making import paid
from tests.enrolment.making import NOW, an_agreement
from tests.web.chromium import DESK, PHONE, width_of
from tests.web.city.rosters import a_file, a_nik, taken_in
from tests.web.people import an_appointed
from tests.work.running import run_waiting

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

OTHERS = (
    "Agus Wibowo", "Bambang Irawan", "Citra Lestari", "Dedi Kurniawan", "Eko Saputra",
    "Fitri Handayani", "Gunawan Halim", "Hendra Gunadi", "Indah Permata", "Joko Susilo",
)  # fmt: skip


class Worker:
    """Does the waiting jobs each time it is called for, beside the browser."""

    def __init__(self):
        self._wanted, self._over = Event(), False
        self._thread = Thread(target=self._work)

    def do(self):
        self._wanted.set()

    def _work(self):
        while self._wanted.wait() and not self._over:
            self._wanted.clear()
            run_waiting()
        connection.close()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over = True
        self._wanted.set()
        self._thread.join()


@pytest.fixture
def city(client, settings, tmp_path):
    """Sari of Madiun has signed in; her city has an agreement with room for all."""
    settings.DEMO_DAY = date(2026, 11, 23)
    settings.MEDIA_ROOT = tmp_path / "files"
    madiun = Region.objects.get(pk="35.77")
    client.force_login(an_appointed("city_officer", over=madiun, name="Sari"))
    branch = Branch.objects.create(code="MDN", name="Cabang Contoh", region=madiun)
    return an_agreement("PKS/1/2026", places=100, region=madiun, branch=branch)


@pytest.fixture
def rosters(tmp_path):
    """Three files as offices send them: good, with faults, and no list at all."""
    klegen = [
        (a_nik(1), "Moch Soebandi", "Ketua RT", 4),
        (a_nik(11), "Muhammad Subandi", "Ketua RT", 4),
        *((a_nik(500 + 7 * number), name) for number, name in enumerate(OTHERS)),
    ]
    files = {
        "Kelurahan Klegen.csv": a_file(*klegen).read(),
        "Kelurahan Kanigoro.csv": a_file(("123", "Tono"), (a_nik(90), "Wati")).read(),
        "Surat pengantar.xlsx": b"%PDF-1.7\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / name) for name in files]


def signed_in(page, live_server, client):
    """The page of a browser in which Sari has signed in."""
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**session, "url": live_server.url}])
    return page


def test_an_officer_takes_a_city_in(client, live_server, chromium, city, rosters):
    with Worker() as worker:

        def look(page):
            signed_in(page, live_server, client).goto(f"{live_server.url}/kota/daftar/unggah")
            page.get_by_label("Daftar usulan").set_input_files(rosters)
            page.get_by_role("button", name="Unggah dan periksa").click()
            page.get_by_text("Menunggu giliran.").wait_for()
            worker.do()
            page.get_by_text("14 baris terbaca").wait_for()  # without a click
            page.get_by_text("Berkas ini bukan lembar kerja").wait_for()
            with page.expect_download() as download:
                page.get_by_role("link", name="Semua berkas untuk dikirim kembali").click()
            page.get_by_label("Perjanjian").select_option(value=str(city.pk))
            page.get_by_role("button", name="Masukkan 12 baris yang diterima").click()
            page.get_by_role("heading", name="Baris sedang dimasukkan").wait_for()
            worker.do()
            page.get_by_role("heading", name="Hasilnya").wait_for()

            page.goto(f"{live_server.url}/kota/baris?outcome=rejected")
            page.get_by_role("link", name="Periksa satu per satu").click()
            page.get_by_label("NIK", exact=False).first.fill(a_nik(91))
            page.get_by_role("button", name="Simpan dan terima").click()
            page.get_by_text("Tono diterima.").wait_for()

            page.goto(f"{live_server.url}/kota/baris/ganda")
            page.get_by_role("heading", name="Satu orang atau dua?").wait_for()
            page.keyboard.press("1")
            page.get_by_text("Tidak ada pasangan lagi yang perlu diputuskan.").wait_for()
            return download.value.suggested_filename

        bundle = chromium.show(look)

    assert bundle == f"perbaikan-{RosterUpload.objects.get().pk}.zip"
    assert Enrolment.objects.count() == 13
    assert list(RosterRow.objects.order_by("name").values_list("name", "state")) == [
        ("Muhammad Subandi", "dismissed"),
        ("Tono", "admitted"),
    ]


def test_from_the_upload_to_coverage(client, live_server, chromium, city):
    """The city is billed and pays; then its coverage opens down to its people."""
    taken_in(client, city, a_file((a_nik(1), "Budi"), (a_nik(2), "Wati"), (a_nik(3), "Agus")))

    def bills(page):
        signed_in(page, live_server, client).goto(f"{live_server.url}/kota/")
        page.get_by_role("link", name="PKS/1/2026").click()
        page.get_by_role("link", name="Buat tagihan").click()
        for label in ("Bulan pertama", "Bulan terakhir"):
            page.get_by_label(label).fill("2026-11")
        page.get_by_role("button", name="Lihat biayanya").click()
        page.get_by_role("button", name="Terbitkan tagihan").dblclick()  # counts once
        page.get_by_text("Jatuh tempo").first.wait_for()

    def covers(page):
        signed_in(page, live_server, client).goto(f"{live_server.url}/kota/")
        page.get_by_role("link", name="Cakupan", exact=True).last.click()
        page.get_by_role("link", name="3", exact=True).first.click()
        page.wait_for_load_state()
        return sorted(name for name in ("Budi", "Wati", "Agus") if page.get_by_text(name).count())

    chromium.show(bills)
    bill = Bill.objects.get()
    paid(bill.total_rupiah, code=bill.payment_code, on=date(2026, 11, 24))
    rebuild(first_month=Month(2026, 11), last_month=Month(2026, 11), now=NOW)
    seen = chromium.show(covers)

    assert bill.total_rupiah == 3 * 16_800
    assert seen == ["Agus", "Budi", "Wati"]


def test_without_script_the_work_is_followed_by_a_link(
    client, live_server, chromium, city, rosters
):
    with Worker() as worker:

        def look(page):
            signed_in(page, live_server, client).goto(f"{live_server.url}/kota/daftar/unggah")
            page.get_by_label("Daftar usulan").set_input_files(rosters)
            page.get_by_role("button", name="Unggah dan periksa").click()
            worker.do()
            while not page.get_by_text("14 baris terbaca").count():
                page.get_by_role("link", name="Lihat sudah sampai mana").click()
                page.wait_for_load_state()
            return page.get_by_role("button", name="Masukkan").count()

        assert chromium.show(look, script=False, size=PHONE) == 1


def test_the_wrong_import_is_taken_back(client, live_server, chromium, city):
    one = taken_in(client, city, a_file((a_nik(1), "Budi"), (a_nik(2), "Wati")))

    def look(page):
        signed_in(page, live_server, client).goto(f"{live_server.url}/kota/daftar/impor/{one.pk}")
        page.get_by_role("link", name="Batalkan impor ini").click()
        page.get_by_text("2 kepesertaan dihapus").wait_for()
        page.get_by_role("button", name="Batalkan impor ini").click()
        page.get_by_text(f"Impor {one.pk} sudah dibatalkan.").wait_for()

    chromium.show(look)

    assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_fit_and_are_open_to_all(client, live_server, chromium, city, rosters, size):
    files = [a_file((a_nik(1), "Budi"), ("123", "Tono"), (a_nik(4), "Sri", "???"))]
    one = taken_in(client, city, *files)
    row, person = RosterRow.objects.first(), Enrolment.objects.get().person_id
    addresses = [
        "daftar", "daftar/unggah", f"daftar/unggahan/{one.upload.pk}", f"daftar/impor/{one.pk}",
        f"daftar/impor/{one.pk}/batalkan", "baris", f"baris/{row.pk}", "orang",
        f"orang/{person}", f"orang/{person}/betulkan", f"orang/{person}/gabung",
    ]  # fmt: skip

    def look(page):
        signed_in(page, live_server, client)
        found = {}
        for address in addresses:
            page.goto(f"{live_server.url}/kota/{address}")
            wide = width_of(page) > size["width"]
            broken = page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
            if wide or broken:
                found[address] = (wide, broken)
        return found

    assert chromium.show(look, size=size) == {}

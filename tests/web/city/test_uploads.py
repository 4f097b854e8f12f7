"""Sari uploads what the kelurahan sent, sees what is wrong, and takes the good rows in."""

import io
import stat
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sertakan.enrolment.models import Enrolment, RosterImport, RosterRow, RosterUpload
from sertakan.enrolment.tasks import forget_uploads
from sertakan.enrolment.upload_files import folder_of
from sertakan.people.models import Person
from tests.enrolment.making import an_agreement
from tests.web.city.rosters import a_file, a_nik, once, take_in, taken_in, uploaded
from tests.web.people import an_appointed
from tests.work.running import run_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_our_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_many_files_are_checked_and_nothing_is_recorded_yet(client, sari, agreement):
    upload = uploaded(
        client,
        a_file((a_nik(1), "Budi"), (a_nik(2), "Wati")),
        a_file((a_nik(3), "Agus"), ("123", "Tono"), name="Kelurahan Kanigoro.csv"),
    )

    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()

    assert upload.state == "checked"
    assert (upload.rows, upload.accepted, upload.rejected) == (4, 3, 1)
    assert "Kelurahan Kanigoro.csv" in page
    assert "NIK tidak 16 digit" in page
    assert Person.objects.count() == 0
    assert RosterImport.objects.count() == 0


def test_while_it_is_checked_the_page_tells_how_far_and_asks_again(client, sari):
    answer = client.post(
        "/kota/daftar/unggah", once(files=[a_file((a_nik(1), "Budi"))], checked_on="2026-01-01")
    )

    page = client.get(answer.url).content.decode()

    assert 'hx-trigger="every 1s"' in page
    assert "Menunggu giliran." in page


def test_a_file_that_cannot_be_read_costs_the_others_nothing(client, sari):
    pdf = SimpleUploadedFile("Klegen.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    empty = SimpleUploadedFile("Kosong.xlsx", b"")
    photo = SimpleUploadedFile("foto.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200))

    upload = uploaded(client, pdf, empty, photo, a_file((a_nik(1), "Budi")))

    assert [file["refused"] for file in upload.files] == [
        "Berkas ini bukan lembar kerja (.xlsx, .xls, .ods) atau CSV.",
        "Berkas kosong.",
        "Berkas ini bukan lembar kerja (.xlsx, .xls, .ods) atau CSV.",
        "",
    ]
    assert upload.accepted == 1


def test_the_same_file_twice_is_read_once_and_told(client, sari, agreement):
    first = (a_nik(1), "Budi")
    taken_in(client, agreement, a_file(first))

    upload = uploaded(client, a_file(first), a_file(first, name="Salinan.csv"))

    assert [file["twice"] for file in upload.files] == ["", "Kelurahan Klegen.csv"]
    assert upload.rows == 1
    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()
    assert f"Sudah pernah dimasukkan, oleh impor {RosterImport.objects.get().pk}." in page


def test_two_files_of_one_name_are_told_apart(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi")), a_file((a_nik(2), "Wati")))

    names = [file["name"] for file in upload.files]

    assert names == ["Kelurahan Klegen.csv", "Kelurahan Klegen (2).csv"]
    assert upload.rows == 2


def test_the_files_lie_encrypted_and_private(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi")))

    kept = sorted(folder_of(upload.pk).iterdir())

    assert [path.name for path in kept] == ["errors", "file-0", "problems", "rows"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert not any(a_nik(1).encode() in path.read_bytes() for path in kept)


def test_the_good_rows_are_taken_in_as_far_as_there_are_places(
    client, sari, agreement, django_capture_on_commit_callbacks
):
    upload = uploaded(
        client, a_file((a_nik(1), "Budi"), (a_nik(2), "Wati"), (a_nik(3), "Agus"), ("12", "Tono"))
    )

    take_in(client, upload, agreement)
    with django_capture_on_commit_callbacks(execute=True):
        [job] = run_waiting()

    upload.refresh_from_db()
    assert job.result == {
        "import": upload.roster_import_id,
        "enrolled": 2,
        "waiting": 1,
        "left_out": {},
        "known_files": [],
    }
    assert upload.state == "taken_in"
    assert upload.roster_import.imported_by == sari
    assert RosterRow.objects.get().name == "Tono"
    assert [path.name for path in folder_of(upload.pk).iterdir()] == ["errors"]


def test_a_second_click_takes_nothing_in_twice(client, sari, agreement):
    upload = uploaded(client, a_file((a_nik(1), "Budi")))
    form = once(agreement=agreement.pk)

    client.post(f"/kota/daftar/unggahan/{upload.pk}/masukkan", form)
    client.post(f"/kota/daftar/unggahan/{upload.pk}/masukkan", form)
    another = take_in(client, upload, agreement)
    run_waiting()
    after = take_in(client, upload, agreement)

    assert another.status_code == 422
    assert after.status_code == 409
    assert RosterImport.objects.count() == 1


def test_what_our_records_know_is_told_before(client, sari, agreement):
    taken_in(client, agreement, a_file((a_nik(1), "Budi")))

    upload = uploaded(client, a_file((a_nik(1), "Budi"), (a_nik(2), "Wati"), name="Baru.csv"))

    assert (upload.accepted, upload.known_enrolled) == (2, 1)


def test_lists_of_others_are_checked_against(client, sari):
    deaths = SimpleUploadedFile(
        "kematian.csv", f"nik,nama,tanggal_meninggal\n{a_nik(1)},Budi,2025-03-01\n".encode()
    )

    upload = uploaded(client, a_file((a_nik(1), "Budi"), (a_nik(2), "Wati")), deaths=deaths)

    assert upload.summary == [[0, "accepted", "", 1], [0, "rejected", "deceased", 1]]


def test_a_list_that_cannot_be_used_is_said_and_can_be_tried_again(client, sari):
    wrong = SimpleUploadedFile("kematian.csv", b"nama\nBudi\n")

    upload = uploaded(client, a_file((a_nik(1), "Budi")), deaths=wrong)
    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()

    assert upload.state == "checking"
    assert "Tidak berhasil" in page
    assert f"/kota/daftar/unggahan/{upload.pk}/ulangi" in page


def test_problems_open_down_to_the_rows(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi"), ("123", "Tono"), ("", "Sri")))

    page = client.get(f"/kota/daftar/unggahan/{upload.pk}/baris?reason=nik_missing")

    shown = page.content.decode()
    assert "Sri" in shown
    assert "Tono" not in shown
    assert "NIK belum diisi. Lihat KTP-el atau Kartu Keluarga." in shown


def test_the_workbooks_to_send_back_are_there_all_or_one(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi"), ("123", "Tono")))

    bundle = client.get(f"/kota/daftar/unggahan/{upload.pk}/perbaikan")
    single = client.get(f"/kota/daftar/unggahan/{upload.pk}/perbaikan?file=0")

    names = zipfile.ZipFile(io.BytesIO(bundle.content)).namelist()
    assert names == ["Kelurahan Klegen_perbaikan.xlsx"]
    assert zipfile.ZipFile(io.BytesIO(single.content)).testzip() is None
    assert single["Content-Disposition"] == (
        'attachment; filename="Kelurahan Klegen_perbaikan.xlsx"'
    )


def test_an_upload_without_a_row_offers_nothing_to_take_in(client, sari, madiun):
    upload = uploaded(
        client,
        SimpleUploadedFile("Klegen.xlsx", b"not a workbook"),
        SimpleUploadedFile("Kosong.xlsx", b""),
    )
    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()
    listed = client.get("/kota/daftar").content.decode()
    client.force_login(an_appointed("kelurahan_operator", over=madiun, name="Dewi"))
    operators = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()

    for told in (page, listed):
        assert "Tidak ada yang dapat dimasukkan" in told
        assert "Menunggu dimasukkan" not in told
    assert "Tidak ada baris" in operators
    assert "Petugas kota Anda" not in operators


def test_an_agreement_is_offered_with_its_kinds_of_work(client, sari, agreement, madiun, branch):
    an_agreement("PKS/2", region=madiun, branch=branch, categories=["linmas", "farmer"])
    upload = uploaded(client, a_file((a_nik(1), "Budi")))

    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()

    assert "PKS/1/2026 · Kota Contoh · semua kategori" in page
    assert "PKS/2 · Kota Contoh · Satlinmas, Petani" in page


def test_an_upload_is_discarded_after_a_second_look(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi")))

    page = client.get(f"/kota/daftar/unggahan/{upload.pk}").content.decode()

    asked = page.partition('<details class="more')[2].partition("</details>")[0]
    assert f"/kota/daftar/unggahan/{upload.pk}/buang" in asked
    assert "Berkasnya dihapus." in asked


def test_a_discarded_upload_leaves_no_file(client, sari, django_capture_on_commit_callbacks):
    upload = uploaded(client, a_file((a_nik(1), "Budi")))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/kota/daftar/unggahan/{upload.pk}/buang", once())

    upload.refresh_from_db()
    assert upload.state == "discarded"
    assert not folder_of(upload.pk).exists()


def test_after_a_month_the_files_are_gone_and_the_page_says_so(client, sari):
    upload = uploaded(client, a_file((a_nik(1), "Budi"), ("123", "Tono")))

    forget_uploads(now=upload.uploaded_at + timedelta(days=31))

    upload.refresh_from_db()
    answer = client.get(f"/kota/daftar/unggahan/{upload.pk}/perbaikan", follow=True)
    assert upload.state == "discarded"
    assert not folder_of(upload.pk).exists()
    assert "dihapus" in answer.content.decode()


def test_an_operator_proposes_and_the_officer_takes_in(client, sari, agreement, madiun):
    from sertakan.regions.models import Region

    dewi = an_appointed(
        "kelurahan_operator", over=Region.objects.get(pk="35.77.01.1003"), name="Dewi"
    )
    client.force_login(dewi)
    upload = uploaded(client, a_file((a_nik(1), "Budi")))
    refused = take_in(client, upload, agreement)
    client.force_login(sari)
    listed = client.get("/kota/daftar").content.decode()
    take_in(client, upload, agreement)
    run_waiting()

    assert refused.status_code == 403
    assert f"/kota/daftar/unggahan/{upload.pk}" in listed
    assert Enrolment.objects.get().roster_import.imported_by == sari


def test_too_big_is_said_in_a_sentence(client, sari, monkeypatch):
    monkeypatch.setattr("sertakan.web.city.rosters.WORKBOOK_BYTES", 10)

    answer = client.post(
        "/kota/daftar/unggah", once(files=[a_file((a_nik(1), "Budi"))], checked_on="2026-01-01")
    )

    assert answer.status_code == 422
    assert "Kelurahan Klegen.csv terlalu besar" in answer.content.decode()
    assert RosterUpload.objects.count() == 0


def test_a_hundred_and_one_files_are_too_many_at_once(client, sari):
    files = [a_file((a_nik(1), "Budi"), name=f"{number}.csv") for number in range(101)]

    answer = client.post("/kota/daftar/unggah", once(files=files, checked_on="2026-01-01"))

    assert answer.status_code == 422
    assert "Paling banyak 100 berkas" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_questions_however_long(
    client, sari, agreement, django_assert_num_queries, rows
):
    for number in range(rows):
        taken_in(client, agreement, a_file((a_nik(number), "Budi"), name=f"{number}.csv"))
        uploaded(client, a_file((a_nik(50 + number), "Wati"), name=f"lagi-{number}.csv"))

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get("/kota/daftar")


QUERIES_OF_THE_LIST = 8


def test_an_import_is_undone_and_the_page_says_what_goes(client, sari, agreement):
    one = taken_in(client, agreement, a_file((a_nik(1), "Budi"), ("123", "Tono")))

    asked = client.get(f"/kota/daftar/impor/{one.pk}/batalkan").content.decode()
    client.post(f"/kota/daftar/impor/{one.pk}/batalkan", once())

    one.refresh_from_db()
    assert "1 kepesertaan dihapus" in asked
    assert one.undone_by == sari
    assert Enrolment.objects.count() == 0
    assert Person.objects.count() == 0


def test_an_import_that_was_billed_is_not_undone_and_why(client, sari, agreement):
    from tests.contributions.making import billed

    one = taken_in(client, agreement, a_file((a_nik(1), "Budi")))
    billed(agreement, "2026-01", "2026-12")

    asked = client.get(f"/kota/daftar/impor/{one.pk}/batalkan")
    answer = client.post(f"/kota/daftar/impor/{one.pk}/batalkan", once())

    one.refresh_from_db()
    assert "tidak dapat dibatalkan" in asked.content.decode()
    assert answer.status_code == 422
    assert one.undone_at is None

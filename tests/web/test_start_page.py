import csv
import io
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sertakan.web.figures.coverage import Coverage, CoverageRow
from sertakan.web.public.open_figures import coverage_lines
from tests.enrolment.making import an_agreement
from tests.web.making import (
    KLEGEN,
    SUKOSARI,
    a_city,
    a_total,
    a_workforce,
    deaths_paid_for,
    many_places,
    sponsored,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


def words(response):
    """What a reader reads of a page."""
    body = response.content.decode().partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_an_empty_database_is_answered_kindly(client):
    page = client.get("/")

    assert page.status_code == 200
    assert "Belum ada pekerja yang terdaftar di sini." in words(page)
    assert "<table" not in page.content.decode()


def test_the_page_tells_the_figures_in_indonesian(client):
    a_city()

    text = words(client.get("/"))

    assert "Pekerja di sekitar kita, terlindungi" in text
    assert "Pekerja terlindungi 14.265 pada November 2026" in text
    assert "Sponsor 3 dengan perjanjian pada 23 November 2026" in text
    assert "Klegen 1.548 1.393 90,0%" in text
    assert "Jumlah 14.680 14.265 97,2%" in text
    assert "12 dari 15 tempat terisi" in text
    assert "Peserta aktif, semua segmen 51.404" in text
    assert "Persentase yang diumumkan 53,49%" in text


def test_the_same_in_english(client):
    a_city()

    text = words(client.get("/en/"))

    assert "Workers around us, covered" in text
    assert "Workers covered 14,265 in November 2026" in text
    assert "Klegen 1,548 1,393 90.0%" in text
    assert "12 of 15 places taken" in text


def test_indonesian_comes_first_whatever_the_browser_asks_for(client):
    page = client.get("/", headers={"accept-language": "en-GB"})

    assert '<html lang="id">' in page.content.decode()
    assert '<a class="language" href="/en/"' in page.content.decode()


def test_nobody_is_named_and_no_count_of_one_to_four_is_told(client):
    sponsored("Pemerintah Kota Contoh", 12)
    neighbour = sponsored("Ratna Kusuma", 2, kind="person")
    a_total(neighbour, KLEGEN, 2)
    a_total(an_agreement("PKS/2"), SUKOSARI, 40)

    text = words(client.get("/"))

    assert "Ratna" not in text
    assert "Sukosari, Klegen 42 42" in text
    assert "Pemerintah Kota Contoh, sponsor perorangan 14 dari 14 tempat terisi" in text


def test_what_families_received_is_told_from_five_families_on(client):
    city = sponsored("Pemerintah Kota Contoh", 8)
    a_total(city, KLEGEN, 8)
    deaths_paid_for(city, 5)

    text = words(client.get("/"))

    assert "Diterima keluarga Rp210 juta untuk 5 keluarga" in text
    assert "Diterima keluarga pekerja yang meninggal Rp210.000.000 untuk 5 keluarga" in text
    assert "Tagihan lunas 1 dari 1 yang terbit" in text


def test_of_fewer_families_neither_number_nor_amount_is_told(client):
    city = sponsored("Pemerintah Kota Contoh", 8)
    a_total(city, KLEGEN, 8)
    deaths_paid_for(city, 3)

    text = words(client.get("/"))

    assert "Diterima keluarga kurang dari 5 keluarga" in text
    assert "126" not in text
    assert "3 keluarga" not in text


def test_a_reader_gets_no_cookie(client):
    a_city()

    assert not client.get("/").cookies


@pytest.mark.parametrize("places", [1, 3, 60, 500])
def test_the_database_is_asked_as_often_however_long_the_lists(client, places):
    city = sponsored("Pemerintah Kota Contoh", 6)
    for code in many_places(places):
        a_total(city, code, 9)
    a_workforce()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")

    assert len(asked) == 11


def test_figures_are_remembered_for_a_moment_in_both_languages(client):
    a_city()
    client.get("/")

    with CaptureQueriesContext(connection) as asked:
        text = words(client.get("/en/"))

    assert (len(asked), "Workers covered 14,265" in text) == (0, True)
    cache.clear()


def read(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_the_coverage_table_can_be_taken_along_as_csv(client):
    city = an_agreement()
    a_total(city, KLEGEN, 40, 38)
    a_total(city, SUKOSARI, 3)
    a_total(city, None, 7)

    answer = client.get("/terbuka/cakupan.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="cakupan-2026-11.csv"'
    assert read(answer) == [
        ["bulan", "kode", "wilayah_induk", "wilayah", "terdaftar", "terlindungi"],
        ["2026-11", f"{KLEGEN} {SUKOSARI}", "Kartoharjo", "Klegen; Sukosari", "43", "41"],
        ["2026-11", "", "", "", "7", "7"],
    ]
    assert read(client.get("/en/terbuka/cakupan.csv"))[0][-1] == "covered"


def test_no_spreadsheet_takes_a_name_for_a_formula():
    row = CoverageRow(("35.77",), ("=HYPERLINK(1)",), within="@kota", enrolled=9, covered=9)
    coverage = Coverage(rows=[row], enrolled=9, covered=9)

    assert coverage_lines(coverage, "2026-11")[1] == [
        "2026-11",
        "35.77",
        "'@kota",
        "'=HYPERLINK(1)",
        9,
        9,
    ]


def test_an_empty_database_gives_an_empty_table(client):
    assert len(read(client.get("/terbuka/cakupan.csv"))) == 1


@pytest.mark.parametrize("path", ["/", "/terbuka/cakupan.csv", "/kesehatan"])
def test_pages_to_read_cannot_be_written_to(client, path):
    assert client.post(path).status_code == 405

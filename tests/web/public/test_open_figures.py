import csv
import io
from datetime import date

import pytest

from sertakan.web.figures.coverage import by_category, by_place
from sertakan.web.figures.months import published_months
from tests.enrolment.making import an_agreement
from tests.web.making import (
    KANIGORO,
    KLEGEN,
    NOVEMBER,
    SUKOSARI,
    TODAY,
    a_city,
    a_total,
    a_workforce,
)
from tests.web.public.making import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
OCTOBER = date(2026, 10, 1)


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_coverage_can_be_read_for_every_published_month(client):
    city = an_agreement()
    a_total(city, KLEGEN, 40, 30, month=OCTOBER)
    a_total(city, KLEGEN, 50, 45)

    assert "Klegen 40 30 75,0%" in words(client.get("/terbuka?bulan=2026-10"))
    assert "Klegen 50 45 90,0%" in words(client.get("/terbuka"))
    assert "Klegen 50 45 90,0%" in words(client.get("/terbuka?bulan=1999-01"))


def test_places_small_in_one_month_are_joined_in_every_month():
    city = an_agreement()
    for month, sukosari, kanigoro in ((OCTOBER, 3, 20), (NOVEMBER, 30, 25)):
        a_total(city, KLEGEN, 90, month=month)
        a_total(city, SUKOSARI, sukosari, month=month)
        a_total(city, KANIGORO, kanigoro, month=month)
    months = published_months(TODAY)

    members = [[row.members for row in by_place(month, months).rows] for month in months]

    assert members == [[(KLEGEN,), (KANIGORO, SUKOSARI)]] * 2


def test_kinds_of_work_small_in_one_month_are_joined_in_every_month():
    city = an_agreement()
    for month, linmas in ((OCTOBER, 2), (NOVEMBER, 20)):
        a_total(city, KLEGEN, 90, month=month, category="msme")
        a_total(city, KLEGEN, 30, month=month, category="farmer")
        a_total(city, KLEGEN, linmas, month=month, category="linmas")
    months = published_months(TODAY)

    members = [[row.members for row in by_category(month, months).rows] for month in months]

    assert members == [[("msme",), ("farmer", "linmas")]] * 2


def test_a_month_with_fewer_than_five_in_all_is_not_published():
    city = an_agreement()
    a_total(city, KLEGEN, 3, month=OCTOBER)
    a_total(city, KLEGEN, 30)

    assert published_months(TODAY) == [NOVEMBER]


def test_the_start_page_and_the_open_figures_join_the_same_places(client):
    city = an_agreement()
    a_total(city, KLEGEN, 90, month=OCTOBER)
    a_total(city, SUKOSARI, 3, month=OCTOBER)
    a_total(city, KLEGEN, 90)
    a_total(city, SUKOSARI, 30)

    for page in ("/", "/terbuka"):
        assert "Klegen, Sukosari 120 120" in words(client.get(page))


def test_every_table_can_be_taken_along(client):
    a_city()

    places = table(client.get("/terbuka/cakupan.csv?bulan=2026-11"))
    kinds = table(client.get("/terbuka/jenis-pekerjaan.csv"))
    sponsors = table(client.get("/terbuka/sponsor.csv"))
    money = table(client.get("/terbuka/uang.csv"))
    ucj = table(client.get("/terbuka/ucj.csv"))

    assert places[0] == ["bulan", "kode", "wilayah_induk", "wilayah", "terdaftar", "terlindungi"]
    assert sum(int(row[4]) for row in places[1:]) == sum(int(row[2]) for row in kinds[1:]) == 14_680
    assert sponsors[1][1:4] == ["Pemerintah Kota Contoh", "12", "15"]
    assert money[1] == ["tagihan", "0", "0"]
    assert ucj[1][:4] == ["35.77", "2025-12-29", "51404", "96093"]


def test_an_empty_database_is_answered_kindly(client):
    a_workforce()

    answer = client.get("/terbuka")

    assert answer.status_code == 200
    assert "Belum ada pekerja yang terdaftar di sini." in words(answer)
    assert table(client.get("/terbuka/sponsor.csv"))[1:] == []


@pytest.mark.parametrize("people", [1, 3, 60])
def test_the_database_is_asked_as_often_however_many_places(
    client, people, django_assert_num_queries
):
    city = an_agreement()
    for number in range(people):
        a_total(city, f"35.77.01.10{number % 9 + 1:02}", 500, category=f"c{number}")

    with django_assert_num_queries(13):
        client.get("/terbuka")

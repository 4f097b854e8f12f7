import pytest

from sertakan.vocabulary import Month
from sertakan.web.simulating.prices import Asked, prices
from tests.web.public.making import address, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

ASKED = {
    "people": "3",
    "income": "1.000.000",
    "sector": "other",
    "first": "2026-12",
    "count": "2",
    "fund": "own",
}


def simulated(client, language="", **asked):
    return client.get(address(f"{language}/hitung", **{**ASKED, **asked}))


def test_a_change_of_law_within_the_months_is_shown_with_its_source(client):
    text = words(simulated(client))

    assert "3 orang, 2 bulan Rp75.600" in text
    assert "Desember 2026 Rp8.400 per orang per bulan" in text
    assert "dibayar 50 persen, sampai 31 Desember 2026 (PP 50/2025 Pasal 4(1))" in text
    assert "Januari 2027 Rp16.800 per orang per bulan" in text
    assert "Iuran penuh: tidak ada keringanan pada bulan ini." in text


def test_drivers_keep_the_relief_longer(client):
    text = words(simulated(client, sector="transport", count="5"))

    assert "Desember 2026 – Maret 2027 Rp8.400 per orang per bulan" in text
    assert "April 2027 Rp16.800 per orang per bulan" in text


def test_what_the_city_pays_has_no_relief(client):
    text = words(simulated(client, fund="apbd"))

    assert "Desember 2026 Rp16.800 per orang per bulan" in text
    assert "Iuran penuh: keringanan tidak berlaku untuk yang dibayar dari APBN atau APBD" in text


def test_a_fund_that_no_text_names_is_said_to_be_uncertain(client):
    text = words(simulated(client, fund="village"))

    assert "Penafsiran ini belum pasti." in text
    assert "Keringanan PP 50/2025 berlaku bila dibayar dari anggaran desa (APBDes)" in text


def test_old_age_savings_are_added_when_asked_for(client):
    text = words(simulated(client, jht="on", count="1", people="1"))

    assert "Rp28.400 JKK Rp5.000 · JKM Rp3.400 · JHT Rp20.000" in text


def test_thirteen_months_are_one_question_like_any_other():
    asked = Asked(1, 1_000_000, "other", "own", Month(2026, 3), 13, with_jht=False)

    found = prices(asked)

    assert [(each.first, each.last, each.price.total) for each in found.stretches] == [
        (Month(2026, 3), Month(2026, 3), 16_800),
        (Month(2026, 4), Month(2026, 12), 8_400),
        (Month(2027, 1), Month(2027, 3), 16_800),
    ]
    assert sum(each.everyone for each in found.stretches) == found.total == 142_800


def test_what_families_receive_stands_with_its_law(client):
    text = words(simulated(client))

    assert "Santunan kematian Rp20.000.000 PP 82/2019 Pasal 34" in text
    assert "Jumlah Rp42.000.000" in text
    assert "Manfaat kepesertaan singkat Rp10.000.000 Permenaker 1/2025" in text
    assert "Jumlah Rp70.000.000" in text
    assert "sampai 2 anak, dari TK hingga perguruan tinggi sampai Rp174.000.000" in text
    assert "Santunan cacat total tetap Rp56.000.000" in text


def test_benefits_that_changed_within_the_months_are_told(client):
    text = words(simulated(client, first="2019-11", count="2"))

    assert "Santunan kematian (JKM) Rp16.200.000 → Rp20.000.000" in text
    assert "mulai 2 Desember 2019, PP 82/2019 Pasal 34" in text


def test_months_beyond_what_is_announced_say_so(client):
    text = words(simulated(client, first="2030-01"))

    assert "Perubahan terakhir yang sudah diumumkan berlaku mulai 1 Januari 2027." in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": "2015-06"}, "Aturan ini mulai berlaku Juli 2015"),
        ({"first": "2098-01"}, "Aturan untuk masa itu belum diketahui"),
        ({"income": "0"}, "Penghasilan harus lebih dari nol."),
        ({"income": "-5"}, "Penghasilan harus lebih dari nol."),
        ({"income": "9.000.000.000"}, "Paling banyak Rp1.000.000.000 sebulan."),
        ({"income": "banyak"}, "Tuliskan penghasilan dalam rupiah bulat"),
        ({"count": "61"}, "Paling banyak 60 bulan sekaligus."),
        ({"count": "0"}, "Sedikitnya satu bulan."),
        ({"people": "0"}, "Sedikitnya satu orang."),
    ],
)
def test_what_cannot_be_priced_is_refused_with_a_reason(client, wrong, said):
    answer = simulated(client, **wrong)

    assert answer.status_code == 422
    assert said in words(answer)


def test_the_page_begins_with_an_example(client):
    text = words(client.get("/hitung"))

    assert "Contoh: 1 orang, 12 bulan" in text


def test_the_same_in_english_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = words(simulated(client, "/en"))

    assert "December 2026 Rp8,400 a person and month" in text
    assert "Death grant Rp20,000,000 PP 82/2019 Pasal 34" in text

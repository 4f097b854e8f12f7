import pytest
from django.utils import translation

from sertakan.web.numbers import people, percent, rupiah, short_rupiah, whole


@pytest.fixture
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


def test_numbers_are_written_as_indonesians_write_them():
    assert [whole(16_002), rupiah(42_000_000), rupiah(-1_500)] == [
        "16.002",
        "Rp42.000.000",
        "-Rp1.500",
    ]


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp0"),
        (999_999, "Rp999.999"),
        (1_000_000, "Rp1 juta"),
        (42_000_000, "Rp42 juta"),
        (239_400_000, "Rp239 juta"),
        (3_050_000_000, "Rp3,05 miliar"),
        (174_500_000_000, "Rp175 miliar"),
        (1_200_000_000_000, "Rp1,2 triliun"),
    ],
)
def test_large_amounts_are_said_in_three_digits(amount, written):
    assert short_rupiah(amount) == written


@pytest.mark.usefixtures("_english")
def test_in_english_points_and_commas_change_places():
    assert [whole(16_002), rupiah(42_000_000), short_rupiah(3_050_000_000), percent(1, 8)] == [
        "16,002",
        "Rp42,000,000",
        "Rp3.05 billion",
        "12.5%",
    ]


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (1, "kurang dari 5"), (4, "kurang dari 5"), (5, "5"), (17_306, "17.306")],
)
def test_one_to_four_people_are_not_told_apart(count, written):
    assert people(count) == written


def test_a_share_has_one_decimal_and_of_nothing_there_is_none():
    assert [percent(51_404, 96_093), percent(1, 1), percent(0, 0)] == ["53,5%", "100,0%", "–"]


def test_a_share_says_everyone_only_when_it_is_everyone():
    assert [percent(13_669, 13_670), percent(1, 13_670)] == ["99,9%", "0,1%"]
    assert [percent(13_670, 13_670), percent(0, 13_670)] == ["100,0%", "0,0%"]
    assert percent(3, 2) == "150,0%"

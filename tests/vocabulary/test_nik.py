from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.vocabulary import PROVINCES, Nik, NikError, nik_fault

TODAY = date(2026, 11, 22)


def test_a_nik_tells_sex_birth_date_and_where_it_was_first_issued():
    wati = Nik("3577014302980005")

    assert (wati.sex, wati.birth_date(on=TODAY)) == ("P", date(1998, 2, 3))
    assert (wati.province, wati.regency, wati.district) == ("35", "3577", "357701")
    assert Nik("3577010302980005").sex == "L"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "nik_missing"),
        ("357701430298000", "nik_length"),
        ("35770143029800055", "nik_length"),
        ("357701430298000A", "nik_not_numeric"),
        ("35770143029800٠5", "nik_not_numeric"),
        ("3577013202980005", "nik_date_invalid"),
        ("3577014002980005", "nik_date_invalid"),
        ("3577017202980005", "nik_date_invalid"),
        ("3577010013980005", "nik_date_invalid"),
        ("3577013004980005", None),
        ("3577013104980005", "nik_date_invalid"),
        ("3577012902970005", "nik_date_invalid"),
        ("3577012902000005", None),
        ("4577014302980005", "nik_region_unknown"),
        ("5477014302980005", None),  # Timor Timur was a province
    ],
)
def test_the_first_fault_of_a_nik(text, fault):
    assert nik_fault(text) == fault


def test_a_text_that_cannot_be_a_nik_is_refused_with_its_fault():
    with pytest.raises(NikError) as refused:
        Nik("4577014302980005")

    assert refused.value.fault == "nik_region_unknown"


def test_the_century_is_the_latest_that_has_passed():
    assert Nik("3577012211260001").birth_date(on=TODAY) == date(2026, 11, 22)
    assert Nik("3577012311260001").birth_date(on=TODAY) == date(1926, 11, 23)
    assert Nik("3577012902000001").birth_date(on=TODAY) == date(2000, 2, 29)


def test_its_repr_is_masked():
    assert repr(Nik("3577014302980005")) == "Nik(357701********05)"


@given(st.dates(date(1927, 1, 1), TODAY), st.sampled_from(sorted(PROVINCES)), st.sampled_from("LP"))
def test_every_birth_date_of_a_living_worker_comes_back(born_on, province, sex):
    day = born_on.day + (40 if sex == "P" else 0)

    nik = Nik(f"{province}0101{day:02d}{born_on:%m%y}0001")

    assert (nik.birth_date(on=TODAY), nik.sex) == (born_on, sex)

"""One person's name as two offices write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.rosters.linkage.known_words import name_words_by_group
from sertakan.rosters.linkage.names import (
    NameLevel,
    canonical_name,
    compare_names,
    same_person_name,
    without_titles,
)

FIRST = st.sampled_from(name_words_by_group()["men"] + name_words_by_group()["women"])
SECOND = st.sampled_from(
    name_words_by_group()["second_men"] + name_words_by_group()["second_women"]
)
NAMES = st.builds(lambda first, second: f"{first} {second}", FIRST, SECOND)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("H. Moch. Soebandi, S.Pd", "moch soebandi"),
        ("Drs.H.Achmad Basuki", "achmad basuki"),
        ("Hj. SITI AMINAH, S.Pd.I", "siti aminah"),
        ("Ibu Ngatini", "ngatini"),
        ("Edi Fauzi S.Sos", "edi fauzi"),
        ("YULIANTO, SE", "yulianto"),
        ("Dewi Lestari A.Md.Keb", "dewi lestari"),
        ("Sukirman S., S. Pd", "sukirman s"),
        ("Ahmad bin Sulaiman", "ahmad sulaiman"),
        ("NurWijayanti", "nur wijayanti"),
        ("Ma'ruf", "maruf"),
        ("Sri H.", "sri h"),
        ("Haji", "haji"),
        ("", ""),
    ],
)
def test_titles_are_no_part_of_a_name(written, bare):
    assert without_titles(written) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soebandi", "Subandi"),
        ("Djoko Riyadi", "JOKO RIADI"),
        ("Wagijem Utami", "Wagiyem Utami"),
        ("Tjahjono", "Cahyono"),
        ("Firmansjah", "Firmansyah"),
        ("Imam Hidajat", "Imam Hidayat"),
        ("Setjowati", "Setyowati"),
        ("Achmad Fauzi", "Ahmad Pauzi"),
        ("Moch. Ridwan", "Muhammad Ridwan"),
        ("M. Ridwan", "Mohamad Ridwan"),
        ("Choirul Anam", "Khoirul Anam"),
        ("Syamsul Arifin", "Samsul Aripin"),
        ("Zaenal Abidin", "Zainal Abidin"),
        ("Sholeh", "Soleh"),
        ("Wywik", "Wiwik"),
        ("St. Aminah", "Siti Aminah"),
        ("Supriyanto W.", "Supriyanto Widodo"),
        ("Dwi M.", "Hj. Dwi Maryam"),
        ("Siti K", "Siti Khotimah"),
        ("Ponijan Muhammad", "Ponijan Muhammad Mustofa"),
        ("Widodo Agus", "Agus Widodo"),
        ("KATIMANSANTOSO", "Katiman Santoso"),
        ("Nur Hayati", "Nurhayati"),
    ],
)
def test_two_offices_may_write_one_name_so(one, other):
    assert same_person_name(one, other) >= NameLevel.VARIANT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UNUNG", "Untung"),
        ("Sri Rahmawai", "Sri Rahmawati"),
        ("TR Kuswanto", "Tri Kuswanto"),
        ("Wiwik Hidaati", "Wiwik Hidayati"),
        ("LULIK ATIMAH", "Lulik Fatimah"),
        ("Bambnag", "Bambang"),
        ("NURKUSUMAWTI", "Nur Kusumawati"),
    ],
)
def test_a_key_slips(one, other):
    assert same_person_name(one, other) == NameLevel.SIMILAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andi", "Anto"),
        ("Siti Aminah", "Siti Aisyah"),
        ("Siti F.", "Siti Aminah"),
        ("Sutinah", "Sumarni"),
        ("Hartono Siswanto", "Hartono Santoso"),
        ("Agus S.", "A. Susanto"),
        ("Eni", "Ani"),
        ("Wati", ""),
    ],
)
def test_two_people_have_two_names(one, other):
    assert same_person_name(one, other) == NameLevel.DIFFERENT


def test_a_letter_apart_is_told_with_the_two_words():
    assert compare_names("Rina Utami", "Rini Utami").slipped == (("rina", "rini"),)


@given(NAMES, NAMES)
def test_either_may_be_asked_first(one, other):
    assert same_person_name(one, other) == same_person_name(other, one)


@given(NAMES)
def test_titles_and_case_change_nothing(name):
    assert same_person_name(f"Hj. {name.upper()}, S.Pd", name) == NameLevel.SAME


@given(NAMES)
def test_order_and_spacing_are_forgiven(name):
    first, second = name.split()

    assert same_person_name(f"{second} {first}", name) >= NameLevel.VARIANT
    assert same_person_name(first + second.lower(), name) >= NameLevel.VARIANT


@given(NAMES, st.sampled_from([("u", "oe"), ("c", "tj"), ("f", "v"), ("iy", "i"), ("d", "dh")]))
def test_old_and_other_spelling_sounds_the_same(name, spelling):
    modern, other = spelling

    assert canonical_name(name.lower().replace(modern, other)) == canonical_name(name)


@given(st.text(), st.text())
def test_any_text_at_all_is_answered(one, other):
    assert same_person_name(one, other) == same_person_name(other, one)

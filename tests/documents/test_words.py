import re
from datetime import date

import pytest
import segno

from sertakan.documents import qr
from sertakan.documents.amounts_in_words import in_words
from sertakan.documents.typesetting import TEMPLATES, pdf
from sertakan.documents.wording import LANGUAGES, SENTENCES, sentences, words
from sertakan.documents.writing import LETTERS, count, day, days, grouped, masked, months, printable
from sertakan.law.facts import RELATIONS
from sertakan.sponsors.models import Category, Fund, Programme
from sertakan.vocabulary import Month

PAPERS = sorted(file.stem for file in SENTENCES.glob("*.yaml"))
FILLED = re.compile(r"\{(\w+)\}")


def texts(entry):
    """Every entry that has languages, however deep."""
    if set(entry) & set(LANGUAGES):
        yield entry
    else:
        for each in entry.values():
            yield from texts(each)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sentence_is_there_in_both_languages_and_filled_alike(paper):
    for entry in texts(sentences(paper)):
        assert set(entry) == set(LANGUAGES), entry
        assert all(entry.values()), entry
        if isinstance(entry["id"], str):
            assert set(FILLED.findall(entry["id"])) == set(FILLED.findall(entry["en"])), entry


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper != "common"])
def test_every_word_that_a_template_asks_for_is_there(paper):
    asked = re.findall(r"\bw\.(\w+)", (TEMPLATES / f"{paper}.typ").read_text())
    asked += re.findall(r"\bw\.(\w+)", (TEMPLATES / "base.typ").read_text())

    assert {name for name in asked if name not in words(paper, "id")} == set()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("programmes", Programme.values),
        ("funds", Fund.values),
        ("categories", Category.values),
        ("relations", RELATIONS),
        ("causes", ("ordinary", "work_accident")),
    ],
)
def test_every_value_of_the_records_has_its_word(kind, values):
    assert set(sentences("common")[kind]) == set(values)


def test_every_letter_that_we_take_for_printable_is_in_the_typeface():
    every = "".join(sorted(LETTERS))

    made = pdf(
        "receipt",
        {
            "issuer": {"name": every, "lines": []},
            **dict.fromkeys(["number", "rupiah", "in_words", "credit"], every),
            "facts": [],
            "allocated": [],
        },
        title=every,
        language="id",
        on=date(2026, 1, 1),
    )  # PDF/UA refuses a letter that cannot be shown

    assert made.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Wati", "Wati"),
        ("Siti\nAminah", "Siti Aminah"),
        ("Na\u0303o", "Não"),
        ("abc\u202edef\u200b", "abcdef"),
        ("漢字", "□□"),
        ("ﬁ", "fi"),
    ],
)
def test_text_is_printed_in_letters_that_there_are(text, printed):
    assert printable(text) == printed


def test_days_months_and_numbers_are_written_as_the_reader_writes_them():
    new_year, may = date(2026, 1, 1), date(2026, 5, 31)

    assert day(may, "id") == "31 Mei 2026"
    assert days(new_year, may, "en") == "1 January – 31 May 2026"
    assert days(new_year, new_year, "id") == "1 Januari 2026"
    assert days(new_year, date(2027, 1, 1), "id") == "1 Januari 2026 – 1 Januari 2027"
    assert months(Month(2026, 1), Month(2026, 5), "id") == "Januari – Mei 2026"
    assert months(Month(2025, 12), Month(2026, 1), "id") == "Desember 2025 – Januari 2026"
    assert [count(16_002, language) for language in LANGUAGES] == ["16.002", "16,002"]
    assert grouped("7700000000125") == "7700 0000 0012 5"
    assert masked("357701********03") == "357701••••••••03"


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (11, "sebelas", "eleven"),
        (115, "seratus lima belas", "one hundred fifteen"),
        (1_000, "seribu", "one thousand"),
        (16_800, "enam belas ribu delapan ratus", "sixteen thousand eight hundred"),
        (42_000_000, "empat puluh dua juta", "forty-two million"),
        (
            3_050_211_001,
            "tiga miliar lima puluh juta dua ratus sebelas ribu satu",
            "three billion fifty million two hundred eleven thousand one",
        ),
    ],
)
def test_an_amount_in_words(amount, indonesian, english):
    assert in_words(amount, "id") == f"{indonesian} rupiah"
    assert in_words(amount, "en") == f"{english} rupiah"


def test_a_code_draws_every_dark_module_once():
    drawn = qr.svg("7700000000125")
    dark = sum(int(width) for width in re.findall(r"h(\d+)v1", drawn))

    matrix = segno.make_qr("7700000000125", error="m", boost_error=False, mask=qr.MASK).matrix
    assert dark == sum(map(sum, matrix))

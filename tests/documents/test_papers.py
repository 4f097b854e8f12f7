import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pypdf import PdfReader

from sertakan.documents import (
    agreement_annex,
    bill,
    card_sheet,
    cards,
    decision_letter,
    handover_minutes,
    receipt,
    typesetting,
)
from sertakan.documents.wording import LANGUAGES
from tests.documents.making import (
    HELP,
    ISSUED,
    a_bill,
    a_card,
    a_handover,
    a_letter,
    a_receipt,
    an_annex,
    an_officers_word,
    enrolled,
)

PAPERS = {
    "cards": lambda language: cards([a_card()], help=HELP, on=ISSUED, language=language),
    "bill": lambda language: bill(a_bill(), language=language),
    "receipt": lambda language: receipt(a_receipt(), language=language),
    "letter": lambda language: decision_letter(a_letter(), language=language),
    "handover": lambda language: handover_minutes(a_handover(), language=language),
    "annex": lambda language: agreement_annex(an_annex(), enrolled(3), language=language),
}
MARKUP = '#panic("x") *bold* $x$ @ref <label> #include x.typ'


def opened(made):
    return PdfReader(io.BytesIO(made))


def said(made):
    return " ".join(" ".join(page.extract_text().split()) for page in opened(made).pages)


def fonts(made):
    found = set()
    for page in opened(made).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(font.get_object()["/BaseFont"].partition("+")[2])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_tagged_and_says_its_title_and_language(paper, language):
    made = opened(PAPERS[paper](language))

    assert made.trailer["/Root"]["/Lang"] == language
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 a PDF's own boolean
    assert made.metadata.title
    assert "pdfuaid:part" in made.trailer["/Root"]["/Metadata"].get_data().decode()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_set_in_our_typeface_in_three_weights(paper):
    expected = {f"PlusJakartaSans-{weight}" for weight in ("Regular", "SemiBold", "Bold")}

    assert fonts(PAPERS[paper]("id")) == expected


def test_nothing_but_our_typeface_is_known():
    known = {(font.family, font.weight) for font in typesetting.fonts().fonts()}

    assert known == {("Plus Jakarta Sans", weight) for weight in (400, 600, 700)}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_content_gives_the_same_bytes(paper):
    assert PAPERS[paper]("id") == PAPERS[paper]("id")


def test_a_name_that_looks_like_markup_is_printed_as_it_stands():
    made = receipt(a_receipt(sponsor=MARKUP))

    assert MARKUP in said(made)


def test_letters_that_the_typeface_lacks_are_boxes():
    made = receipt(a_receipt(sponsor="Đặng Ж 漢"))

    assert "Đặng □ □" in said(made)


def test_a_very_long_name_stays_on_its_card():
    long = "Raden Ayu Siti Nurhaliza " * 8

    made = opened(cards([a_card(name=long)], help=HELP, on=ISSUED))

    assert len(made.pages) == 2


@pytest.mark.parametrize("nik", ["3577014101900003", "357701 410190 0003"])
def test_a_whole_nik_is_never_printed(nik):
    with pytest.raises(ValueError, match="masked"):
        cards([a_card(nik=nik)], help=HELP, on=ISSUED)
    with pytest.raises(ValueError, match="masked"):
        decision_letter(a_letter(deceased_nik=nik))
    with pytest.raises(ValueError, match="masked"):
        agreement_annex(an_annex(), [replace(enrolled(1)[0], nik=nik)])


def test_a_card_says_who_is_insured_by_whom():
    front, back = opened(cards([a_card()], help=HELP, on=ISSUED)).pages
    said_in_front = front.extract_text()

    for words in ("Wati Suryaningsih", "357701••••••••03", "JKK", "JKM", "3577 0001 0001"):
        assert words in said_in_front
    assert "sertakan.example/periksa-kartu" in back.extract_text()
    assert [round(float(side) / 72 * 25.4, 1) for side in front.mediabox[2:]] == [85.6, 54.0]


@pytest.mark.parametrize(("people", "pages"), [(1, 2), (10, 2), (11, 4)])
def test_ten_cards_stand_on_a_sheet_and_their_backs_behind_them(people, pages):
    deck = [a_card(number) for number in range(people)]

    made = opened(card_sheet(deck, help=HELP, on=ISSUED))

    assert len(made.pages) == pages
    assert sum(page.extract_text().count("Periksa kartu") for page in made.pages) == people


def test_no_card_is_no_paper():
    with pytest.raises(ValueError, match="no card"):
        cards([], help=HELP, on=ISSUED)


def test_a_bill_groups_its_code_and_adds_up():
    told = said(bill(a_bill()))

    assert "7700 0000 0012 5" in told
    assert "Rp100.800.000" in told
    assert "15 Januari 2026" in told
    assert "JHT" not in told  # costs nothing here
    assert "357701••••••••89" in told
    assert "Halaman 4 dari 4" in told


def test_a_bill_that_is_paid_says_so_and_asks_for_nothing():
    told = said(bill(a_bill(outstanding=0)))

    assert "Tagihan ini sudah lunas Rp100.800.000" in told
    assert "Kode bayar 7700 0000 0012 5" in told  # to find the payment by
    assert "Bayar paling lambat" not in told
    assert "Bayarlah dengan kode bayar" not in told


def test_a_correction_has_no_code_to_pay_by():
    made = bill(a_bill(payment_code=None, corrects="TAG-202601-0000012", refund=8_400))

    assert "Kode bayar" not in said(made)
    assert "Rp8.400" in said(made)
    with pytest.raises(ValueError, match="payment code"):
        a_bill(corrects="TAG-202601-0000012")


def test_a_letter_gives_each_amount_its_source_and_each_rule_its_result():
    told = said(decision_letter(a_letter()))

    assert "Rp42.000.000" in told
    assert "Santunan kematian PP 82/2019 Pasal 34 Rp20.000.000" in told
    assert "Tidak terpenuhi Bulan iuran yang dibayar belum cukup untuk beasiswa" in told
    assert "Budi Santoso (suami atau istri)" in told


def test_a_refusal_says_why_and_names_nobody_to_be_paid():
    told = said(decision_letter(a_letter(facts={"working_when_accepted": False})))

    assert "Klaim tidak dapat dibayarkan" in told
    assert "Peserta tidak bekerja ketika didaftarkan." in told
    assert "Ahli waris" not in told


def test_a_letter_that_nobody_approved_says_so():
    told = said(decision_letter(a_letter(approved_by=None), language="en"))

    assert "has not been approved by a second officer" in told


def test_an_officers_word_stands_in_the_letter():
    told = said(decision_letter(a_letter(confirmed=(an_officers_word(),))))

    assert "Tunggakan baru dilunasi setelah peserta meninggal. Sponsor membayar terlambat." in told


def test_minutes_write_the_sum_in_words():
    told = said(handover_minutes(a_handover()))

    assert "Jumat, 26 Juni 2026" in told
    assert "empat puluh dua juta rupiah" in told
    assert "Kantor Kantor Cabang Madiun" in told
    assert "Jabatan" not in told


def test_an_annex_repeats_its_head_on_every_page():
    made = opened(agreement_annex(an_annex(), enrolled(120)))

    assert len(made.pages) > 1
    assert all("Pekerjaan" in page.extract_text() for page in made.pages)


def test_a_long_paper_is_the_same_when_set_apart(monkeypatch):
    people = enrolled(3)
    here = agreement_annex(an_annex(), people)
    monkeypatch.setattr(typesetting, "MANY_ROWS", 3)

    assert agreement_annex(an_annex(), people) == here


def test_four_threads_set_papers_at_the_same_time():
    def one(place):
        return said(receipt(a_receipt(sponsor=f"Sponsor {place}")))

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(one, range(24)))

    assert [f"Sponsor {place} " in text for place, text in enumerate(told)] == [True] * 24

from datetime import date
from pathlib import Path

import pytest

from sertakan.law import accident_claims, death_amounts, death_judgement, eligibility
from sertakan.law.book import published
from sertakan.law.cover import STATUSES
from sertakan.law.explanations import LANGUAGES, explain, rule_sentences, words
from sertakan.law.facts import Child, Survivor
from sertakan.law.questions import QUESTIONS, decide
from sertakan.law.rule_order import RULES
from sertakan.law.worked_cases import worked_cases

CASES = [
    case for case in worked_cases(Path(__file__).parent / "cases") if "error" not in case.expected
]


def test_every_rule_has_three_sentences_in_both_languages():
    rules = {rule for tried in RULES.values() for rule in tried}

    assert set(rule_sentences()) == rules
    for rule in rules:
        assert set(rule_sentences()[rule]) == set(LANGUAGES), rule
        for language in LANGUAGES:
            said = rule_sentences()[rule][language]
            assert set(said) == {"yes", "no", "unknown"}, rule
            assert all(sentence.endswith(".") for sentence in said.values()), rule


def test_every_reason_benefit_outcome_and_fact_has_its_words():
    reasons = {*death_judgement.REFUSALS, *death_judgement.REVIEWS, "missing"}
    reasons |= set(eligibility.REFUSED_WHEN_NOT.values())
    outcomes = {*death_judgement.OUTCOMES, *accident_claims.OUTCOMES, *STATUSES}
    facts = {fact for table, _ in QUESTIONS.values() for fact in table}
    facts |= {*Child().as_facts(), *Survivor("").as_facts(), "notarial"} - {"id"}

    assert set(words()["reasons"]) == reasons
    assert set(words()["benefits"]) == {*death_amounts.BENEFITS, *accident_claims.BENEFITS}
    assert outcomes <= set(words()["outcomes"])
    assert facts <= set(words()["facts"])


def test_both_languages_have_every_word():
    for kind, entries in words().items():
        told = [entries] if kind == "months_of_the_year" else entries.values()
        for entry in told:
            assert set(entry) == set(LANGUAGES), (kind, entry)


def test_every_number_of_the_law_has_a_name_in_both_languages():
    for parameter in published():
        assert all(parameter.title[language] for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_worked_case_can_be_told(language):
    for case in CASES:
        for sentence in explain(decide(case.question, case.facts, published()), language):
            assert sentence.endswith("."), (case.name, sentence)
            assert "{" not in sentence, (case.name, sentence)


def test_a_refusal_is_told_with_what_would_turn_it():
    siti = {
        "segment": "BPU",
        "died_on": date(2026, 5, 5),
        "cause": "ordinary",
        "accepted_on": date(2026, 1, 10),
        "payments": [{"paid_on": "2026-01-10", "months": ["2026-01", "2026-05"]}],
        "working_when_accepted": False,
    }

    told = explain(decide("death_benefit", siti, published()), "id")

    assert told == [
        "Manfaat tidak dapat dibayarkan.",
        "Peserta tidak bekerja ketika diterima sebagai peserta "
        "(menurut PP 44/2015 Pasal 5(3) jo. PP 49/2023).",
        "Kepesertaannya berjalan pada hari meninggal "
        "(menurut Perdir BPJS TK 22/PERDIR.02/072022; pilihan SERTAKAN).",
        "Keluarga yang ditinggalkan tidak disebutkan, jadi ahli waris belum ditentukan di sini.",
        "Sebab meninggal diketahui.",
        "Peserta tidak bekerja ketika didaftarkan.",
        "Keputusan akan lain bila keterangan “bekerja atau tidak ketika diterima” adalah ya.",
    ]


def test_a_refusal_names_nobody_to_be_paid():
    siti = {
        "segment": "BPU",
        "died_on": date(2026, 5, 5),
        "cause": "ordinary",
        "accepted_on": date(2026, 1, 10),
        "payments": [{"paid_on": "2026-01-10", "months": ["2026-01", "2026-05"]}],
        "working_when_accepted": False,
        "survivors": [{"relation": "spouse", "id": "Budi"}],
    }

    told = explain(decide("death_benefit", siti, published()), "id")

    assert not [sentence for sentence in told if "Budi" in sentence]

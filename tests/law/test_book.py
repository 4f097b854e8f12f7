from datetime import date
from fractions import Fraction

import pytest

from sertakan.law.book import NotInForce, UnknownProvision, published
from sertakan.law.parameter_files import LawFileError
from sertakan.law.questions import answer

GRANT = """
values:
  - {from: 2027-01-01, value: 28_000_000, source: Rancangan PP}
"""
TWO_YEARS = [f"{year}-{month:02d}" for year in (2026, 2027) for month in range(1, 13)]
A_DEATH = {
    "segment": "BPU",
    "cause": "ordinary",
    "accepted_on": "2026-01-01",
    "payments": [{"paid_on": "2026-01-01", "months": TWO_YEARS}],
    "income": 1_000_000,
    "working_when_accepted": True,
    "children": [],
}


def write(folder, name, text):
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_the_book_answers_for_a_day_or_says_that_it_cannot():
    book = published()

    assert book.in_force("jkm/death_grant", date(2019, 12, 1)).value == 16_200_000
    assert book.in_force("jkm/death_grant", date(2019, 12, 2)).value == 20_000_000
    with pytest.raises(NotInForce, match="jkm/death_grant was not in force on 2015-06-30"):
        book.in_force("jkm/death_grant", date(2015, 6, 30))
    with pytest.raises(UnknownProvision, match="no provision named jkm/deth"):
        book.in_force("jkm/deth", date(2020, 1, 1))


def test_a_value_that_the_law_itself_ended_is_not_in_force_after_its_last_day():
    book = published()

    assert book.find("bpu/relief/covid/multiplier", date(2021, 1, 31)) is not None
    assert book.find("bpu/relief/covid/multiplier", date(2021, 2, 1)) is None


def test_a_rule_first_dated_later_holds_back_to_the_beginning_of_the_law():
    book = published()

    assert book.in_force("bpu/arrears/max_months", date(2015, 7, 1)).since == date(2022, 7, 1)
    assert book.find("bpu/arrears/max_months", date(2015, 6, 30)) is None


def test_rates_are_exact():
    assert published().in_force("pu/jkk/rate/1", date(2026, 1, 1)).value == Fraction(24, 10_000)


def test_every_low_number_either_has_another_reading_or_says_why():
    for parameter in published():
        for each in parameter.provisions:
            if each.confidence == "low":
                assert each.alternatives or each.note or "Lampiran" in each.source, each


def test_a_draft_lies_over_the_law_and_changes_nothing_else(tmp_path):
    draft = published().with_draft(write(tmp_path, "jkm/death_grant", GRANT))

    def total(day, book):
        return answer("death_benefit", A_DEATH | {"died_on": day}, book)["answer"]["cash_total"]

    assert total("2026-12-31", draft) == 42_000_000
    assert total("2027-01-01", draft) == 50_000_000
    assert total("2027-01-01", published()) == 42_000_000


def test_a_draft_value_of_the_same_day_takes_the_place_of_the_old(tmp_path):
    text = GRANT.replace("2027-01-01", "2019-12-02")

    draft = published().with_draft(write(tmp_path, "jkm/death_grant", text))

    assert draft.in_force("jkm/death_grant", date(2026, 1, 1)).value == 28_000_000
    assert draft.in_force("jkm/death_grant", date(2019, 12, 1)).value == 16_200_000


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("jkm/deth_grant", GRANT, "the law has no provision named jkm/deth_grant"),
        ("jkm/death_grant", GRANT.replace("28_000_000", "28_000_000.5"), "is not a whole number"),
        ("jkm/death_grant", GRANT.replace("28_000_000", "-1"), "is not a whole number"),
        ("jkm/death_grant", GRANT.replace("28_000_000", "true"), "is not a whole number"),
        ("jkm/death_grant", GRANT.replace("2027-01-01", "soon"), "from and until are days"),
        ("jkm/death_grant", GRANT.replace(", source: Rancangan PP", ""), "needs a value and a sou"),
        ("jkm/death_grant", GRANT.replace("source", "sourse"), "unknown key sourse"),
        ("jkm/death_grant", "unit: months" + GRANT, "the unit of jkm/death_grant is rupiah"),
        ("jkm/death_grant", "- a list", "is not a list of names and values"),
        ("jkm/death_grant", "name: [", "cannot be read"),
        ("pu/jkk/rate/1", GRANT.replace("28_000_000", "0.0024"), "is not a fraction"),
        ("pu/jkk/rate/1", GRANT.replace("28_000_000", "'1/0'"), "is not a fraction"),
        (
            "cover/death_in_grace",
            GRANT.replace("28_000_000", "maybe"),
            "pending_arrears or refused",
        ),
    ],
)
def test_a_draft_that_does_not_fit_is_refused_by_its_file(tmp_path, name, text, sentence):
    with pytest.raises(LawFileError, match=sentence) as refused:
        published().with_draft(write(tmp_path, name, text))

    assert str(tmp_path / name) in str(refused.value)


def test_a_folder_without_a_draft_is_refused(tmp_path):
    with pytest.raises(LawFileError, match="no provision is changed here"):
        published().with_draft(tmp_path)
    with pytest.raises(LawFileError, match="there is no such folder"):
        published().with_draft(tmp_path / "gone")


def test_an_operator_settles_what_is_open(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_text(
        "bpu/relief/pp50/funds/dbhcht: {value: true, source: Surat BPJS TK 12/2026}",
        encoding="utf-8",
    )
    facts = {"segment": "BPU", "income": 900_000, "months": ["2026-11"], "fund": "dbhcht"}

    before = answer("contribution", facts, published())
    after = answer("contribution", facts, published().with_settings(path))

    assert (before["answer"]["total"], before["uncertain"]) == (
        16_800,
        ["bpu/relief/pp50/funds/dbhcht"],
    )
    assert (after["answer"]["total"], after["uncertain"]) == (8_400, [])
    assert {"source": "Surat BPJS TK 12/2026"}.items() <= after["provisions"][3].items()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("jkm/death_grant: {value: 1, source: x}", "is certain; change it by a draft"),
        ("jkm/deth: {value: 1, source: x}", "no provision named jkm/deth"),
        ("cover/death_in_grace: payable", "needs a value and a source"),
        ("cover/death_in_grace: {value: perhaps, source: x}", "is not pending_arrears or"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(tmp_path, text, sentence):
    path = tmp_path / "law.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LawFileError, match=sentence):
        published().with_settings(path)

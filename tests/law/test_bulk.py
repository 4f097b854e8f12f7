from datetime import date

import polars as pl
import pytest

from sertakan.law import bulk
from sertakan.law.book import published
from sertakan.law.compare import compare
from sertakan.law.questions import answer

BOOK = published()
YEAR = [f"2026-{month:02d}" for month in range(1, 13)]
PAID = [{"paid_on": date(2026, 1, 5), "months": YEAR}]


def deaths() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "segment": "BPU",
            "died_on": [date(2026, 5, 5), date(2026, 2, 5), date(2026, 5, 5), date(2027, 6, 1)],
            "cause": "ordinary",
            "accepted_on": date(2026, 1, 5),
            "payments": [PAID] * 4,
            "income": [900_000, 900_000, 900_000, None],
            "working_when_accepted": True,
            "children": pl.Series([[]] * 4, dtype=pl.List(pl.Struct({"born_on": pl.Date}))),
        }
    )


def test_the_same_facts_are_decided_once():
    decisions, places = bulk.decide_all("death_benefit", deaths(), BOOK)

    assert len(decisions) == 3
    assert [decisions[place].answer["outcome"] for place in places] == [
        "payable",
        "payable",
        "payable",
        "refused",
    ]
    assert [decisions[place].answer["cash_total"] for place in places] == [
        42_000_000,
        10_000_000,
        42_000_000,
        0,
    ]


def test_a_decision_in_bulk_is_the_one_that_a_single_question_has():
    decisions, places = bulk.decide_all("death_benefit", deaths(), BOOK)

    for row, place in zip(deaths().iter_rows(named=True), places, strict=True):
        single = answer("death_benefit", row, BOOK)
        assert decisions[place].answer == single["answer"]
        assert list(decisions[place].uncertain) == single["uncertain"]


def test_a_row_that_does_not_fit_is_named():
    wrong = deaths().with_columns(segment=pl.Series(["BPU", "BPU", "PMI", "BPU"]))

    with pytest.raises(bulk.RowError, match="row 2: segment: 'PMI' is not one of BPU, PU"):
        bulk.decide_all("death_benefit", wrong, BOOK)


REGISTER = pl.DataFrame(
    {
        "person": ["Budi", "Wati", "Sri", "Joko"],
        "region": ["35.77.01.1001", "35.77.01.1001", "35.77.01.1001", "35.77.02.1001"],
        "category": ["farmer", "farmer", "msme", "non_asn"],
        "segment": ["BPU", "BPU", "BPU", "PU"],
        "income": [900_000, 900_000, 1_150_000, None],
        "wage": [None, None, None, 2_000_000],
        "risk_class": [None, None, None, 1],
        "fund": ["apbd", "own", "apbd", "apbd"],
        "accepted_on": date(2026, 1, 5),
        "payments": [PAID, [{"paid_on": date(2026, 1, 5), "months": ["2026-01"]}], PAID, PAID],
        "working_when_accepted": True,
        "children": pl.Series([[]] * 4, dtype=pl.List(pl.Struct({"born_on": pl.Date}))),
    }
)


@pytest.fixture
def raised(tmp_path):
    """A draft that raises the death grant of JKM, so that JKM pays Rp50 million."""
    (tmp_path / "jkm").mkdir()
    (tmp_path / "jkm/death_grant.yaml").write_text(
        "values: [{from: 2026-06-01, value: 28_000_000, source: Rancangan PP}]", encoding="utf-8"
    )
    return BOOK.with_draft(tmp_path)


def test_a_draft_shows_who_gains_and_what_it_costs(raised):
    found = compare(REGISTER, on=date(2026, 6, 15), law=BOOK, draft=raised)

    assert found.people.select("person", "jkm_before", "jkm_after", "gains", "loses").rows() == [
        ("Budi", 42_000_000, 50_000_000, True, False),
        ("Wati", 0, 0, False, False),  # lapsed on 1 May
        ("Sri", 42_000_000, 50_000_000, True, False),
        ("Joko", 42_000_000, 50_000_000, True, False),
    ]
    assert found.summary.select(
        "region", "category", "people", "gain", "lose", "jkm_difference", "jkk_difference"
    ).rows() == [
        ("35.77.01.1001", "farmer", 2, 1, 0, 8_000_000, 0),
        ("35.77.01.1001", "msme", 1, 1, 0, 8_000_000, 0),
        ("35.77.02.1001", "non_asn", 1, 1, 0, 8_000_000, 0),
    ]
    assert found.summary["contribution_difference"].sum() == 0


def test_the_day_before_the_draft_begins_nothing_changes(raised):
    found = compare(REGISTER, on=date(2026, 5, 31), law=BOOK, draft=raised)

    assert found.summary.select(pl.col("gain").sum(), pl.col("lose").sum()).row(0) == (0, 0)


def test_a_draft_that_ends_a_relief_costs_those_whom_it_reached(tmp_path):
    (tmp_path / "bpu/relief/pp50/other").mkdir(parents=True)
    (tmp_path / "bpu/relief/pp50/other/multiplier.yaml").write_text(
        "values: [{from: 2026-04-01, until: 2026-12-31, value: '1/1', source: Rancangan PP}]",
        encoding="utf-8",
    )

    found = compare(REGISTER, on=date(2026, 6, 15), law=BOOK, draft=BOOK.with_draft(tmp_path))

    assert found.people.select("person", "contribution_before", "contribution_after").rows() == [
        ("Budi", 16_800, 16_800),
        ("Wati", 8_400, 16_800),
        ("Sri", 18_800, 18_800),
        ("Joko", 10_800, 10_800),
    ]
    assert found.summary["contribution_difference"].to_list() == [8_400, 0, 0]

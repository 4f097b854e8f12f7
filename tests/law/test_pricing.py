from datetime import date

import polars as pl
import pytest

from sertakan.law import pricing
from sertakan.law.book import published
from sertakan.law.contributions import BASIC, FUNDS, SECTORS, WITH_JHT, band_of, bands, price
from sertakan.vocabulary import Month

BOOK = published()
A_MILLION = 1_000_000


def pick(seed: int, below: int) -> pl.Expr:
    return (pl.col("number").hash(seed=seed) % below).cast(pl.Int64)


def word(seed: int, *words: str) -> pl.Expr:
    return pick(seed, len(words)).replace_strict(dict(enumerate(words)), return_dtype=pl.String)


def keys(size: int) -> pl.DataFrame:
    """Made-up rows to price: every month of the law, any income, wage, sector, fund and class."""
    months = [str(month) for month in Month(2015, 7).count(150)]
    return pl.DataFrame({"number": pl.int_range(size, eager=True)}).select(
        segment=word(1, "BPU", "PU"),
        month=word(2, *months),
        income=pick(3, 25_000_000),
        wage=pick(4, 50_000_000),
        sector=word(5, *SECTORS),
        fund=word(6, *FUNDS),
        risk_class=pick(7, 5) + 1,
        programmes=word(8, "JKK,JKM", "JKK,JKM,JHT"),
    )


def test_bulk_equals_single_on_a_million_cases():
    priced = pricing.price_table(keys(A_MILLION), BOOK)

    months = {str(month): month for month in Month(2015, 7).count(150)}
    different = []
    for row in priced.iter_rows():
        segment, month, income, wage, sector, fund, risk_class, programmes, *found = row
        single = price(
            segment=segment,
            month=months[month],
            income=income,
            wage=wage,
            sector=sector,
            fund=fund,
            risk_class=risk_class,
            programmes=WITH_JHT if "JHT" in programmes else BASIC,
            book=BOOK,
        )
        if [single.jkk, single.jkm, single.jht, single.total] != found:
            different.append((row, single))
    assert different[:3] == []
    assert priced.height == A_MILLION


def test_a_year_is_the_sum_of_its_months():
    workers = keys(2_000).drop("month")
    year = list(Month(2026, 1).count(15))

    priced, prices = pricing.price_months(workers, year, BOOK)

    each = workers.with_row_index("worker").join(
        pl.DataFrame({"month": [str(month) for month in year]}), how="cross"
    )
    singly = pricing.price_table(each, BOOK).group_by("worker", maintain_order=True)
    sums = singly.agg(pl.col(pricing.PRICE_COLUMNS).sum()).drop("worker")
    assert priced.select(pricing.PRICE_COLUMNS).equals(sums)
    assert priced.drop("price_key", *pricing.PRICE_COLUMNS).equals(workers)
    assert (
        prices.collect()
        .group_by("price_key")
        .agg(pl.col("total").sum())
        .join(priced.select("price_key", "total").unique(), on="price_key")
        .filter(pl.col("total") != pl.col("total_right"))
        .is_empty()
    )


def test_the_rows_come_back_as_they_were_with_their_prices():
    table = pl.DataFrame(
        {
            "name": ["Budi", "Wati"],
            "segment": "BPU",
            "income": [900_000, 3_000_000],
            "month": "2026-11",
        }
    )

    priced = pricing.price_table(table, BOOK)

    assert priced.rows() == [
        ("Budi", "BPU", 900_000, "2026-11", 5_000, 3_400, 0, 8_400),
        ("Wati", "BPU", 3_000_000, "2026-11", 14_750, 3_400, 0, 18_150),
    ]


def test_a_list_of_programmes_may_name_jht():
    table = pl.DataFrame(
        {
            "segment": "BPU",
            "income": 900_000,
            "month": "2025-11",
            "programmes": [["JKK", "JKM"], ["JKK", "JKM", "JHT"], None],
        }
    )

    assert pricing.price_table(table, BOOK)["jht"].to_list() == [0, 20_000, 0]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"segment": "PMI"}, "segment"),
        ({"segment": None}, "segment"),
        ({"income": None}, "income"),
        ({"income": -1}, "income"),
        ({"fund": "bank"}, "fund"),
        ({"sector": "farm"}, "sector"),
        ({"segment": "PU", "risk_class": 1}, "wage"),
        ({"segment": "PU", "wage": 1}, "risk_class"),
        ({"segment": "PU", "wage": 1, "risk_class": 6}, "risk_class"),
    ],
)
def test_a_row_that_cannot_be_priced_is_refused(change, name):
    row = {"segment": "BPU", "income": 900_000, "month": "2026-11"} | change

    with pytest.raises(ValueError, match=f"has no {name} that the law knows"):
        pricing.price_table(pl.DataFrame([row]), BOOK)


def test_sums_beyond_all_measure_are_refused_and_never_wrapped():
    row = {"segment": "PU", "wage": 10**17, "risk_class": 5, "month": "2026-11"}

    with pytest.raises(ValueError, match="more than any sum"):
        pricing.price_table(pl.DataFrame([row]), BOOK)


def test_the_band_is_the_greatest_lower_limit_not_above_the_income():
    table = bands(date(2026, 1, 1), BOOK)

    assert [band.number for band in table] == list(range(1, 34))
    for band in table:
        assert band_of(band.income_from, date(2026, 1, 1), BOOK) == band
        if band.number > 1:
            assert band_of(band.income_from - 1, date(2026, 1, 1), BOOK) == table[band.number - 2]


def test_a_column_of_incomes_has_the_bands_of_its_rows():
    incomes = pl.Series([0, 1_099_999, 1_100_000, None, 900_000_000])

    found = pricing.band_frame(incomes, Month(2026, 1), BOOK)

    assert found.rows() == [
        (1, 1_000_000),
        (1, 1_000_000),
        (2, 1_200_000),
        (None, None),
        (33, 20_700_000),
    ]

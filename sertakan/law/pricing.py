"""What do many people's months cost? The distinct few are priced once and joined.

The same tariffs as `contributions.price`, over Polars columns of whole rupiah. A column of
keys has `segment`, `income` (BPU) or `wage` (PU), and, with the defaults of a single price,
`sector`, `fund`, `risk_class`, `programmes` (a list, or text in which JHT is named or not).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import polars as pl

from sertakan.law import contributions
from sertakan.law.book import Book, the_law
from sertakan.law.contributions import FUNDS, SECTORS, SEGMENTS, Segment
from sertakan.law.parameter_files import Provision
from sertakan.vocabulary import Month

PRICE_COLUMNS = ("jkk", "jkm", "jht", "total")
_TARIFF_KEY = ("segment", "month", "sector", "fund", "risk_class")
_RATES = ("jkk", "jkm", "jkm_flat", "jht")
_DEFAULTS = {"sector": "other", "fund": "own", "risk_class": 1}
_MOST = 2**63 - 1


def band_frame(income: pl.Series, on: Month, book: Book | None = None) -> pl.DataFrame:
    """The band number (from 1) and basis in rupiah of each monthly income; null for null.

    Raises ValueError for an income below zero, NotInForce before July 2015.
    """
    return _bands(income, (book or the_law()).in_force("bpu/wage_bands", on.first_day))


def _bands(income: pl.Series, table: Provision) -> pl.DataFrame:
    if (income.min() or 0) < 0:  # type: ignore[operator]
        raise ValueError("an income cannot be below zero")
    rows = table.value
    limits = pl.Series([row["income_from"] for row in rows], dtype=pl.Int64)
    place = limits.search_sorted(income.fill_null(0), side="right").cast(pl.Int64)
    bases = pl.Series([row["basis"] for row in rows], dtype=pl.Int64)
    return pl.DataFrame({"band": place, "basis": bases.gather(place - 1)}).with_columns(
        pl.when(income.is_not_null()).then(pl.all())
    )


def price_table(keys: pl.DataFrame, book: Book | None = None) -> pl.DataFrame:
    """`keys` (one row a price, `month` as text YYYY-MM) with jkk, jkm, jht and total.

    Raises ValueError for a row without its income, wage or risk class, or below zero.
    """
    law = book or the_law()
    frame = _with_basis(_complete(keys), law)
    tariffs = _tariffs(frame.select(_TARIFF_KEY).unique(), law)
    priced = frame.join(tariffs, on=list(_TARIFF_KEY), how="left", maintain_order="left")
    return keys.with_columns(_amounts(priced).get_columns())


def price_months(
    workers: pl.DataFrame, months: Iterable[Month], book: Book | None = None
) -> tuple[pl.DataFrame, pl.LazyFrame]:
    """Everybody's price for some months: (workers, prices).

    `workers` gains `price_key` and the sums over all the months; `prices`, collected only
    where single months are wanted, has one row for each distinct key and month (`price_key`,
    `month`, jkk, jkm, jht, total). Months with the same tariffs are priced once.
    """
    law = book or the_law()
    named = list(months)
    if not named:
        raise ValueError("no month is named")
    frame = _with_basis(_complete(workers.with_columns(month=pl.lit(str(named[0])))), law)
    key = _packed(frame)
    distinct = frame.with_columns(key.alias("price_key")).unique("price_key")
    alike = _months_alike(distinct, named, law)
    table = price_table(
        distinct.drop("month", "basis").join(pl.DataFrame({"month": list(alike)}), how="cross"), law
    ).select("price_key", "month", *PRICE_COLUMNS)
    counts = pl.DataFrame({"month": list(alike), "times": [len(each) for each in alike.values()]})
    sums = (
        table.join(counts, on="month")
        .group_by("price_key")
        .agg((pl.col(PRICE_COLUMNS) * pl.col("times")).sum())
    )
    return (
        workers.with_columns(key.alias("price_key")).join(
            sums, on="price_key", how="left", maintain_order="left"
        ),
        _each_month(table, alike),
    )


def _months_alike(
    distinct: pl.DataFrame, months: Sequence[Month], law: Book
) -> dict[str, list[str]]:
    """The months under the first of those whose tariffs are the same for all that is priced."""
    profiles = distinct.select("segment", "sector", "fund", "risk_class").unique().rows()
    alike: dict[tuple[object, ...], list[str]] = {}
    for month in months:
        tariffs = [_rates(law, month, *profile) for profile in profiles]
        table = law.in_force("bpu/wage_bands", month.first_day)
        alike.setdefault((table, *tariffs), []).append(str(month))
    return {each[0]: each for each in alike.values()}


def _rates(
    law: Book, month: Month, segment: Segment, sector: str, fund: str, risk_class: int
) -> tuple[Fraction, ...]:
    found = contributions.tariff(
        segment=segment, month=month, sector=sector, fund=fund, risk_class=risk_class, book=law
    )
    return tuple(getattr(found, name) for name in _RATES)


def _each_month(table: pl.DataFrame, alike: dict[str, list[str]]) -> pl.LazyFrame:
    pairs = [(first, month) for first, others in alike.items() for month in others]
    same = pl.LazyFrame(pairs, schema=["month", "_each"], orient="row")
    return (
        table.lazy()
        .join(same, on="month")
        .with_columns(month="_each")
        .select("price_key", "month", *PRICE_COLUMNS)
    )


def _complete(keys: pl.DataFrame) -> pl.DataFrame:
    """The keys with every column of a price, defaults filled in."""
    columns = {
        "segment": pl.col("segment"),
        "month": pl.col("month"),
        "income": _column(keys, "income", pl.Int64),
        "wage": _column(keys, "wage", pl.Int64),
        "jht": _wants_jht(keys),
    }
    for name, default in _DEFAULTS.items():
        dtype = pl.Int64 if isinstance(default, int) else pl.String
        columns[name] = _column(keys, name, dtype).fill_null(default)
    frame = keys.select(
        *(column.alias(name) for name, column in columns.items()),
        *(name for name in keys.columns if name == "price_key"),
    )
    _refuse(frame, keys)
    return frame


def _column(keys: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.Expr:
    return pl.col(name).cast(dtype) if name in keys.columns else pl.lit(None, dtype)


def _wants_jht(keys: pl.DataFrame) -> pl.Expr:
    if "jht" in keys.columns:
        return pl.col("jht")
    if "programmes" not in keys.columns:
        return pl.lit(False)
    programmes = pl.col("programmes")
    if keys.schema["programmes"] == pl.List(pl.String):
        return programmes.list.contains("JHT").fill_null(False)
    return programmes.cast(pl.String).str.contains("JHT", literal=True).fill_null(False)


def _refuse(frame: pl.DataFrame, keys: pl.DataFrame) -> None:
    bpu = pl.col("segment") == "BPU"
    stated = keys["risk_class"].is_not_null() if "risk_class" in keys.columns else pl.lit(False)
    faults = frame.select(
        segment=(~pl.col("segment").is_in(SEGMENTS)).any() | pl.col("segment").is_null().any(),
        sector=(~pl.col("sector").is_in(SECTORS)).any(),
        fund=(~pl.col("fund").is_in(FUNDS)).any(),
        risk_class=((~bpu) & (~pl.col("risk_class").is_between(1, 5) | ~stated)).any(),
        income=(bpu & (pl.col("income").is_null() | (pl.col("income") < 0))).any(),
        wage=(~bpu & (pl.col("wage").is_null() | (pl.col("wage") < 0))).any(),
    ).row(0, named=True)
    for name, wrong in faults.items():
        if wrong:
            raise ValueError(f"a row to be priced has no {name} that the law knows")


def _with_basis(frame: pl.DataFrame, law: Book) -> pl.DataFrame:
    """With the `basis` in rupiah: the band's for BPU, by the table of its month; else the wage."""
    tables: dict[int, tuple[Provision, list[str]]] = {}
    for text in frame["month"].unique():
        table = law.in_force("bpu/wage_bands", Month.parse(text).first_day)
        tables.setdefault(id(table), (table, []))[1].append(text)
    basis = pl.col("wage")
    bases = []
    for place, (table, texts) in enumerate(tables.values()):
        bases.append(_bands(frame["income"], table)["basis"].alias(f"_basis_{place}"))
        mine = pl.lit(True) if len(tables) == 1 else pl.col("month").is_in(texts)
        basis = (
            pl.when(mine & (pl.col("segment") == "BPU")).then(f"_basis_{place}").otherwise(basis)
        )
    return frame.with_columns(bases).with_columns(basis=basis)


def _tariffs(distinct: pl.DataFrame, law: Book) -> pl.DataFrame:
    """The tariff of each distinct (segment, month, sector, fund, risk class) as fractions."""
    rows = []
    for row in distinct.iter_rows(named=True):
        key = {**row, "month": Month.parse(row["month"])}
        for name, rate in zip(_RATES, _rates(law, **key), strict=True):
            row |= {f"{name}_n": rate.numerator, f"{name}_d": rate.denominator}
        rows.append(row)
    return pl.DataFrame(rows, schema_overrides={"risk_class": pl.Int64})


def _amounts(priced: pl.DataFrame) -> pl.DataFrame:
    largest = priced.select(
        pl.col("basis").max(), pl.max_horizontal(pl.col(f"{name}_n").max() for name in _RATES)
    ).row(0)
    if largest[0] is not None and largest[0] * largest[1] * 2 > _MOST // 4:
        raise ValueError("an income or wage is more than any sum this law knows")
    basis = pl.col("basis")
    return priced.select(
        jkk=_share(basis, "jkk"),
        jkm=_share(basis, "jkm") + _share(pl.lit(1, pl.Int64), "jkm_flat"),
        jht=pl.when("jht").then(_share(basis, "jht")).otherwise(pl.lit(0, pl.Int64)),
    ).with_columns(total=pl.sum_horizontal("jkk", "jkm", "jht"))


def _share(amount: pl.Expr, rate: str) -> pl.Expr:
    """Half a rupiah rounds up, in whole numbers only, as `vocabulary.share` does."""
    return (2 * amount * pl.col(f"{rate}_n") + pl.col(f"{rate}_d")) // (2 * pl.col(f"{rate}_d"))


def _packed(frame: pl.DataFrame) -> pl.Series:
    """Everything that a price depends on but the month, in one number."""
    if (frame["basis"].max() or 0) >= 2**50:  # type: ignore[operator]
        raise ValueError("an income or wage is more than any sum this law knows")
    packed = pl.col("basis").cast(pl.Int64)
    for column, words in (("segment", SEGMENTS), ("sector", SECTORS), ("fund", FUNDS)):
        packed = packed * len(words) + _place(pl.col(column), words)
    packed = packed * 8 + pl.col("risk_class")
    return frame.select(packed * 2 + pl.col("jht").cast(pl.Int64)).to_series()


def _place(column: pl.Expr, words: Sequence[str]) -> pl.Expr:
    return column.replace_strict(list(words), list(range(len(words))), return_dtype=pl.Int64)

"""The register on a day as facts of the law: what each month costs and each history pays."""

from datetime import date

import polars as pl
from django.db import transaction

from sertakan.contributions.cover import DAY_BITS, DAY_ZERO, facts_of_everyone, rows_by_copy

FACTS: dict[str, type[pl.DataType]] = {
    "person": pl.Int64, "region": pl.String, "category": pl.String, "segment": pl.String,
    "income": pl.Int64, "wage": pl.Int64, "risk_class": pl.Int64, "sector": pl.String,
    "fund": pl.String, "with_jht": pl.Int64, "accepted_on": pl.Date, "codes": pl.String,
}  # fmt: skip
REGISTER = """
    SELECT e.person_id, e.region_id, e.category, a.segment,
        CASE a.segment WHEN 'BPU' THEN coalesce(e.income, a.assumed_income) END,
        a.wage, a.risk_class, e.sector, a.fund, ('JHT' = ANY(a.programmes))::int,
        f.accepted_on, array_to_string(f.codes, ' ')
    FROM enrolment_enrolment e
    JOIN sponsors_agreement a ON a.id = e.agreement_id
    LEFT JOIN merged_people m ON m.id = e.person_id
    JOIN cover_facts f
        ON f.person_id = coalesce(m.person_id, e.person_id) AND f.segment = a.segment
    WHERE e.starts_on <= '{on}' AND e.ends_on > '{on}'
"""


@transaction.atomic
def register(*, on: date) -> pl.DataFrame:
    """Everyone enrolled on a day, one row each, with the facts by which the law prices and pays.

    `person`, `region`, `category`, `segment`, `income` or `wage` (rupiah a month), `risk_class`,
    `sector`, `fund`, `programmes`, `accepted_on` and `payments` ({paid_on, months}). Whether
    somebody worked when accepted is not in the records; here everyone did, and has no children.
    """
    with facts_of_everyone():
        frame = rows_by_copy(REGISTER.format(on=on.isoformat()), FACTS)
    programmes = (
        pl.when(pl.col("with_jht") == 1).then(pl.lit("JKK JKM JHT")).otherwise(pl.lit("JKK JKM"))
    )
    return (
        frame.join(_payments(frame["codes"].unique()), on="codes", how="left")
        .with_columns(
            programmes=programmes.str.split(" "),
            region=pl.col("region").fill_null(""),
            working_when_accepted=pl.lit(True),
        )
        .drop("codes", "with_jht")
    )


def _payments(codes: pl.Series) -> pl.DataFrame:
    """`codes` and the `payments` that they stand for, each distinct history once."""
    paid = (
        pl.DataFrame({"codes": codes})
        .with_columns(code=pl.col("codes").fill_null("").str.split(" "))
        .explode("code")
        .with_columns(code=pl.col("code").cast(pl.Int64, strict=False))
    )
    zero = pl.lit(DAY_ZERO)
    paid = paid.with_columns(
        month=(zero + pl.duration(days=pl.col("code") // (1 << DAY_BITS))).dt.strftime("%Y-%m"),
        paid_on=zero + pl.duration(days=pl.col("code") % (1 << DAY_BITS)),
    )
    by_day = paid.drop_nulls("code").group_by("codes", "paid_on").agg(months=pl.col("month").sort())
    lists = by_day.sort("paid_on").group_by("codes").agg(payments=pl.struct("paid_on", "months"))
    return (
        pl.DataFrame({"codes": codes})
        .join(lists, on="codes", how="left")
        .with_columns(pl.col("payments").fill_null([]))
    )

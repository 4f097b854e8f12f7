"""The rows of a roster that did not simply become an enrolment, kept until someone has decided."""

import polars as pl

from sertakan.enrolment.models import Outcome, RosterImport
from sertakan.people.encryption import encrypt_many
from sertakan.postgres.bulk import copy_into

CATEGORY_NOT_AGREED = "category_not_in_agreement"
# What an accepted row becomes that could not be enrolled.
OUTCOME_OF = {
    CATEGORY_NOT_AGREED: Outcome.REVIEW,
    "already_enrolled": Outcome.DUPLICATE,
    "already_waiting": Outcome.DUPLICATE,
    "deceased": Outcome.REJECTED,
    "over_age": Outcome.REJECTED,
    "under_age": Outcome.REJECTED,
}
COLUMNS = (
    "roster_import_id", "file", "sheet", "row", "outcome", "reasons", "fixes", "duplicate_of",
    "name", "nik_encrypted", "phone_encrypted", "birth_date", "sex", "category", "sector",
    "income", "address", "region_id", "state", "decision_note",
)  # fmt: skip
LONGEST = {"file": 200, "sheet": 80, "duplicate_of": 320, "name": 200, "address": 300}


def keep_rows(rows: pl.DataFrame, left_out: pl.DataFrame, roster_import: RosterImport) -> int:
    """Keep every row that was not accepted, and those `left_out` (`order`, `reason`); how many.

    `rows` is as `rosters.check` gives them. NIK and phone are encrypted.
    """
    rows = rows.join(left_out, on="order", how="left", maintain_order="left")
    kept = rows.filter((pl.col("outcome") != Outcome.ACCEPTED) | pl.col("reason").is_not_null())
    told = pl.col("reason").is_not_null()
    kept = kept.with_columns(
        *(pl.col(name).str.slice(0, length) for name, length in LONGEST.items()),
        roster_import_id=pl.lit(roster_import.pk),
        outcome=pl.when(told)
        .then(pl.col("reason").replace_strict(OUTCOME_OF, default=None, return_dtype=pl.String))
        .otherwise("outcome"),
        reasons=_words(pl.when(told).then("reason").otherwise("reasons")),
        fixes=_words(pl.col("fixes")),
        nik_encrypted=_encrypted(pl.coalesce("nik", "nik_read"), "nik", kept),
        phone_encrypted=_encrypted(pl.col("phone"), "phone", kept),
        sex=pl.col("sex").fill_null(""),
        region_id=pl.when(pl.col("region") != "").then("region"),
        state=pl.lit("open"),
        decision_note=pl.lit(""),
    )
    return copy_into("enrolment_rosterrow", COLUMNS, kept)


def _words(joined: pl.Expr) -> pl.Expr:
    return joined.str.split(";").list.eval(pl.element().filter(pl.element() != ""))


def _encrypted(text: pl.Expr, field: str, rows: pl.DataFrame) -> pl.Series:
    found = rows.select(pl.when(text != "").then(text)).to_series()
    return pl.Series(encrypt_many(found, field), dtype=pl.Binary)

"""Taking people in: whoever has a new NIK becomes a person, whoever stands already is found."""

from datetime import datetime

import polars as pl
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.encryption import encrypt_many, nik_index_many
from sertakan.people.errors import NotAPerson
from sertakan.postgres.bulk import copy_into, temporary_table

TEXT = ("name", "sex", "region", "address", "phone", "mother_name", "bank_account")
ENCRYPTED = ("phone", "mother_name", "bank_account")
COLUMNS = (
    "id", "nik_index", "nik_encrypted", "name", "birth_date", "sex", "region_id", "address",
    "phone_encrypted", "mother_name_encrypted", "bank_account_encrypted", "recorded_at",
)  # fmt: skip
KNOWN = """
    SELECT i.number, p.id, coalesce(p.merged_into_id, p.id)
    FROM incoming_niks i JOIN people_person p ON p.nik_index = i.nik_index
"""


@transaction.atomic
def register_many(frame: pl.DataFrame, *, by: User | None, now: datetime) -> pl.DataFrame:
    """Make a person of every NIK that is new; what is known of the others stays as it is.

    `frame`: `nik` (16 digits, each once), `name`, and where known `birth_date`, `sex` (L, P),
    `region` (code), `address`, `phone`, `mother_name`, `bank_account`.
    Returns, in the order of `frame`, its other columns left out: `nik`, `person_id` (of the
    record kept, where two were merged) and `is_new`. Raises NotAPerson.
    """
    people = _checked(frame)
    with temporary_table("incoming_niks", {"number": "bigint", "nik_index": "bytea"}):
        copy_into("incoming_niks", ["number", "nik_index"], people.select("number", "nik_index"))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE incoming_niks")
            known = _known(cursor)
    new = people.join(known, on="number", how="anti")
    new = new.with_columns(id=pl.Series(_ids(len(new)), dtype=pl.Int64))
    copy_into("people_person", COLUMNS, _encrypted(new, now))
    if len(new):
        record(verb="registered", subject_type="person", by=by, at=now, people=len(new))
    return (
        people.select("number", "nik")
        .join(known, on="number", how="left")
        .join(new.select("number", "id"), on="number", how="left")
        .sort("number")
        .select(
            "nik",
            person_id=pl.coalesce("id", "person_id"),
            is_new=pl.col("id").is_not_null(),
        )
    )


def _checked(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, pl.String).alias(name) for name in TEXT if name not in frame.columns]
    if "birth_date" not in frame.columns:
        missing.append(pl.lit(None, pl.Date).alias("birth_date"))
    people = frame.with_columns(missing).select("nik", "birth_date", *TEXT)
    faults = people.select(
        nik=(~pl.col("nik").str.contains(r"^[0-9]{16}$")).fill_null(True).any(),
        twice=pl.col("nik").is_duplicated().any(),
        name=(pl.col("name").fill_null("").str.strip_chars() == "").any(),
    ).row(0, named=True)
    if faults["nik"]:
        raise NotAPerson(_("A NIK has 16 digits."))
    if faults["twice"]:
        raise NotAPerson(_("One NIK stands twice in the list."))
    if faults["name"]:
        raise NotAPerson(_("A person has a name."))
    return people.with_row_index("number").with_columns(
        pl.col("number").cast(pl.Int64),
        nik_index=pl.Series(nik_index_many(people["nik"]), dtype=pl.Binary),
    )


def _known(cursor: CursorWrapper) -> pl.DataFrame:
    cursor.execute(KNOWN)
    rows = [(number, kept) for number, _own, kept in cursor.fetchall()]
    return pl.DataFrame(rows, schema={"number": pl.Int64, "person_id": pl.Int64}, orient="row")


def _ids(count: int) -> list[int]:
    """So many new numbers of people, from the sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id'))"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [number for (number,) in cursor.fetchall()]


def _encrypted(people: pl.DataFrame, now: datetime) -> pl.DataFrame:
    return people.with_columns(
        pl.Series("nik_encrypted", encrypt_many(people["nik"], "nik"), dtype=pl.Binary),
        *(
            pl.Series(f"{field}_encrypted", encrypt_many(people[field], field), dtype=pl.Binary)
            for field in ENCRYPTED
        ),
        pl.col("sex", "address").fill_null(""),
        region_id="region",
        recorded_at=pl.lit(now.isoformat()),
    )

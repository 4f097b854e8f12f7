"""Taking people in: whoever has a new NIK becomes a person, whoever stands already is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.people.encryption import encrypt_many, nik_index_many
from sertakan.people.errors import NotAPerson
from sertakan.people.name_words import remember_words
from sertakan.postgres.bulk import copy_into, temporary_table

TEXT = ("name", "sex", "region", "address", "phone", "mother_name", "bank_account")
ENCRYPTED = ("phone", "mother_name", "bank_account")
COLUMNS = (
    "id", "nik_index", "nik_encrypted", "name", "birth_date", "sex", "region_id", "address",
    "phone_encrypted", "mother_name_encrypted", "bank_account_encrypted", "recorded_at",
)  # fmt: skip
ROWS_AT_ONCE = 20_000
TRIES = 3  # each time somebody else has just registered one of the same people

KNOWN = """
    SELECT i.number, coalesce(p.merged_into_id, p.id)
    FROM incoming_niks i JOIN people_person p ON p.nik_index = i.nik_index
"""
NUMBERS = """
    SELECT array_agg(nextval(ids))
    FROM CAST(pg_get_serial_sequence('people_person', 'id') AS regclass) ids, generate_series(1, %s)
"""


def register_many(frame: pl.DataFrame, *, by: User | None, now: datetime) -> pl.DataFrame:
    """Make a person of every NIK that is new; what is known of the others stays as it is.

    `frame`: `nik` (16 digits, each once), `name`, and where known `birth_date`, `sex` (L, P),
    `region` (code), `address`, `phone`, `mother_name`, `bank_account`; other columns are left.
    Returns, in the order of `frame`: `nik`, `person_id` (of the record kept, where two were
    merged) and `is_new`. Raises NotAPerson.
    """
    people = _checked(frame)
    for _again in range(TRIES - 1):
        try:
            return _register(people, by, now)
        except IntegrityError as error:
            if "nik_index" not in str(error):
                raise
    return _register(people, by, now)


@transaction.atomic
def _register(people: pl.DataFrame, by: User | None, now: datetime) -> pl.DataFrame:
    known = _known(people)
    new = people.join(known, on="number", how="anti").sort("nik_index")
    new = new.with_columns(id=_numbers(len(new)))
    for piece in _encrypted_ahead(new, now):
        copy_into("people_person", COLUMNS, piece)
    if len(new):
        remember_words(new["name"])
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
    """The columns of a person, all there, with `number` (the order) and `nik_index`."""
    missing = [pl.lit(None, pl.String).alias(name) for name in TEXT if name not in frame.columns]
    if "birth_date" not in frame.columns:
        missing.append(pl.lit(None, pl.Date).alias("birth_date"))
    people = frame.with_columns(missing).select(
        "nik", pl.col("birth_date").cast(pl.Date), *(pl.col(name).cast(pl.String) for name in TEXT)
    )
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
    return people.with_columns(
        number=pl.int_range(pl.len(), dtype=pl.Int64),
        nik_index=pl.Series(nik_index_many(people["nik"]), dtype=pl.Binary),
    )


def _known(people: pl.DataFrame) -> pl.DataFrame:
    """`number` and `person_id` of those who stand already."""
    with (
        temporary_table("incoming_niks", {"number": "bigint", "nik_index": "bytea"}),
        connection.cursor() as cursor,
    ):
        copy_into("incoming_niks", ["number", "nik_index"], people)
        cursor.execute("ANALYZE incoming_niks")
        cursor.execute(KNOWN)
        return pl.DataFrame(
            cursor.fetchall(), schema={"number": pl.Int64, "person_id": pl.Int64}, orient="row"
        )


def _numbers(count: int) -> pl.Series:
    """So many new numbers of people, from the sequence."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [count])
        return pl.Series(cursor.fetchone()[0] or [], dtype=pl.Int64)


def _encrypted_ahead(people: pl.DataFrame, now: datetime) -> Iterator[pl.DataFrame]:
    """The rows to be written, piece by piece: one is encrypted while another is written."""
    pieces = people.iter_slices(ROWS_AT_ONCE)
    with ThreadPoolExecutor(1) as encrypting:
        ahead = None
        for piece in pieces:
            following = encrypting.submit(_encrypted, piece, now)
            if ahead:
                yield ahead.result()
            ahead = following
        if ahead:
            yield ahead.result()


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

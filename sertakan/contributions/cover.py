"""Who is covered on a day, as known on a day: what the law makes of paid months.

Nothing of it is stored. For everyone at once, people with the same segment, acceptance and
payments are one pattern; the law is asked once for each, and the answers are joined.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from sertakan.law.contributions import Segment
from sertakan.law.cover import Cover, CoverEnd, Payment, cover_until, status
from sertakan.postgres.bulk import temporary_table
from sertakan.vocabulary import Month

BEST_FIRST = {"covered": 0, "grace": 1, "not_yet": 2, "lapsed": 3}


@dataclass(frozen=True, slots=True)
class PersonCover:
    """The cover of a person in one segment, with the facts that it follows from.

    `accepted_on` is the first accepted registration of the segment. `end` says until when the
    cover lasts if nothing more is paid.
    """

    person: int
    segment: Segment
    accepted_on: date
    payments: tuple[Payment, ...]
    cover: Cover
    end: CoverEnd


def cover_of(person: int, *, on: date, known_on: date | None = None) -> PersonCover | None:
    """The best cover of a person (an id) on a day, or None for someone never enrolled."""
    return next(iter(covers_of(person, on=on, known_on=known_on)), None)


def covers_of(person: int, *, on: date, known_on: date | None = None) -> list[PersonCover]:
    """The cover of a person in each segment of an enrolment, the best first.

    Records merged into one person count as that person. `known_on` leaves out what was paid or
    given back later; None: everything known counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(FACTS_OF_ONE, {"person": person, "known_on": known_on})
        facts = cursor.fetchall()
    accepted: dict[Segment, date] = {}
    paid: dict[Segment, list[tuple[date, Month]]] = {}
    for segment, accepted_on, paid_on, month in facts:
        if accepted_on is not None:
            accepted[segment] = accepted_on
        else:
            paid.setdefault(segment, []).append((paid_on, Month.of(month)))
    covers = [
        _cover(person, segment, day, payments_of(paid.get(segment, ())), on, known_on)
        for segment, day in accepted.items()
    ]
    return sorted(covers, key=lambda each: BEST_FIRST[each.cover.status])


def payments_of(months: Iterable[tuple[date, Month]]) -> tuple[Payment, ...]:
    """Paid months, (paid_on, month), as the law takes them: by the day of payment."""
    by_day: dict[date, list[Month]] = {}
    for paid_on, month in months:
        by_day.setdefault(paid_on, []).append(month)
    return tuple(Payment(day, tuple(sorted(by_day[day]))) for day in sorted(by_day))


def _cover(
    person: int,
    segment: Segment,
    accepted_on: date,
    payments: tuple[Payment, ...],
    on: date,
    known_on: date | None,
) -> PersonCover:
    cover = status(
        segment=segment, accepted_on=accepted_on, payments=payments, on=on, known_on=known_on
    )
    end = cover_until(
        segment=segment, accepted_on=accepted_on, payments=payments, on=on, known_on=known_on
    )
    return PersonCover(person, segment, accepted_on, payments, cover, end)


_SAME_PERSON = """
    WITH kept AS (
        SELECT coalesce(merged_into_id, id) AS id FROM people_person WHERE id = %(person)s
    ), same AS (
        SELECT id FROM kept
        UNION ALL SELECT p.id FROM people_person p JOIN kept ON p.merged_into_id = kept.id
    )
"""
_KNOWN = """
    (%(known_on)s::date IS NULL OR p.paid_on <= %(known_on)s)
    AND NOT EXISTS (
        SELECT FROM contributions_billline t JOIN contributions_bill c ON c.id = t.bill_id
        WHERE t.sequence IN (1, 3, 5, 7)
            AND (t.person_id, t.month, t.sequence) = (p.person_id, p.month, p.sequence + 1)
            AND (%(known_on)s::date IS NULL OR c.issued_on <= %(known_on)s)
    )
"""
# Person by person (LATERAL, OFFSET 0): right after a million rows came in, before anything is
# analysed, the planner would rather read whole tables.
FACTS_OF_ONE = f"""
    {_SAME_PERSON}
    SELECT a.segment, min(e.accepted_on), NULL::date, NULL::date
    FROM same
    CROSS JOIN LATERAL (
        SELECT agreement_id, accepted_on FROM enrolment_enrolment
        WHERE person_id = same.id AND NOT void OFFSET 0
    ) e
    JOIN sponsors_agreement a ON a.id = e.agreement_id
    GROUP BY a.segment
    UNION ALL
    SELECT a.segment, NULL, p.paid_on, p.month
    FROM same
    CROSS JOIN LATERAL (
        SELECT * FROM contributions_paidmonth WHERE person_id = same.id OFFSET 0
    ) p
    JOIN contributions_allocation x ON x.id = p.allocation_id
    JOIN contributions_bill b ON b.id = x.bill_id
    JOIN sponsors_agreement a ON a.id = b.agreement_id
    WHERE {_KNOWN}
"""

EVERYONE = pl.Schema(
    {
        "person": pl.Int64, "segment": pl.String, "accepted_on": pl.Date, "status": pl.String,
        "member_since": pl.Date, "continuous_months": pl.Int32, "paid_months": pl.Int32,
        "paid_through": pl.Date, "arrears_months": pl.Int32, "covered_through": pl.Date,
        "grace_through": pl.Date,
    }
)  # fmt: skip


@contextmanager
def facts_of_everyone(*, known_on: date | None = None) -> Iterator[CursorWrapper]:
    """Within the block: `merged_people`, and `cover_facts` with the history of everyone.

    `cover_facts`: `person_id` (the record kept), `segment`, `accepted_on`, and `codes`, one for
    each paid month. In the caller's transaction.
    """
    with (
        temporary_table("merged_people", {"id": "bigint", "person_id": "bigint"}),
        temporary_table("cover_facts", COVER_FACTS),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(MERGED)
        cursor.execute("ANALYZE merged_people")
        cursor.execute(FACTS_OF_EVERYONE, {"known_on": known_on})
        yield cursor


@transaction.atomic
def cover_of_everyone(*, on: date, known_on: date | None = None) -> pl.DataFrame:
    """The cover of everyone ever enrolled, one row for each person and segment (`EVERYONE`).

    `paid_through` is the first day of a month, `arrears_months` their number. Records merged
    into a person count as that person, whose id stands there.
    """
    with (
        facts_of_everyone(known_on=known_on) as cursor,
        temporary_table("cover_patterns", COVER_PATTERNS),
    ):
        cursor.execute(PATTERNS)
        cursor.execute("SELECT id, segment, accepted_on, codes FROM cover_patterns")
        patterns = decided(cursor.fetchall(), on, known_on)
        people = rows_by_copy(PEOPLE, {"person": pl.Int64, "pattern": pl.Int64})
    return people.join(patterns, on="pattern", how="left").select(EVERYONE.names())


COVER_FACTS = {
    "person_id": "bigint", "segment": "text", "accepted_on": "date", "codes": "bigint[]",
}  # fmt: skip
COVER_PATTERNS = {"id": "bigint", "segment": "text", "accepted_on": "date", "codes": "bigint[]"}
MERGED = """
    INSERT INTO merged_people
    SELECT id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL
"""
# A paid month as one number: its first day and the day of payment, each counted from 2000.
DAY_ZERO, DAY_BITS = date(2000, 1, 1), 20
FACTS_OF_EVERYONE = f"""
    INSERT INTO cover_facts
    SELECT person_id, e.segment, e.accepted_on, coalesce(p.codes, '{{}}')
    FROM (
        SELECT coalesce(m.person_id, e.person_id) AS person_id, a.segment,
            min(e.accepted_on) AS accepted_on
        FROM enrolment_enrolment e
        JOIN sponsors_agreement a ON a.id = e.agreement_id
        LEFT JOIN merged_people m ON m.id = e.person_id
        WHERE NOT e.void
        GROUP BY 1, 2
    ) e
    LEFT JOIN (
        SELECT coalesce(m.person_id, p.person_id) AS person_id, a.segment, array_agg(
            (p.month - date '{DAY_ZERO}')::bigint << {DAY_BITS}
            | (p.paid_on - date '{DAY_ZERO}')::bigint
        ) AS codes
        FROM contributions_paidmonth p
        JOIN contributions_allocation x ON x.id = p.allocation_id
        JOIN contributions_bill b ON b.id = x.bill_id
        JOIN sponsors_agreement a ON a.id = b.agreement_id
        LEFT JOIN merged_people m ON m.id = p.person_id
        WHERE {_KNOWN}
        GROUP BY 1, 2
    ) p USING (person_id, segment)
"""
PATTERNS = """
    INSERT INTO cover_patterns
    SELECT row_number() OVER (), segment, accepted_on, codes
    FROM cover_facts GROUP BY segment, accepted_on, codes
"""
PEOPLE = """
    SELECT f.person_id AS person, p.id AS pattern FROM cover_facts f
    JOIN cover_patterns p USING (segment, accepted_on, codes)
"""


def decided(
    patterns: Sequence[tuple[int, Segment, date, list[int]]], on: date, known_on: date | None
) -> pl.DataFrame:
    """What the law says of each pattern."""
    rows = []
    for number, segment, accepted_on, codes in patterns:
        found = _cover(0, segment, accepted_on, payments_of(map(_decode, codes)), on, known_on)
        cover, end = found.cover, found.end
        rows.append(
            (
                number, segment, accepted_on, cover.status, cover.member_since,
                cover.continuous_months, cover.paid_months,
                cover.paid_through.first_day if cover.paid_through else None,
                len(cover.arrears_months), end.covered_through, end.grace_through,
            )
        )  # fmt: skip
    schema = pl.Schema([("pattern", pl.Int64()), *list(EVERYONE.items())[1:]])
    return pl.DataFrame(rows, schema=schema, orient="row")


def _decode(code: int) -> tuple[date, Month]:
    """(paid_on, month) from one number."""
    paid_on = DAY_ZERO + timedelta(code & ((1 << DAY_BITS) - 1))
    return paid_on, Month.of(DAY_ZERO + timedelta(code >> DAY_BITS))


def rows_by_copy(query: str, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """A query's rows by COPY, for those that are too many for a cursor."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as out,
    ):
        text = b"".join(out)
    return (
        pl.read_csv(text, has_header=False, schema=schema) if text else pl.DataFrame(schema=schema)
    )


def ends_within(*, on: date, days: int) -> pl.DataFrame:
    """Those covered on a day whose cover ends within so many days if nothing more is paid.

    The rows of `cover_of_everyone` whose `covered_through` is before `on` + `days`, soonest first.
    """
    return (
        cover_of_everyone(on=on)
        .filter(
            (pl.col("status") == "covered") & (pl.col("covered_through") < on + timedelta(days))
        )
        .sort("covered_through", "person")
    )

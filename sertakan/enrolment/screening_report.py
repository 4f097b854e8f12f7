"""What follows from a screening: what ends, how many months fall away, who would take the place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from sertakan.enrolment.models import Screening

REPORT = """
    WITH found AS (
        SELECT f.id, f.state, f.reason, f.since, f.enrolment_id, e.person_id, e.agreement_id,
            e.starts_on, e.ends_on - 1 AS last_day,
            f.since + CASE f.reason WHEN 'death' THEN 1 ELSE 0 END AS new_end
        FROM enrolment_finding f JOIN enrolment_enrolment e ON e.id = f.enrolment_id
        WHERE f.screening_id = %(screening)s
    ), counted AS (
        SELECT found.*,
            count(month) FILTER (
                WHERE new_end <= starts_on OR month > date_trunc('month', new_end - 1)
            ) AS months
        FROM found LEFT JOIN LATERAL generate_series(
            date_trunc('month', starts_on::timestamp), last_day::timestamp, interval '1 month'
        ) AS month ON TRUE
        GROUP BY found.id, state, reason, since, enrolment_id, person_id, agreement_id,
            starts_on, last_day, new_end
    ), freed AS (
        SELECT id, row_number() OVER (PARTITION BY agreement_id ORDER BY new_end, enrolment_id)
            AS turn
        FROM found WHERE state = 'open'
    ), line AS (
        SELECT agreement_id, person_id, row_number() OVER (PARTITION BY agreement_id ORDER BY id)
            AS turn
        FROM enrolment_waiting WHERE state = 'waiting'
    )
    SELECT c.id, c.state, c.enrolment_id, c.person_id, p.name, a.number, c.reason, c.since,
        c.new_end, CASE WHEN c.state = 'open' THEN c.months END, line.person_id
    FROM counted c
        JOIN people_person p ON p.id = c.person_id
        JOIN sponsors_agreement a ON a.id = c.agreement_id
        LEFT JOIN freed ON freed.id = c.id
        LEFT JOIN line ON line.agreement_id = c.agreement_id AND line.turn = freed.turn
    ORDER BY a.number, c.id
"""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a finding leads to.

    `ends_on` is the first day no longer promised, `months` how many months of contribution then
    fall away (None once decided); `next_person`, the person in line whose turn it would be.
    """

    finding: int
    state: str
    enrolment: int
    person: int
    name: str
    agreement: str
    reason: str
    since: date
    ends_on: date
    months: int | None
    next_person: int | None


def consequences(screening: Screening) -> Iterator[Consequence]:
    """One for each finding of the screening, by agreement."""
    with connection.cursor() as cursor:
        cursor.execute(REPORT, {"screening": screening.pk})
        rows = cursor.fetchall()
    return (Consequence(*row) for row in rows)

"""Totals by month: thrown away and made again from the facts. And published denominators."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.analytics.errors import NotAFigure
from sertakan.analytics.models import CoverEnd, MonthlyTotal, PersonMonth, Workforce
from sertakan.audit.operations import record
from sertakan.contributions.cover import cover_of_everyone
from sertakan.postgres.bulk import copy_into, temporary_table
from sertakan.regions.models import Region
from sertakan.vocabulary import Month

COVER = {
    "person_id": "bigint", "segment": "text", "status": "text", "covered_through": "date",
}  # fmt: skip


@transaction.atomic
def rebuild(*, first_month: Month, last_month: Month, now: datetime) -> int:
    """Make the totals of these months and the people in them again; how many totals.

    A person counts under the enrolment that owes the month; where two touch within it, under the
    first. Cover is that of the month's last day, as known on that day.
    """
    months = list(first_month.through(last_month))
    with connection.cursor() as cursor:
        # Two rebuilds at once would both delete and both insert.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('analytics_monthlytotal'))")
    for made in (MonthlyTotal, CoverEnd, PersonMonth):
        made._default_manager.filter(
            month__range=(first_month.first_day, last_month.first_day)
        ).delete()
    return sum(_rebuild(month, now) for month in months)


def _rebuild(month: Month, now: datetime) -> int:
    cover = cover_of_everyone(on=month.last_day, known_on=month.last_day)
    lasting = cover.filter(pl.col("status").is_in(["covered", "grace"])).select(
        pl.col("person").alias("person_id"), "segment", "status", "covered_through"
    )
    with temporary_table("month_cover", COVER), connection.cursor() as cursor:
        copy_into("month_cover", list(COVER), lasting)
        cursor.execute("ANALYZE month_cover")
        told = {"month": month.first_day, "next": (month + 1).first_day, "now": now}
        cursor.execute(PEOPLE, told)
        cursor.execute(COVER_ENDS, told)
        cursor.execute(TOTALS, told)
        return int(cursor.rowcount)


# The person of a merged record counts as the one kept.
PEOPLE = """
    INSERT INTO analytics_personmonth
        (month, person_id, enrolment_id, agreement_id, region_id, category, status, covered_through)
    WITH promised AS (
        SELECT DISTINCT ON (coalesce(who.merged_into_id, who.id))
            coalesce(who.merged_into_id, who.id) AS person_id, e.id AS enrolment_id,
            e.agreement_id, e.region_id, e.category
        FROM enrolment_enrolment e JOIN people_person who ON who.id = e.person_id
        WHERE NOT e.void AND e.starts_on < %(next)s AND e.ends_on > %(month)s
        ORDER BY coalesce(who.merged_into_id, who.id), e.starts_on, e.id
    )
    SELECT %(month)s, p.person_id, p.enrolment_id, p.agreement_id, p.region_id, p.category,
        coalesce(c.status, 'uncovered'), c.covered_through
    FROM promised p
    JOIN sponsors_agreement a ON a.id = p.agreement_id
    LEFT JOIN month_cover c ON c.person_id = p.person_id AND c.segment = a.segment
"""
COVER_ENDS = """
    INSERT INTO analytics_coverend
        (month, agreement_id, region_id, category, covered_through, people)
    SELECT month, agreement_id, region_id, category, covered_through, count(*)
    FROM analytics_personmonth
    WHERE month = %(month)s AND status = 'covered' AND covered_through IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
"""
# Lines taken back are subtracted.
TOTALS = """
    INSERT INTO analytics_monthlytotal
        (month, agreement_id, region_id, category, enrolled, covered, grace,
         billed_rupiah, paid_rupiah, made_at)
    WITH charged AS (
        SELECT b.agreement_id, e.region_id, e.category, sum(l.rupiah) AS billed,
            sum(l.rupiah) FILTER (WHERE p.person_id IS NOT NULL) AS paid
        FROM contributions_billline l
        JOIN contributions_bill b ON b.id = l.bill_id
            AND b.first_month <= %(month)s AND b.last_month >= %(month)s
        JOIN enrolment_enrolment e ON e.id = l.enrolment_id
        LEFT JOIN contributions_paidmonth p
            ON (p.person_id, p.month, p.sequence)
                = (l.person_id, l.month, l.sequence - l.sequence %% 2)
        WHERE l.month = %(month)s
        GROUP BY 1, 2, 3
    ), counted AS (
        SELECT agreement_id, region_id, category, count(*) AS enrolled,
            count(*) FILTER (WHERE status = 'covered') AS covered,
            count(*) FILTER (WHERE status = 'grace') AS grace
        FROM analytics_personmonth WHERE month = %(month)s
        GROUP BY 1, 2, 3
    )
    SELECT %(month)s, coalesce(n.agreement_id, m.agreement_id), coalesce(n.region_id, m.region_id),
        coalesce(n.category, m.category), coalesce(n.enrolled, 0), coalesce(n.covered, 0),
        coalesce(n.grace, 0), coalesce(m.billed, 0), coalesce(m.paid, 0), %(now)s
    FROM counted n FULL JOIN charged m
        ON m.agreement_id = n.agreement_id AND m.category = n.category
            AND coalesce(m.region_id, '') = coalesce(n.region_id, '')
    ORDER BY 2, 3, 4
"""


@transaction.atomic
def record_workforce(
    *,
    region: Region,
    on: date,
    working_population: int,
    active_members: int | None = None,
    published_percent: Decimal | None = None,
    source: str,
    by: User,
    now: datetime,
) -> Workforce:
    """Keep a published denominator as it was published. Raises NotAFigure."""
    if not source.strip():
        raise NotAFigure(_("A figure names its source."))
    if working_population <= 0:
        raise NotAFigure(_("The working population is above zero."))
    if Workforce.objects.filter(region=region, on=on).exists():
        raise NotAFigure(
            _("There is a figure for %(region)s on %(day)s already.")
            % {"region": region, "day": date_format(on, "j F Y")}
        )
    kept = Workforce.objects.create(
        region=region,
        on=on,
        working_population=working_population,
        active_members=active_members,
        published_percent=published_percent,
        source=source.strip(),
    )
    record(
        verb="recorded", subject_type="workforce", subject_id=kept.pk, by=by, at=now,
        region=region.pk, on=on.isoformat(), working_population=working_population,
    )  # fmt: skip
    return kept

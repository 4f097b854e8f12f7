"""Enrolling people by set: places go to those who come first, the others wait in line."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.errors import CannotEnrol
from sertakan.enrolment.placing import (
    INCOMING,
    incoming,
    judged,
    left_out,
    take_places,
    trying_again,
)
from sertakan.enrolment.queries import free_places, waiting_ahead
from sertakan.sponsors.models import Agreement, AgreementState, Category, Sector

WAIT = """
    INSERT INTO enrolment_waiting (
        agreement_id, person_id, accepted_on, category, sector, income, region_id,
        roster_import_id, roster_source, person_is_new, state, left_because
    )
    SELECT %(agreement)s, person_id, accepted_on, category, sector, income, region_id,
        roster_import_id, roster_source, person_is_new, 'waiting', ''
    FROM judged WHERE reason IS NULL AND number > %(last)s ORDER BY number
"""
ENDED_PLACES = """
    SELECT count(*) FROM incoming i LEFT JOIN enrolment_enrolment e
        ON e.id = i.replaces_id AND e.agreement_id = %(agreement)s AND e.end_reason <> ''
            AND coalesce(e.ends_on, e.starts_on) <= %(starts_on)s
            AND NOT EXISTS (SELECT FROM enrolment_enrolment r WHERE r.replaces_id = e.id)
    WHERE i.replaces_id IS NOT NULL AND e.id IS NULL
"""
STAYED = """
    SELECT e.person_id, e.accepted_on, e.category, e.sector, e.income, e.region_id
    FROM enrolment_enrolment e
    WHERE e.agreement_id = %s AND e.ends_on = %s AND e.end_reason = '' ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a set of people.

    `left_out`: `number` (place in the set, from 0), `person_id`, `reason`: `deceased`,
    `already_enrolled`, `already_waiting`, `over_age`, `under_age`.
    """

    enrolled: int
    waiting: int
    left_out: pl.DataFrame


@transaction.atomic
def enrol(
    *,
    agreement: Agreement,
    workers: pl.DataFrame,
    starts_on: date,
    ends_on: date | None = None,
    by: User,
    now: datetime,
) -> Admission:
    """Enrol `workers`, in their order, for [starts_on, ends_on); `ends_on`: with the agreement.

    `workers`: `person_id`, `accepted_on` (day), `category`, and where known `sector`, `income`
    (rupiah a month), `region` (code), `replaces` (an ended enrolment whose place is taken).
    Whoever finds no place waits in line, behind those who wait already; nobody is enrolled twice
    for a day. Raises CannotEnrol for the whole set.
    """
    agreement = held(agreement, starts_on)
    ends_on = agreement.ends_on if ends_on is None else ends_on
    admission = admit(agreement, _completed(workers, agreement), starts_on, ends_on)
    record_admission(admission, agreement, starts_on, by=by, now=now)
    return admission


@transaction.atomic
def carry_over(*, agreement: Agreement, by: User, now: datetime) -> Admission:
    """Under a renewed agreement: enrol from its first day all who stayed to the last of the old.

    They come in their old order, before anybody else. Raises CannotEnrol.
    """
    agreement = held(agreement, agreement.starts_on)
    old = agreement.renews
    if old is None:
        raise CannotEnrol(_("Agreement %s renews no other.") % agreement)
    with connection.cursor() as cursor:
        cursor.execute(STAYED, [old.pk, old.ends_on])
        rows = cursor.fetchall()
    schema = {
        "person_id": pl.Int64,
        "accepted_on": pl.Date,
        "category": pl.String,
        "sector": pl.String,
        "income": pl.Int64,
        "region": pl.String,
    }
    stayed = pl.DataFrame(rows, schema=schema, orient="row")
    if not stayed.height:
        raise CannotEnrol(_("Nobody is enrolled to the end of agreement %s.") % old)
    people = _completed(stayed, agreement)
    admission = admit(agreement, people, agreement.starts_on, agreement.ends_on)
    record_admission(admission, agreement, agreement.starts_on, by=by, now=now)
    return admission


def held(agreement: Agreement, starts_on: date) -> Agreement:
    """The agreement as it stands, held until the transaction ends: in force, and for that day.

    Raises CannotEnrol.
    """
    agreement = (
        Agreement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("renews")
        .get(pk=agreement.pk)
    )
    if agreement.state != AgreementState.APPROVED:
        raise CannotEnrol(_("Agreement %s is not in force.") % agreement)
    if not agreement.starts_on <= starts_on < agreement.ends_on:
        raise CannotEnrol(
            _("%(day)s is not a day of agreement %(number)s.")
            % {"day": date_format(starts_on, "j F Y"), "number": agreement}
        )
    return agreement


def admit(agreement: Agreement, people: pl.DataFrame, starts_on: date, ends_on: date) -> Admission:
    """Enrol or put in line; `people` has the columns of INCOMING. The agreement is held."""
    if not starts_on < ends_on <= agreement.ends_on:
        raise CannotEnrol(_("An enrolment ends after its first day, and with its agreement."))
    with incoming(people):
        _refuse_replacing_those_who_stay(agreement, starts_on)
        return trying_again(lambda: _admitted(agreement, starts_on, ends_on))


def record_admission(
    admission: Admission, agreement: Agreement, starts_on: date, *, by: User, now: datetime
) -> None:
    """One event for one admission."""
    record(
        verb="enrolled",
        subject_type="agreement",
        subject_id=agreement.pk,
        by=by,
        at=now,
        starts_on=starts_on,
        enrolled=admission.enrolled,
        waiting=admission.waiting,
        left_out=admission.left_out.height,
    )


def _admitted(agreement: Agreement, starts_on: date, ends_on: date) -> Admission:
    days = {"starts_on": starts_on, "ends_on": ends_on}
    with judged(agreement, **days, newcomers=True), connection.cursor() as cursor:
        others = left_out()
        _refuse_unknown(others)
        free = free_places(agreement, **days) - waiting_ahead(agreement, **days)
        enrolled, last = take_places(agreement, free, **days)
        cursor.execute(WAIT, {"agreement": agreement.pk, "last": last})
        return Admission(enrolled=enrolled, waiting=cursor.rowcount, left_out=others)


def _completed(workers: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """The workers with every column of INCOMING. Raises CannotEnrol for words not known."""
    told = workers.rename({"region": "region_id", "replaces": "replaces_id"}, strict=False)
    people = told.with_row_index("number").with_columns(
        pl.lit(default).alias(name) if name not in told.columns else pl.col(name)
        for name, default in (
            ("sector", Sector.OTHER.value),
            ("income", None),
            ("region_id", None),
            ("roster_import_id", None),
            ("roster_source", ""),
            ("person_is_new", False),
            ("replaces_id", None),
        )
    )
    people = people.with_columns(pl.col("sector").fill_null(Sector.OTHER.value))
    _refuse_words(people["category"], agreement.categories or Category.values)
    _refuse_words(people["sector"], Sector.values)
    if people["accepted_on"].null_count():
        raise CannotEnrol(_("For somebody the day of acceptance is missing."))
    if (people["income"].cast(pl.Int64).fill_null(0) < 0).any():
        raise CannotEnrol(_("An income is zero or more."))
    return people.select(*INCOMING)


def _refuse_words(told: pl.Series, known: list[str]) -> None:
    unknown = told.filter(~told.is_in(known) | told.is_null())
    if unknown.len():
        raise CannotEnrol(
            _("%(told)s is none of: %(known)s.")
            % {"told": unknown[0] or "-", "known": ", ".join(known)}
        )


def _refuse_unknown(others: pl.DataFrame) -> None:
    unknown = others.filter(pl.col("reason") == "unknown_person")
    if unknown.height:
        raise CannotEnrol(_("There is no person with the number %s.") % unknown["person_id"][0])


def _refuse_replacing_those_who_stay(agreement: Agreement, starts_on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENDED_PLACES, {"agreement": agreement.pk, "starts_on": starts_on})
        if cursor.fetchone()[0]:
            raise CannotEnrol(
                _("Only an enrolment of this agreement that has ended by %s can be replaced, once.")
                % date_format(starts_on, "j F Y")
            )

"""One person or a few, as they are typed in, in the form in which operations take many."""

from collections.abc import Collection
from datetime import date, datetime

import polars as pl
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.enrolment.errors import CannotEnrol
from sertakan.people.models import Person
from sertakan.people.operations import register_many
from sertakan.vocabulary import Nik, nik_fault


def one_worker(
    person: int,
    *,
    accepted_on: date,
    category: str,
    sector: str = "other",
    income: int | None = None,
    region: str | None = None,
    replaces: int | None = None,
) -> pl.DataFrame:
    """For `admission.enrol`; `income` in rupiah a month."""
    return pl.DataFrame(
        {
            "person_id": [person],
            "accepted_on": [accepted_on],
            "category": [category],
            "sector": [sector],
            "income": [income],
            "region": [region],
            "replaces": [replaces],
        },
        schema_overrides={"income": pl.Int64, "region": pl.String, "replaces": pl.Int64},
    )


def same_ending(enrolments: Collection[int], ends_on: date, reason: str) -> pl.DataFrame:
    """For `ending.end`: the same day and reason for each."""
    return pl.DataFrame(
        {"enrolment_id": list(enrolments)}, schema={"enrolment_id": pl.Int64}
    ).with_columns(ends_on=pl.lit(ends_on), reason=pl.lit(reason))


def newcomer(nik: str, name: str, born_on: date | None, *, by: User, now: datetime) -> Person:
    """A new person; birth date and sex are told by the NIK where they are not told otherwise.

    Raises CannotEnrol for a faulty NIK, people.errors.NotAPerson.
    """
    fault = nik_fault(nik)
    if fault:
        raise CannotEnrol(_("The NIK is faulty (%s).") % fault)
    told = {
        "nik": nik,
        "name": name,
        "birth_date": born_on or Nik(nik).birth_date(on=now.date()),
        "sex": Nik(nik).sex,
    }
    frame = pl.DataFrame([told], schema_overrides={"birth_date": pl.Date})
    registered = register_many(frame, by=by, now=now)
    return Person.objects.get(pk=registered["person_id"][0])

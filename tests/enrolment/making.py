"""Agreements, people and enrolments to tell stories with. Nobody here exists."""

from datetime import UTC, date, datetime
from itertools import count

import polars as pl
from django.contrib.auth import get_user_model

from sertakan.enrolment.admission import enrol
from sertakan.enrolment.models import Enrolment
from sertakan.people.operations import register_many
from sertakan.sponsors.models import Agreement, Sponsor

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}

_serial = count(1)


def an_officer(name="Sari"):
    email = f"{name.lower()}@example.org"
    return get_user_model().objects.filter(email=email).first() or (
        get_user_model().objects.create_user(email, name=name)
    )


def a_sponsor(name="Kota Contoh", kind="government"):
    return Sponsor.objects.get_or_create(name=name, kind=kind)[0]


def an_agreement(number="PKS/1", *, places=10, state="approved", **fields):
    """An agreement of the whole of 2026, in force unless told otherwise."""
    approved = {} if state == "draft" else {"approved_at": NOW, "approved_by": an_officer()}
    described = {
        "sponsor": a_sponsor(),
        "fund": "apbd",
        "programmes": ["JKK", "JKM"],
        "budget_rupiah": 1_000_000_000,
        "assumed_income": 1_000_000,
        **YEAR,
        **approved,
        **fields,
    }
    return Agreement.objects.create(number=number, places=places, state=state, **described)


def some_people(*names, born_on=date(1980, 5, 12), **told):
    """The ids of new people with these names, in order."""
    niks = [f"357701{born_on:%d%m%y}{next(_serial) % 10_000:04}" for _ in names]
    frame = pl.DataFrame({"nik": niks, "name": names, "birth_date": [born_on] * len(names), **told})
    return register_many(frame, by=an_officer(), now=NOW)["person_id"].to_list()


def enrolled(person, agreement, starts_on=YEAR["starts_on"], ends_on=YEAR["ends_on"], **fields):
    """An enrolment written straight into the table."""
    return Enrolment.objects.create(
        person_id=person,
        agreement=agreement,
        starts_on=starts_on,
        ends_on=ends_on,
        accepted_on=starts_on,
        category="rt_rw",
        **fields,
    )


def workers(people, *, accepted_on=YEAR["starts_on"], category="rt_rw", **told):
    """People as `enrol` takes them."""
    return pl.DataFrame({"person_id": people}, schema={"person_id": pl.Int64}).with_columns(
        accepted_on=pl.lit(accepted_on),
        category=pl.lit(category),
        **{name: pl.lit(value) for name, value in told.items()},
    )


def enrol_them(agreement, people, starts_on=YEAR["starts_on"], **told):
    """Enrol people in order, as Sari the officer."""
    days = {name: told.pop(name) for name in ("ends_on",) if name in told}
    return enrol(
        agreement=agreement,
        workers=workers(people, **told),
        starts_on=starts_on,
        by=an_officer(),
        now=NOW,
        **days,
    )


def endings(*told):
    """(enrolment, ends_on, reason) as `end` takes them."""
    schema = {"enrolment_id": pl.Int64, "ends_on": pl.Date, "reason": pl.String}
    return pl.DataFrame(told, schema=schema, orient="row")


def enrolments_of(person):
    """(starts_on, ends_on) of a person's enrolments that are not void, in order."""
    found = Enrolment.objects.filter(person_id=person, void=False).order_by("starts_on")
    return list(found.values_list("starts_on", "ends_on"))

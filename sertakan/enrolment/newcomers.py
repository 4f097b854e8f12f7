"""What speaks against people whom a sponsor has typed in, before anything is enrolled or paid.

Each finding is a word; the pages have its sentence. None tells who somebody else is or what is
known of them: only that this NIK, with this name, can or cannot be covered for these days.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from sertakan.law.book import the_law
from sertakan.people.candidates import candidates_for
from sertakan.people.encryption import nik_index
from sertakan.rosters.linkage.records import PersonFacts
from sertakan.sponsors.models import Category, Sector
from sertakan.vocabulary import Nik, add_months, age, nik_fault

Worker = Mapping[str, Any]
LOOKED_FOR_OTHERS = 50  # up to so many newcomers are compared with everybody who stands already
# Warnings: they stand beside a worker and hinder nothing once somebody has said that it is so.
WARNINGS = frozenset({"birth_date_differs", "perhaps_another"})

STANDING = """
    SELECT p.nik_index, kept.name, kept.birth_date, kept.died_on IS NOT NULL,
        coalesce(bool_or(e.starts_on < %(ends_on)s AND e.ends_on > %(starts_on)s), FALSE),
        coalesce(bool_or(e.starts_on < %(ends_on)s AND e.ends_on > %(starts_on)s
            AND a.sponsor_id = %(sponsor)s), FALSE),
        coalesce(bool_or(e.ends_on >= %(still_member)s AND e.ends_on <= %(starts_on)s), FALSE)
    FROM people_person p
    JOIN people_person kept ON kept.id = coalesce(p.merged_into_id, p.id)
    LEFT JOIN people_person same ON same.id = kept.id OR same.merged_into_id = kept.id
    LEFT JOIN enrolment_enrolment e ON e.person_id = same.id AND NOT e.void
    LEFT JOIN sponsors_agreement a ON a.id = e.agreement_id
    WHERE p.nik_index = ANY (%(niks)s)
    GROUP BY p.nik_index, kept.id, kept.name, kept.birth_date, kept.died_on
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record under a NIK, as far as it matters for these days."""

    name: str
    birth_date: date | None
    died: bool
    enrolled: bool
    by_this_sponsor: bool
    still_member: bool


def findings(
    workers: Sequence[Worker],
    *,
    sponsor: int,
    starts_on: date,
    ends_on: date,
    others: bool = True,
) -> list[list[str]]:
    """For each worker, in order, what speaks against them for [starts_on, ends_on); none: nothing.

    A worker is what `sponsors.drafts` keeps. Those of WARNINGS are passed over where the worker
    is `sure`. Without `others` nobody is compared with who stands already under another NIK.
    """
    compared = others and len(workers) <= LOOKED_FOR_OTHERS
    twice = Counter(worker.get("nik") for worker in workers)
    known = _standing(workers, sponsor, starts_on, ends_on)
    return [
        [
            *_of_the_nik(worker, twice),
            *_of_the_rest(worker),
            *_of_the_record(worker, known.get(worker.get("nik", "")), starts_on),
            *(_of_others(worker, known, starts_on) if compared else ()),
        ]
        for worker in workers
    ]


def birth_date_of(worker: Worker, on: date) -> date | None:
    """The birth date as told, else as the NIK has it."""
    if worker.get("birth_date"):
        return date.fromisoformat(worker["birth_date"])
    nik = worker.get("nik", "")
    return None if nik_fault(nik) else Nik(nik).birth_date(on=on)


def age_limits(on: date) -> tuple[int, int]:
    """The lowest age, and the age from which on nobody is taken in. Raises NotInForce."""
    law = the_law()
    return (
        int(law.in_force("bpu/age/min", on).value),
        int(law.in_force("bpu/age/max_exclusive", on).value),
    )


def _of_the_nik(worker: Worker, twice: Counter[str | None]) -> Iterator[str]:
    nik = worker.get("nik", "")
    fault = nik_fault(nik)
    if fault:
        yield fault
    elif twice[nik] > 1:
        yield "typed_twice"


def _of_the_rest(worker: Worker) -> Iterator[str]:
    if not worker.get("name"):
        yield "name_missing"
    if worker.get("category") not in Category.values or worker.get("sector") not in Sector.values:
        yield "job_missing"
    if worker.get("income") is None:
        yield "income_missing"
    if not worker.get("region"):
        yield "place_missing"
    if not worker.get("consent"):
        yield "consent_missing"


def _of_the_record(worker: Worker, known: Standing | None, on: date) -> Iterator[str]:
    born = birth_date_of(worker, on)
    nik = worker.get("nik", "")
    if born and not (known and known.still_member):
        lowest, highest = age_limits(on)
        if age(born, on) >= highest:
            yield "over_age"
        elif age(born, on) < lowest:
            yield "under_age"
    if born and not nik_fault(nik) and _differs(born, Nik(nik).birth_date(on=on)):
        yield from () if worker.get("sure") else ("birth_date_differs",)
    if known is None:
        return
    if not _same_name(worker.get("name", ""), known.name) or (
        born and known.birth_date and _differs(born, known.birth_date)
    ):
        yield "not_this_person"
    elif known.died:
        yield "cannot_be_covered"
    elif known.by_this_sponsor:
        yield "covered_by_you"
    elif known.enrolled:
        yield "covered_already"


def _of_others(worker: Worker, known: Mapping[str, Standing], on: date) -> Iterator[str]:
    """Whether somebody stands under another NIK who may be the same human."""
    nik, name = worker.get("nik", ""), worker.get("name", "")
    if worker.get("sure") or not name or nik_fault(nik) or nik in known:
        return
    facts = PersonFacts(
        nik=nik, name=name, birth_date=birth_date_of(worker, on), sex=Nik(nik).sex,
        address=None, phone=worker.get("phone") or None, mother_name=None,
    )  # fmt: skip
    if candidates_for(facts, on=on):
        yield "perhaps_another"


def _standing(
    workers: Sequence[Worker], sponsor: int, starts_on: date, ends_on: date
) -> dict[str, Standing]:
    """By NIK, of those that are on record."""
    indexes = {
        nik_index(worker["nik"]): worker["nik"]
        for worker in workers
        if not nik_fault(worker.get("nik", ""))
    }
    if not indexes:
        return {}
    grace = the_law().in_force("bpu/arrears/max_months", starts_on).value
    told: dict[str, Any] = {
        "niks": list(indexes),
        "sponsor": sponsor,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "still_member": add_months(starts_on, -grace),
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDING, told)
        return {indexes[bytes(row[0])]: Standing(*row[1:]) for row in cursor.fetchall()}


def _differs(one: date, other: date) -> bool:
    """A NIK tells day, month and the last two figures of the year."""
    return (one.day, one.month, one.year % 100) != (other.day, other.month, other.year % 100)


def _same_name(told: str, known: str) -> bool:
    """Whether at least one word of the names is the same; titles and short forms vary."""
    return bool(set(told.lower().split()) & set(known.lower().split()))

"""Rows that somebody must look at: admitted, corrected where need be, or dismissed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.enrolment.admission import admit, held
from sertakan.enrolment.errors import CannotDecide
from sertakan.enrolment.models import RosterRow, RowState
from sertakan.enrolment.placing import INCOMING
from sertakan.people.encryption import decrypt_many
from sertakan.people.operations import register_many
from sertakan.regions.models import Region
from sertakan.sponsors.models import Agreement, Category, Sector
from sertakan.vocabulary import nik_fault

MAY_BE_CORRECTED = (
    "nik", "name", "birth_date", "sex", "category", "sector", "income", "region", "phone",
    "address",
)  # fmt: skip
# What only another NIK can mend: the one told is that of somebody dead, or insured already.
OF_THE_NIK = {"deceased", "already_covered"}
SCHEMA = {
    "row_id": pl.Int64, "nik": pl.String, "name": pl.String, "birth_date": pl.Date,
    "sex": pl.String, "category": pl.String, "sector": pl.String, "income": pl.Int64,
    "region": pl.String, "phone": pl.String, "address": pl.String,
    "roster_import_id": pl.Int64, "roster_source": pl.String,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many were enrolled and put in line; `left_open`: the rows that could not be, and why."""

    enrolled: int
    waiting: int
    left_open: Mapping[int, str]


@transaction.atomic
def accept(
    *,
    rows: Collection[int],
    on: date,
    starts_on: date | None = None,
    corrected: Mapping[int, Mapping[str, Any]] | None = None,
    note: str = "",
    by: User,
    now: datetime,
) -> Accepted:
    """Admit the people of these rows of one agreement: they are enrolled, or wait in line.

    `on` is the day of acceptance; `starts_on` the later of it and the agreement's first day, if
    not told. `corrected` gives, by row, what was found to be right (MAY_BE_CORRECTED). A row whose
    person cannot be enrolled (enrolled already, of the wrong age) stays open and is told.
    Raises CannotDecide, naming the row, where one was decided before or is still faulty.
    """
    chosen = _open(rows)
    agreement = _agreement_of(chosen)
    starts_on = starts_on or max(agreement.starts_on, on)
    agreement = held(agreement, starts_on)
    people = _people(chosen, corrected or {}, agreement)
    registered = register_many(people, by=by, now=now)
    candidates = people.with_columns(
        registered.select("person_id", person_is_new="is_new")
    ).with_columns(
        number=pl.int_range(pl.len(), dtype=pl.Int64),
        accepted_on=pl.lit(on),
        region_id="region",
        replaces_id=pl.lit(None, pl.Int64),
    )
    admission = admit(agreement, candidates.select(*INCOMING), starts_on, agreement.ends_on)
    left_out = candidates.join(admission.left_out.select("number", "reason"), on="number")
    left_open = dict(left_out.select("row_id", "reason").iter_rows())
    admitted = [row.pk for row in chosen if row.pk not in left_open]
    _decide(admitted, RowState.ADMITTED, note, by=by, now=now)
    record(
        verb="rows_admitted",
        subject_type="agreement",
        subject_id=agreement.pk,
        by=by,
        at=now,
        rows=admitted,
        enrolled=admission.enrolled,
        waiting=admission.waiting,
    )
    return Accepted(admission.enrolled, admission.waiting, left_open)


@transaction.atomic
def dismiss(*, rows: Collection[int], note: str = "", by: User, now: datetime) -> int:
    """These rows are not admitted, for the reason noted. Raises CannotDecide."""
    chosen = _open(rows)
    _decide([row.pk for row in chosen], RowState.DISMISSED, note, by=by, now=now)
    record(
        verb="rows_dismissed",
        subject_type="roster_row",
        by=by,
        at=now,
        rows=[row.pk for row in chosen],
    )
    return len(chosen)


def _open(rows: Collection[int]) -> list[RosterRow]:
    """The rows, held, in the order of their lists. Raises CannotDecide."""
    wanted = set(rows)
    found = list(
        RosterRow.objects.select_for_update(of=("self",))
        .select_related("roster_import")
        .filter(pk__in=wanted)
        .order_by("pk")
    )
    if not wanted:
        raise CannotDecide(_("No row was named."))
    if len(found) < len(wanted):
        missing = min(wanted - {row.pk for row in found})
        raise CannotDecide(_("There is no row with the number %s.") % missing)
    for row in found:
        if row.state != RowState.OPEN:
            raise CannotDecide(_("The row %s was decided already.") % row)
    return found


def _agreement_of(rows: list[RosterRow]) -> Agreement:
    agreements = {row.roster_import.agreement_id for row in rows}
    if len(agreements) > 1:
        raise CannotDecide(_("These rows belong to more than one agreement."))
    return Agreement.objects.get(pk=agreements.pop())


def _people(
    rows: list[RosterRow], corrected: Mapping[int, Mapping[str, Any]], agreement: Agreement
) -> pl.DataFrame:
    """What is now told of each row's person. Raises CannotDecide for the first that is faulty."""
    stray = set(corrected) - {row.pk for row in rows}
    if stray:
        raise CannotDecide(_("Row %s is corrected but not named.") % min(stray))
    niks = decrypt_many((row.nik_encrypted for row in rows), "nik")
    phones = decrypt_many((row.phone_encrypted for row in rows), "phone")
    people = []
    for row, nik, phone in zip(rows, niks, phones, strict=True):
        told = {**_as_kept(row), "nik": nik or "", "phone": phone}
        right = corrected.get(row.pk, {})
        fault = _fault(row, {**told, **right}, right, agreement)
        if fault:
            raise CannotDecide(f"{row}: {fault}")
        people.append({**told, **right})
    frame = pl.DataFrame(people, schema=SCHEMA)
    twice = frame.filter(pl.col("nik").is_duplicated())
    if twice.height:
        row = next(row for row in rows if row.pk == twice["row_id"][-1])
        raise CannotDecide(f"{row}: " + _("the same NIK stands in another of these rows."))
    return frame


def _as_kept(row: RosterRow) -> dict[str, Any]:
    return {
        "row_id": row.pk,
        "name": row.name,
        "birth_date": row.birth_date,
        "sex": row.sex or None,
        "category": row.category,
        "sector": row.sector,
        "income": row.income,
        "region": row.region_id,
        "address": row.address,
        "roster_import_id": row.roster_import_id,
        "roster_source": f"{row}",
    }


def _fault(
    row: RosterRow, told: Mapping[str, Any], right: Mapping[str, Any], agreement: Agreement
) -> str:
    """What is still wrong with a row, or nothing."""
    unknown = set(right) - set(MAY_BE_CORRECTED)
    if unknown:
        return _("%s is nothing that can be corrected.") % min(unknown)
    if right.get("region") and not Region.objects.filter(code=right["region"]).exists():
        return str(_("there is no region %s.") % right["region"])
    if nik_fault(told["nik"]):
        return str(_("the NIK is faulty (%s).") % nik_fault(told["nik"]))
    if "nik" not in right and OF_THE_NIK & set(row.reasons):
        return _("the person of this NIK is dead, or insured already.")
    return _fault_of_words(told, agreement)


def _fault_of_words(told: Mapping[str, Any], agreement: Agreement) -> str:
    known = agreement.categories or Category.values
    checks = (
        (bool(told["name"].strip()), _("the name is missing.")),
        (told["category"] in known, _("the category is none of: %s.") % ", ".join(known)),
        (told["sector"] in Sector.values, _("the sector is none of: transport, other.")),
        ((told["income"] or 0) >= 0, _("an income is zero or more.")),
        (told["sex"] in (None, "", "L", "P"), _("the sex is L or P.")),
    )
    return next((fault for holds, fault in checks if not holds), "")


def _decide(rows: list[int], state: RowState, note: str, *, by: User, now: datetime) -> None:
    RosterRow.objects.filter(pk__in=rows).update(
        state=state, decided_at=now, decided_by=by, decision_note=note[:300]
    )

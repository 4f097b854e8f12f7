"""Are the totals by month still those of the facts?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min

from sertakan.analytics.models import MonthlyTotal
from sertakan.analytics.operations import rebuild
from sertakan.audit.models import Event
from sertakan.vocabulary import Month

NUMBERS = ("enrolled", "covered", "grace", "billed_rupiah", "paid_rupiah")
CHANGES_TOTALS = (
    "agreement", "bill", "enrolment", "payment", "person", "roster_import", "roster_row",
    "screening", "sponsor", "waiting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """What the check of the totals found: `differences`, and months to be made anew.

    A month is `old` when something was done after its totals were made; that is no fault of
    theirs, and they are not compared.
    """

    differences: list[str]
    old: list[Month]


@transaction.atomic
def check_totals() -> Totals:
    """Make every month again beside what stands and compare. Nothing is changed."""
    changed = _last_change()
    differences: list[str] = []
    old: list[Month] = []
    for month in _months():
        made_at = _made_at(month)
        if made_at is None or (changed is not None and changed > made_at):
            old.append(month)
        else:
            differences += _differences(month, made_at)
    return Totals(differences, old)


def _last_change() -> datetime | None:
    told = Event.objects.filter(subject_type__in=CHANGES_TOTALS).aggregate(last=Max("at"))
    last: datetime | None = told["last"]
    return last


def _months() -> list[Month]:
    days = MonthlyTotal.objects.order_by("month").values_list("month", flat=True).distinct()
    return [Month.of(day) for day in days]


def _made_at(month: Month) -> datetime | None:
    totals = MonthlyTotal.objects.filter(month=month.first_day)
    if totals.filter(made_at=None).exists():
        return None
    made_at: datetime | None = totals.aggregate(first=Min("made_at"))["first"]
    return made_at


def _differences(month: Month, made_at: datetime) -> list[str]:
    kept = _rows(month)
    with transaction.atomic():
        rebuild(first_month=month, last_month=month, now=made_at)
        again = _rows(month)
        transaction.set_rollback(True)
    return [
        f"totals of {month}, agreement {group[0]}, region {group[1]}, {group[2]}: "
        f"{_told(kept.get(group))} are kept, {_told(again.get(group))} come from the facts"
        for group in sorted({*kept, *again}, key=str)
        if kept.get(group) != again.get(group)
    ]


Group = tuple[int, str | None, str]


def _rows(month: Month) -> dict[Group, tuple[int, ...]]:
    rows = MonthlyTotal.objects.filter(month=month.first_day).values_list(
        "agreement_id", "region_id", "category", *NUMBERS
    )
    return {row[:3]: row[3:] for row in rows}


def _told(numbers: tuple[int, ...] | None) -> str:
    if numbers is None:
        return "none"
    return ", ".join(f"{name} {number}" for name, number in zip(NUMBERS, numbers, strict=True))

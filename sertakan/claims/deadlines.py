"""By when the law wants a claim to be paid, and what each day after that costs.

A request is complete when the required papers are there (PP 44/2015 Pasal 37, 40).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max

from sertakan.claims.models import Cause, Claim, Document
from sertakan.claims.queries import REQUIRED_DOCUMENTS
from sertakan.law import questions
from sertakan.law.decisions import Decision
from sertakan.law.facts import FactError
from sertakan.law.working_days import is_working_day


@dataclass(frozen=True, slots=True)
class Deadline:
    """`complete_on` and `due_on` are None while papers are missing.

    `working_days` are those left until the last day, below zero after it. `penalty` is in
    rupiah, as if it were paid on the day that was asked for; None where no amount is known.
    """

    complete_on: date | None
    due_on: date | None
    working_days: int | None
    days_late: int
    penalty: int | None
    law: Decision | None = None


def deadlines(claims: Collection[Claim], *, on: date) -> Mapping[int, Deadline]:
    """The deadline of each, by its key, in one query; `cash_rupiah` of each claim is used where
    it was annotated (`claims.queries.claims`)."""
    complete = dict(
        Document.objects.filter(claim__in=claims, kind__in=REQUIRED_DOCUMENTS)
        .values_list("claim_id")
        .annotate(kinds=Count("kind"), last=Max("received_on"))
        .filter(kinds=len(REQUIRED_DOCUMENTS))
        .values_list("claim_id", "last")
    )
    return {claim.pk: _deadline(claim, complete.get(claim.pk), on) for claim in claims}


def _deadline(claim: Claim, complete_on: date | None, on: date) -> Deadline:
    payout = getattr(claim, "payout", None)
    paid_on = payout.paid_on if payout else on
    if complete_on is None:
        return Deadline(None, None, None, 0, None)
    complete_on = max(complete_on, claim.reported_on)
    asked: dict[str, Any] = {
        "programme": "JKK" if claim.cause == Cause.WORK_ACCIDENT else "JKM",
        "complete_on": complete_on,
        "paid_on": max(paid_on, complete_on),
        "amount": payout.rupiah if payout else getattr(claim, "cash_rupiah", None),
    }
    try:
        found = questions.decide("late_payment", {k: v for k, v in asked.items() if v is not None})
    except FactError:  # a day so far off that no holidays are known
        return Deadline(complete_on, None, None, 0, None)
    due_on = date.fromisoformat(found.answer["due_on"])
    return Deadline(
        complete_on=complete_on,
        due_on=due_on,
        working_days=working_days_between(paid_on, due_on),
        days_late=found.answer["days_late"] or 0,
        penalty=found.answer["penalty"],
        law=found,
    )


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to `last`; below zero where `last` lies before it."""
    if last < first:
        return -working_days_between(last, first)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)

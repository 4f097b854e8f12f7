"""Was the worker covered on the day of death, and what is still owed?

Judged from payments received by the day of death. In grace the claim waits for the arrears;
once they are paid an officer looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sertakan.law import contributions, cover
from sertakan.law.cover import Cover, Payment
from sertakan.law.decisions import Case
from sertakan.law.memberships import Received, by_day
from sertakan.vocabulary import Month

if TYPE_CHECKING:
    from sertakan.law.death_judgement import Claim

_REFUSAL = {"not_yet": "died_before_cover", "lapsed": "not_covered"}


def judge(claim: Claim) -> None:
    """Try the rules of cover; sets cover, arrears, outcome, refusals and what is missing."""
    case = claim.case
    died_on: date | None = case.fact("died_on")
    if died_on is None:
        case.find("covered_on_the_day_of_death", None)
        claim.review.append("missing:died_on")
        return
    payments, known_on = case.fact("payments"), case.fact("known_on")
    last_day = died_on if known_on is None else min(died_on, known_on)
    received = by_day(each for each in payments or () if each.paid_on <= last_day)
    found, missing = case.part(lambda case: cover_at_death(case, died_on, received))
    held = None if found is None else found.status in ("covered", "grace")
    case.find("covered_on_the_day_of_death", held if not missing else None)
    if found is not None and found.status in _REFUSAL:
        claim.refused.append(_REFUSAL[found.status])
        claim.last_paid = found.paid_through if found.status == "lapsed" else None
        return
    claim.review += missing
    if found is None or missing:
        return
    claim.cover = found
    _judge_arrears(claim, died_on, found)


def cover_at_death(case: Case, died_on: date, received: Received) -> tuple[Cover | None, list[str]]:
    """Cover on that day from what was received by then, and the facts that it hangs on.

    Without `accepted_on` or `segment` the answer stands where every value gives the same.
    """
    accepted_on: date | None = case.fact("accepted_on")
    segment = case.fact("segment")
    if accepted_on is not None and accepted_on > died_on:
        return Cover("not_yet"), []
    if case.fact("payments") is None:
        missing = ["missing:payments"]
        return None, missing if accepted_on else ["missing:accepted_on", *missing]
    found = [
        _under(case, each, accepted_on, received, died_on)
        for each in ((segment,) if segment else contributions.SEGMENTS)
    ]
    if len({each.status for each in found}) > 1 or (segment is None and found[0].status == "grace"):
        return None, ["missing:segment"]
    if accepted_on is None and found[0].status in ("covered", "grace"):
        return found[0], ["missing:accepted_on"]
    return found[0], []


def _under(
    case: Case, segment: Any, accepted_on: date | None, received: Received, died_on: date
) -> Cover:
    accepted = accepted_on or date.min
    law = cover.rules(segment, accepted, died_on, case.book)
    case.cite(law.provisions)
    return cover.of_received(law, accepted, received, on=died_on, known_on=died_on)


def _judge_arrears(claim: Claim, died_on: date, found: Cover) -> None:
    """In grace: what is still to be paid, or that it was paid only after the death."""
    case = claim.case
    if found.status != "grace":
        return
    says = case.law("cover/death_in_grace", died_on)
    payments: Sequence[Payment] = case.fact("payments")
    known_on: date | None = case.fact("known_on")
    made_up = {
        month
        for payment in payments
        if payment.paid_on > died_on and (known_on is None or payment.paid_on <= known_on)
        for month in payment.months
    }
    owed = tuple(month for month in found.arrears_months if month not in made_up)
    case.find("contributions_paid_by_the_day_of_death", False)
    if says == "refused":
        claim.refused.append("not_covered")
    elif says == "payable":
        return
    elif not owed:
        claim.review.append("arrears_paid_after_death")
    else:
        claim.outcome = "pending_arrears"
        claim.arrears, missing = _price(case, owed)
        claim.review += missing


def _price(case: Case, owed: Sequence[Month]) -> tuple[int, list[str]]:
    """Rupiah for the months owed, each at its own tariff, and the facts still missing."""
    segment = case.fact("segment")
    needed = ("income",) if segment == "BPU" else ("wage", "risk_class")
    missing = [f"missing:{name}" for name in needed if case.fact(name) is None]
    if missing:
        case.find("arrears_known", None)
        return 0, missing
    amount = sum(_month(case, segment, month, owed[-1]) for month in owed)
    case.find("arrears_known", True)
    return amount, []


def _month(case: Case, segment: Any, month: Month, latest: Month) -> int:
    """One month owed; a month before the law began is priced as its first."""
    on = max(month, FIRST_MONTH)
    if segment == "PU":
        rates = contributions.tariff(
            segment="PU", month=on, risk_class=case.fact("risk_class"), book=case.book
        )
        case.cite(rates.cited())
        return rates.of(case.fact("wage")).total
    if case.law("bpu/arrears/tariff_of", on.first_day) == "latest_month":
        on = latest
    rates = contributions.tariff(
        segment="BPU",
        month=on,
        sector=case.fact("sector") or "other",
        fund=case.fact("fund") or "own",
        book=case.book,
    )
    case.cite(rates.cited())
    table = case.book.in_force("bpu/wage_bands", on.first_day)
    case.cite((table,))
    fine: int = case.law("bpu/late_fine", on.first_day)
    basis = contributions.band_in(table, case.fact("income")).basis
    return rates.of(basis).total + fine


FIRST_MONTH = Month(2015, 7)

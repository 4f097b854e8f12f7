"""What is the smallest change of facts that would turn a death that is not simply payable?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from sertakan.law import cover, death_judgement
from sertakan.law.cover import Payment
from sertakan.law.death_judgement import Claim
from sertakan.law.decisions import Change, to_give
from sertakan.law.facts import Will
from sertakan.vocabulary import Month


def turned_by(claim: Claim) -> tuple[Change, ...]:
    """The fewest changes that together turn a refusal or a review; none where it is payable."""
    if claim.outcome == "payable":
        return ()
    if claim.outcome == "refused":
        return _out_of_refusal(claim)
    missing = to_give(claim.review)
    if missing:
        return missing
    return _first_that_turns(claim, _candidates(claim))


def _out_of_refusal(claim: Claim) -> tuple[Change, ...]:
    needed: tuple[Change, ...] = ()
    if "not_working_when_accepted" in claim.refused:
        needed = (Change("working_when_accepted", True),)
        if claim.refused == ["not_working_when_accepted"]:
            return needed
    return _first_that_turns(claim, _candidates(claim), needed)


def _first_that_turns(
    claim: Claim, candidates: Sequence[Change], needed: tuple[Change, ...] = ()
) -> tuple[Change, ...]:
    """The first combination, by number, under which the outcome is another."""
    for number in range(1, len(candidates) + 1):
        for some in combinations(candidates, number):
            changed = dict(claim.case.facts)
            for change in (*needed, *some):
                changed = change.applied_to(changed)
            if _settled(death_judgement.judge(changed, claim.case.book), claim):
                return (*needed, *some)
    return ()


def _settled(then: Claim, now: Claim) -> bool:
    if now.outcome == "refused":
        return then.outcome != "refused"
    return then.outcome == "payable"


def _candidates(claim: Claim) -> list[Change]:
    facts: Mapping[str, Any] = claim.case.facts
    died_on: date = facts["died_on"]
    if "short_membership_without_heirs" in claim.review or "will_not_notarial" in claim.review:
        return _candidates_of_heirs(claim)
    candidates = []
    if facts.get("accepted_on") is not None and facts["accepted_on"] > died_on:
        candidates.append(Change("accepted_on", died_on))
    if facts.get("known_on") is not None and facts["known_on"] < died_on:
        candidates.append(Change("known_on", died_on))
    return [*candidates, Change("payments", _payment_that_keeps_cover(claim, died_on), "add")]


def _candidates_of_heirs(claim: Claim) -> list[Change]:
    if "will_not_notarial" in claim.review:
        will: Will = claim.case.facts["will"]
        return [Change("will", replace(will, notarial=True))]
    return []


def _payment_that_keeps_cover(claim: Claim, died_on: date) -> Payment:
    """One payment, at the latest moment that still helps, of the months that were not paid."""
    month = Month.of(died_on)
    if claim.cover is not None:
        return Payment(died_on, claim.cover.arrears_months or (month,))
    if claim.last_paid is None:
        return Payment(died_on, (month,))
    facts = claim.case.facts
    law = cover.rules(
        facts.get("segment") or "BPU",
        facts.get("accepted_on") or date.min,
        died_on,
        claim.case.book,
    )
    return Payment(
        min(law.grace_through(claim.last_paid), died_on),
        tuple((claim.last_paid + 1).through(month)),
    )

"""What a family is told of its claim: where it stands, what is missing, by when, how much.

A decision is told once a second officer has seen it. One that waits for something (arrears, a
paper, an officer's word) is told at once, because the family may be able to help.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sertakan.audit.operations import record
from sertakan.claims.models import Cause, Claim, Decision, Outcome, State
from sertakan.claims.queries import REQUIRED_DOCUMENTS
from sertakan.law import questions
from sertakan.law.book import the_law

StepName = Literal["reported", "papers", "decided", "second_look", "end"]
WAITING = (Outcome.PENDING_ARREARS, Outcome.REVIEW)
SEEN_TWICE = (State.APPROVED, State.REFUSED, State.PAID)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: done on a day, or not yet."""

    name: StepName
    on: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A benefit by its name, in rupiah, and the law that says so."""

    benefit: str
    rupiah: int
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class Story:
    """A claim as its family sees it.

    `decision` is None until it may be told. `due_on` is the law's last day for the payment,
    None while papers are missing; `days_late` and `penalty` (rupiah) count once it was paid.
    """

    claim: Claim
    steps: Sequence[Step]
    received: Sequence[tuple[str, date]]
    missing: Sequence[str]
    due_on: date | None
    deadline_days: int
    deadline_source: str
    days_late: int
    penalty: int
    decision: Decision | None
    reasons: Sequence[str]
    amounts: Sequence[Amount]
    sources: Sequence[str]
    scholarship: dict[str, Any] | None


def follow(*, reference: str, birth_date: date, now: datetime) -> Claim | None:
    """The claim of this reference, where the one who died was born on that day; recorded.

    None, alike, for a reference that nobody has and for another day.
    """
    found = Claim.objects.select_related("person").filter(reference=reference).first()
    if found is None or found.person.birth_date != birth_date:
        return None
    record(verb="followed", subject_type="claim", subject_id=found.pk, by=None, at=now)
    return found


def story(claim: Claim) -> Story:
    """What its family may know of the claim, in a constant number of queries."""
    received = list(
        claim.documents.order_by("received_on", "pk").values_list("kind", "received_on")
    )
    kinds = {kind for kind, _on in received}
    missing = [kind for kind in REQUIRED_DOCUMENTS if kind not in kinds]
    complete_on = (
        None if missing else max(on for kind, on in received if kind in REQUIRED_DOCUMENTS)
    )
    last = claim.decisions.select_related("approval").order_by("-number").first()
    payout = getattr(claim, "payout", None)
    paid_on = payout.paid_on if payout else None
    due = _deadline(claim, complete_on, paid_on, last)
    told = last if last and (claim.state in SEEN_TWICE or last.outcome in WAITING) else None
    answer = told.answer if told else {}
    return Story(
        claim=claim,
        steps=_steps(claim, complete_on, last, paid_on),
        received=received,
        missing=missing,
        **due,
        decision=told,
        reasons=[*answer.get("refused_because", ()), *answer.get("review_because", ())],
        amounts=_amounts(told) if told and told.outcome == Outcome.PAYABLE else [],
        sources=_sources(told.provisions) if told else [],
        scholarship=answer.get("scholarship"),
    )


def _deadline(
    claim: Claim, complete_on: date | None, paid_on: date | None, last: Decision | None
) -> dict[str, Any]:
    programme = "JKK" if claim.cause == Cause.WORK_ACCIDENT else "JKM"
    asked: dict[str, Any] = {"programme": programme}
    if complete_on:
        asked["complete_on"] = complete_on.isoformat()
    if paid_on:
        asked["paid_on"] = paid_on.isoformat()
        asked["amount"] = last.cash_rupiah if last else None
    answer = questions.decide("late_payment", asked).answer
    name = f"{programme.lower()}/pay_deadline"
    provision = the_law().in_force(name, complete_on or claim.reported_on)
    return {
        "due_on": date.fromisoformat(answer["due_on"]) if answer["due_on"] else None,
        "days_late": answer["days_late"] or 0,
        "penalty": answer["penalty"] or 0,
        "deadline_days": provision.value,
        "deadline_source": provision.source,
    }


def _steps(
    claim: Claim, complete_on: date | None, last: Decision | None, paid_on: date | None
) -> list[Step]:
    settled = last is not None and last.outcome not in WAITING
    approval = getattr(last, "approval", None) if last else None
    looked = approval.approved_at.date() if approval else None
    return [
        Step("reported", claim.reported_on, True),
        Step("papers", complete_on, complete_on is not None),
        Step("decided", last.decided_on if last and settled else None, settled),
        Step("second_look", looked, approval is not None),
        Step("end", paid_on, claim.state in (State.PAID, State.REFUSED)),
    ]


def _amounts(decision: Decision) -> list[Amount]:
    cited = {each["name"]: each["source"] for each in decision.provisions}
    return [
        Amount(
            line["benefit"],
            line["amount"],
            list(dict.fromkeys(cited[name] for name in line["provisions"] if name in cited)),
        )
        for line in decision.lines
    ]


def _sources(provisions: Sequence[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(each["source"] for each in provisions))

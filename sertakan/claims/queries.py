"""Where claims stand, what is missing, and what today's law would decide otherwise."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from sertakan.claims.models import Claim, Decision
from sertakan.law import death_claims
from sertakan.law.book import Book, NotInForce
from sertakan.law.facts import FactError

# PP 44/2015 Pasal 40(3): a request with the document of death and the statement of heirs. The
# membership card is not asked for: the records show the membership.
REQUIRED_DOCUMENTS = ("death_certificate", "heir_statement")


def last_decision(claim: Claim) -> Decision | None:
    """The decision that counts."""
    return claim.decisions.order_by("-number").first()


def documents_missing(claim: Claim) -> list[str]:
    """The kinds of required papers not received yet."""
    received = set(claim.documents.values_list("kind", flat=True))
    return [kind for kind in REQUIRED_DOCUMENTS if kind not in received]


def claims(*, state: str | None = None) -> QuerySet[Claim]:
    """Claims with person, `outcome` and `cash_rupiah` of the last decision, and whether it was
    `sent_back`; the newest first."""
    last = Decision.objects.filter(claim=OuterRef("pk")).order_by("-number")
    found = Claim.objects.select_related("person", "payout").annotate(
        outcome=Subquery(last.values("outcome")[:1]),
        cash_rupiah=Subquery(last.values("cash_rupiah")[:1]),
        sent_back=Subquery(last.values("sent_back__pk")[:1]),
    )
    return (found.filter(state=state) if state else found).order_by("-reported_on", "-pk")


@dataclass(frozen=True, slots=True)
class Redecided:
    """A decision that today's book would make otherwise.

    `changed` names the parts of the answer that differ, each (then, now); `rupiah` is how much
    more cash it would be, below zero for less.
    """

    claim: Claim
    decision: Decision
    changed: dict[str, tuple[Any, Any]]
    rupiah: int


def redecide(*, since: date, book: Book | None = None) -> Iterator[Redecided]:
    """The last decisions made on or after a day that the book would make otherwise today.

    Each is decided again from the very facts that it was given. Nothing is written.
    """
    last = Decision.objects.filter(claim=OuterRef("claim")).order_by("-number").values("pk")[:1]
    decisions = (
        Decision.objects.filter(pk=Subquery(last), decided_on__gte=since)
        .select_related("claim")
        .order_by("pk")
    )
    for decision in decisions.iterator():
        now = _answer_today(decision, book)
        then = decision.answer
        changed = {
            name: (then.get(name), now.get(name))
            for name in {**then, **now}
            if then.get(name) != now.get(name)
        }
        if changed:
            more = now.get("cash_total", 0) - then["cash_total"]
            yield Redecided(decision.claim, decision, changed, more)


def _answer_today(decision: Decision, book: Book | None) -> dict[str, Any]:
    try:
        answer = death_claims.decide(decision.facts, book).as_dict()["answer"]
    except (FactError, NotInForce) as refusal:
        return {"outcome": f"error: {refusal}", "cash_total": 0}
    as_kept: dict[str, Any] = json.loads(json.dumps(answer))
    return as_kept

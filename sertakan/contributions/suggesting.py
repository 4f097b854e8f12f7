"""Whose money may it be? What an unmatched payment looks like, for a person to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from sertakan.contributions.models import Bill, Payment
from sertakan.sponsors.models import Sponsor

Why = Literal["code_mistyped", "same_amount", "named"]
OWED = "SELECT rupiah FROM contributions_outstanding o WHERE o.bill_id = contributions_bill.id"
CODE_DIGITS = 13
SHORTEST_NAME = 5
AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A bill, or a sponsor, that the money may be for, and what speaks for it."""

    why: Why
    bill: Bill | None
    sponsor: Sponsor


def with_owed(bills: QuerySet[Bill]) -> QuerySet[Any]:
    """Bills with `owed`: rupiah left to pay; null for a correction."""
    return bills.annotate(owed=RawSQL(OWED, []))


def suggestions(
    payment: Payment, *, bills: QuerySet[Bill], sponsors: QuerySet[Sponsor]
) -> list[Suggestion]:
    """Bills whose code is one slip of the hand away, bills of just this amount, sponsors named
    in what the bank wrote; among those given. At most eight, the surest first."""
    owed = with_owed(bills.select_related("agreement__sponsor")).filter(owed__gt=0)
    found = [
        *(
            Suggestion("code_mistyped", bill, bill.agreement.sponsor)
            for bill in owed.filter(payment_code__in=list(slips(payment.payment_code)))[:AT_MOST]
        ),
        *(
            Suggestion("same_amount", bill, bill.agreement.sponsor)
            for bill in owed.filter(owed=payment.rupiah).order_by("due_on", "pk")[:AT_MOST]
        ),
        *(Suggestion("named", None, sponsor) for sponsor in _named(payment, sponsors)),
    ]
    once = {(each.bill.pk if each.bill else None, each.sponsor.pk): each for each in found[::-1]}
    return [each for each in found if each in once.values()][:AT_MOST]


def slips(written: str) -> Iterator[str]:
    """Codes of the right length that are one wrong digit, or one swap of neighbours, away."""
    if not (written.isascii() and written.isdecimal() and len(written) == CODE_DIGITS):
        return
    for at, digit in enumerate(written):
        for other in "0123456789":
            if other != digit:
                yield written[:at] + other + written[at + 1 :]
        if at + 1 < len(written):
            yield written[:at] + written[at + 1] + digit + written[at + 2 :]


def _named(payment: Payment, sponsors: QuerySet[Sponsor]) -> list[Sponsor]:
    """Sponsors whose name stands in what the bank wrote as the code, blanks or not."""
    plain = "".join(mark for mark in payment.payment_code.lower() if mark.isalnum())
    if not any(mark.isalpha() for mark in plain):
        return []
    candidates: QuerySet[Any] = sponsors.annotate(length=Length("name"))
    candidates = candidates.filter(length__gte=SHORTEST_NAME)
    return [
        sponsor
        for sponsor in candidates.order_by("pk")[:2_000]
        if "".join(mark for mark in sponsor.name.lower() if mark.isalnum()) in plain
    ][:AT_MOST]

"""Receiving money: once, whatever the bank repeats; lost never, whoever it is from.

A payment names a bill by its code, or a sponsor, or nothing that is known: then it is kept as
unmatched money until someone finds out whose it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.contributions.errors import CannotReceive, ReceivedOtherwise
from sertakan.contributions.holding import hold
from sertakan.contributions.models import Bill
from sertakan.contributions.settling import Allocated, Money, settle
from sertakan.ledger.operations import Posting, post_many
from sertakan.sponsors.models import Sponsor


@dataclass(frozen=True, slots=True)
class Incoming:
    """One payment as the bank tells it: by whom (`sponsor`, an id) or for what, if it says so."""

    bank: str
    bank_reference: str
    received_on: date
    rupiah: int
    payment_code: str = ""
    sponsor: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a payment: `received`, `repeated` (nothing was done) or `unmatched`.

    `allocated` rupiah of the sponsor's money, credit included, paid `months` person-months.
    """

    payment: int
    bank: str
    bank_reference: str
    outcome: str
    rupiah: int
    sponsor: int | None
    bill: int | None
    allocated: int = 0
    months: int = 0


FRAME = pl.Schema(
    {
        "payment": pl.Int64, "bank": pl.String, "bank_reference": pl.String,
        "outcome": pl.String, "rupiah": pl.Int64, "sponsor": pl.Int64, "bill": pl.Int64,
        "allocated": pl.Int64, "months": pl.Int64,
    }
)  # fmt: skip


@transaction.atomic
def receive(
    *, payments: pl.DataFrame | Iterable[Mapping[str, Any]], by: User | None, now: datetime
) -> pl.DataFrame:
    """Record payments, each once by (bank, bank_reference), and pay whole months with them.

    Columns: bank, bank_reference, received_on (day), rupiah, and payment_code or sponsor (id),
    each of which may be null. Money that names a bill pays that bill; money that names only a
    sponsor pays the sponsor's open bills, oldest first. The sponsor's credit is used after it,
    and what is left is credit. Months count as paid from `received_on`.

    The answer has a row for each payment, in order: the fields of `Received`. A repeated
    payment changes nothing. Raises CannotReceive for what is no payment, ReceivedOtherwise for a
    known reference with other facts; then nothing of the batch is recorded.
    """
    incoming = _read(payments)
    bills = _bills({each.payment_code for each in incoming if each.payment_code})
    targets = {
        each: _target(each, bills) for each in dict.fromkeys(incoming)
    }  # the same payment twice in one batch is one
    _refuse_unknown_sponsors({sponsor for sponsor, _bill in targets.values() if sponsor})
    hold(sponsors=[sponsor for sponsor, _bill in targets.values() if sponsor])
    received: dict[Incoming, Received] = {}
    for batch in _rounds(targets):
        received |= _receive_round(batch, targets, by, now)
    _record(list(received.values()), by, now)
    rows, seen = [], set()
    for each in incoming:
        rows.append(_answer(received[each], repeated=each in seen))
        seen.add(each)
    return pl.DataFrame(rows, schema=FRAME, orient="row")


def _read(payments: pl.DataFrame | Iterable[Mapping[str, Any]]) -> list[Incoming]:
    rows = payments.iter_rows(named=True) if isinstance(payments, pl.DataFrame) else payments
    incoming = [_incoming(number, row) for number, row in enumerate(rows, 1)]
    facts: dict[tuple[str, str], Incoming] = {}
    for each in incoming:
        if facts.setdefault((each.bank, each.bank_reference), each) != each:
            raise _otherwise(each)
    return incoming


def _incoming(number: int, row: Mapping[str, Any]) -> Incoming:
    bank, reference = ((row.get(name) or "").strip() for name in ("bank", "bank_reference"))
    amount, received_on = row.get("rupiah"), row.get("received_on")
    if not bank or not reference:
        raise CannotReceive(_("Payment %s has no bank or no bank reference.") % number)
    if type(amount) is not int or amount <= 0:
        raise CannotReceive(
            _("Payment %(number)s (%(reference)s): the amount must be whole rupiah above zero.")
            % {"number": number, "reference": reference}
        )
    if type(received_on) is not date:
        raise CannotReceive(
            _("Payment %(number)s (%(reference)s) has no day on which it was received.")
            % {"number": number, "reference": reference}
        )
    code = "".join((row.get("payment_code") or "").split())
    return Incoming(bank, reference, received_on, amount, code, row.get("sponsor"))


def _bills(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By payment code: the sponsor and the bill."""
    found = Bill.objects.filter(payment_code__in=list(codes))
    return {
        code: (sponsor, bill)
        for code, sponsor, bill in found.values_list("payment_code", "agreement__sponsor_id", "id")
        if code is not None
    }


def _target(
    payment: Incoming, bills: Mapping[str, tuple[int, int]]
) -> tuple[int | None, int | None]:
    """Whose money it is and for which bill, as far as is known."""
    return bills.get(payment.payment_code, (payment.sponsor, None))


def _refuse_unknown_sponsors(sponsors: set[int]) -> None:
    known = set(Sponsor.objects.filter(pk__in=sponsors).values_list("pk", flat=True))
    if unknown := sorted(sponsors - known):
        raise CannotReceive(_("There is no sponsor %s.") % unknown[0])


def _rounds(
    targets: Mapping[Incoming, tuple[int | None, int | None]],
) -> Iterable[list[Incoming]]:
    """The payments in order of day and reference, in rounds with one of each sponsor at most."""
    in_order = sorted(targets, key=lambda each: (each.received_on, each.bank, each.bank_reference))
    taken: Counter[int] = Counter()
    rounds: dict[int, list[Incoming]] = {}
    for each in in_order:
        sponsor = targets[each][0]
        place = taken[sponsor] if sponsor else 0
        if sponsor:
            taken[sponsor] += 1
        rounds.setdefault(place, []).append(each)
    return (sorted(rounds[place], key=_reference) for place in sorted(rounds))


def _reference(payment: Incoming) -> tuple[str, str]:
    return payment.bank, payment.bank_reference


WRITE = """
    INSERT INTO contributions_payment
        (bank, bank_reference, received_on, rupiah, payment_code, sponsor_id, bill_id,
        recorded_at, recorded_by_id)
    SELECT *, %(now)s, %(by)s FROM unnest(
        %(bank)s::text[], %(reference)s::text[], %(on)s::date[], %(rupiah)s::bigint[],
        %(code)s::text[], %(sponsor)s::bigint[], %(bill)s::bigint[]
    )
    ON CONFLICT (bank, bank_reference) DO NOTHING
    RETURNING bank, bank_reference, id
"""
STANDING = """
    SELECT p.bank, p.bank_reference, p.id, p.received_on, p.rupiah, p.payment_code, p.sponsor_id,
        p.bill_id
    FROM contributions_payment p
    JOIN unnest(%s::text[], %s::text[]) AS n (bank, reference)
        ON p.bank = n.bank AND p.bank_reference = n.reference
"""


def _receive_round(
    batch: list[Incoming],
    targets: Mapping[Incoming, tuple[int | None, int | None]],
    by: User | None,
    now: datetime,
) -> dict[Incoming, Received]:
    written = _write(batch, targets, by, now)
    new = [each for each in batch if _reference(each) in written]
    post_many(
        postings=[
            Posting(
                each.received_on,
                f"payment/{written[_reference(each)]}",
                f"{each.bank} {each.bank_reference}"[:200],
                {"bank": each.rupiah, _owed_to(targets[each][0]): -each.rupiah},
            )
            for each in new
        ],
        now=now,
    ) if new else 0
    allocated = settle(
        [
            Money(sponsor, each.received_on, bill, written[_reference(each)], each.rupiah)
            for each in new
            for sponsor, bill in [targets[each]]
            if sponsor is not None
        ],
        now=now,
    )
    return {
        each: _received(each, targets[each], written[_reference(each)], allocated) for each in new
    } | _repeated([each for each in batch if _reference(each) not in written])


def _owed_to(sponsor: int | None) -> str:
    return f"credit/sponsor/{sponsor}" if sponsor else "unmatched"


def _write(
    batch: Sequence[Incoming],
    targets: Mapping[Incoming, tuple[int | None, int | None]],
    by: User | None,
    now: datetime,
) -> dict[tuple[str, str], int]:
    """Write those whose reference is new; their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "bank": [each.bank for each in batch],
                "reference": [each.bank_reference for each in batch],
                "on": [each.received_on for each in batch],
                "rupiah": [each.rupiah for each in batch],
                "code": [each.payment_code for each in batch],
                "sponsor": [targets[each][0] for each in batch],
                "bill": [targets[each][1] for each in batch],
                "now": now,
                "by": by.pk if by else None,
            },
        )
        return {(bank, reference): payment for bank, reference, payment in cursor.fetchall()}


def _received(
    payment: Incoming,
    target: tuple[int | None, int | None],
    payment_id: int,
    allocated: Sequence[Allocated],
) -> Received:
    sponsor, bill = target
    own = [each for each in allocated if each.sponsor == sponsor]
    return Received(
        payment_id,
        payment.bank,
        payment.bank_reference,
        "received" if sponsor else "unmatched",
        payment.rupiah,
        sponsor,
        bill,
        sum(each.rupiah for each in own),
        sum(each.lines for each in own),
    )


def _repeated(batch: Sequence[Incoming]) -> dict[Incoming, Received]:
    """What stands of payments known before. Raises ReceivedOtherwise where it is not the same."""
    if not batch:
        return {}
    with connection.cursor() as cursor:
        references = [[each.bank for each in batch], [each.bank_reference for each in batch]]
        cursor.execute(STANDING, references)
        standing = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
    found = {}
    for each in batch:
        payment_id, on, amount, code, sponsor, bill = standing[_reference(each)]
        same_sponsor = each.sponsor is None or each.sponsor == sponsor
        if (on, amount, code) != (each.received_on, each.rupiah, each.payment_code) or not (
            same_sponsor
        ):
            raise _otherwise(each)
        found[each] = Received(
            payment_id, each.bank, each.bank_reference, "repeated", amount, sponsor, bill
        )
    return found


def _otherwise(payment: Incoming) -> ReceivedOtherwise:
    return ReceivedOtherwise(
        _("The reference %(reference)s of %(bank)s stands already with other facts.")
        % {"reference": payment.bank_reference, "bank": payment.bank}
    )


def _answer(received: Received, *, repeated: bool) -> tuple[Any, ...]:
    outcome = "repeated" if repeated else received.outcome
    return (
        received.payment, received.bank, received.bank_reference, outcome, received.rupiah,
        received.sponsor, received.bill,
        0 if repeated else received.allocated, 0 if repeated else received.months,
    )  # fmt: skip


def _record(received: Sequence[Received], by: User | None, now: datetime) -> None:
    new = [each for each in received if each.outcome != "repeated"]
    if not new:
        return
    record(
        verb="received", subject_type="payment",
        subject_id=new[0].payment if len(new) == 1 else "", by=by, at=now,
        payments=len(new), rupiah=sum(each.rupiah for each in new),
        allocated=sum(each.allocated for each in new), months=sum(each.months for each in new),
        unmatched=sum(each.outcome == "unmatched" for each in new),
        repeated=len(received) - len(new),
    )  # fmt: skip

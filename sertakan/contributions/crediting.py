"""Using money that came before it was known what for: unmatched payments and credit."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.contributions.errors import CannotMatch
from sertakan.contributions.holding import hold
from sertakan.contributions.models import Bill, Matching, Payment
from sertakan.contributions.settling import Allocated, Money, settle
from sertakan.ledger.operations import post
from sertakan.sponsors.models import Sponsor
from sertakan.vocabulary import rupiah


@transaction.atomic
def match_payment(
    *,
    payment: Payment,
    bill: Bill | None = None,
    sponsor: Sponsor | None = None,
    on: date,
    by: User,
    now: datetime,
) -> Matching:
    """Say whose an unmatched payment is: of a bill, or of a sponsor. Then it pays like any other.

    Its months count as paid from the day the money was received. Raises CannotMatch.
    """
    owner = bill.agreement.sponsor_id if bill else sponsor.pk if sponsor else None
    if owner is None or (bill and bill.corrects_id):
        raise CannotMatch(_("Money is matched with a bill or with a sponsor."))
    hold(sponsors=[owner])
    taken = Matching.objects.filter(payment=payment).exists()
    if payment.sponsor_id is not None or taken:
        raise CannotMatch(
            _("Payment %(reference)s of %(amount)s is matched already.")
            % {"reference": payment.bank_reference, "amount": rupiah(payment.rupiah)}
        )
    matching = Matching.objects.create(
        payment=payment, sponsor_id=owner, bill=bill, matched_on=on, matched_at=now, matched_by=by
    )
    post(
        on=on,
        reference=f"payment/{payment.pk}/matched",
        memo=f"{payment.bank} {payment.bank_reference}"[:200],
        lines={"unmatched": payment.rupiah, f"credit/sponsor/{owner}": -payment.rupiah},
        now=now,
    )
    money = Money(owner, payment.received_on, bill.pk if bill else None, payment.pk, payment.rupiah)
    allocated = settle([money], now=now)
    record(
        verb="matched", subject_type="payment", subject_id=payment.pk, by=by, at=now,
        sponsor=owner, bill=bill.pk if bill else None, rupiah=payment.rupiah,
        allocated=sum(each.rupiah for each in allocated),
    )  # fmt: skip
    return matching


@transaction.atomic
def apply_credit(
    *, sponsor: Sponsor, bill: Bill | None = None, on: date, by: User, now: datetime
) -> list[Allocated]:
    """Use a sponsor's credit for a bill, or for every open bill of the sponsor, oldest first.

    Months count as paid from `on`. No credit or no open bill: nothing is done, the list is empty.
    """
    hold(sponsors=[sponsor.pk])
    allocated = settle([Money(sponsor.pk, on, bill.pk if bill else None)], now=now)
    if allocated:
        record(
            verb="credit_applied", subject_type="sponsor", subject_id=sponsor.pk, by=by, at=now,
            bills=[each.bill for each in allocated],
            rupiah=sum(each.rupiah for each in allocated),
        )  # fmt: skip
    return allocated

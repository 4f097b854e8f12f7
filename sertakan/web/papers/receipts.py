"""A payment, and what became of it, as its receipt says it."""

from sertakan.contributions.models import Allocation, Bill, Payment
from sertakan.contributions.queries import credit_on
from sertakan.documents.receipts import Allocated, Receipt
from sertakan.regions.models import Branch
from sertakan.sponsors.models import Sponsor
from sertakan.vocabulary import Month
from sertakan.web.papers.offices import issuer_of
from sertakan.web.place_names import place_name

# What `receipt_paper` reads of a payment; fetched with it.
NAMED = (
    "sponsor",
    "bill__agreement__branch",
    "matching__sponsor",
    "matching__bill__agreement__branch",
)


def receipt_paper(payment: Payment) -> Receipt | None:
    """The receipt of a payment; None while nobody knows whose money it is.

    The credit is the sponsor's at the end of the day on which the money arrived.
    """
    matching = getattr(payment, "matching", None)
    sponsor: Sponsor | None = payment.sponsor or (matching.sponsor if matching else None)
    if sponsor is None:
        return None
    target: Bill | None = payment.bill or (matching.bill if matching else None)
    allocations = list(payment.allocations.select_related("bill__agreement__branch").order_by("pk"))
    return Receipt(
        number=f"KW-{payment.received_on:%Y%m}-{payment.pk:07}",
        sponsor=place_name(sponsor.name),
        received_on=payment.received_on,
        rupiah=payment.rupiah,
        bank=payment.bank,
        bank_reference=payment.bank_reference,
        credit=credit_on(sponsor, on=payment.received_on),
        issuer=issuer_of(_branch(target, allocations)),
        bill=target.number if target else None,
        payment_code=payment.payment_code if target else "",
        allocated=tuple(
            Allocated(
                bill=each.bill.number,
                first_month=Month.of(each.bill.first_month),
                last_month=Month.of(each.bill.last_month),
                person_months=each.line_count,
                rupiah=each.rupiah,
                from_credit=each.from_credit,
            )
            for each in allocations
        ),
    )


def _branch(target: Bill | None, allocations: list[Allocation]) -> Branch | None:
    """That of the bill it was meant for, else of the first bill it paid."""
    paid = target or (allocations[0].bill if allocations else None)
    return paid.agreement.branch if paid else None

"""How agreements stand on a day: places, budget, money, line; for many at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from sertakan.contributions.models import Allocation, Bill, Spending
from sertakan.enrolment.models import PlaceChange, Waiting, WaitingState
from sertakan.sponsors import operations
from sertakan.sponsors.errors import AgreementNotFound
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.web.guard import MovedOn


@dataclass(frozen=True, slots=True)
class Standing:
    """One agreement: `taken` places on the day, people `waiting`; rupiah `billed` and `paid`."""

    agreement: Agreement
    taken: int
    waiting: int
    billed: int
    paid: int
    runs: bool

    @property
    def free(self) -> int:
        """Places that nobody has on the day."""
        return self.agreement.places - self.taken

    @property
    def budget_left(self) -> int:
        """Rupiah of the budget that no bill has used."""
        return self.agreement.budget_rupiah - self.billed

    @property
    def owed(self) -> int:
        """Rupiah billed and not paid yet."""
        return self.billed - self.paid


def size_of(agreement: Agreement) -> tuple[int, int]:
    """Places and budget: what is agreed to, and may change."""
    return agreement.places, agreement.budget_rupiah


def held(agreement: Agreement) -> Agreement:
    """The agreement as it stands, held until the transaction ends. Raises MovedOn if it is gone."""
    try:
        return operations.held(agreement)
    except AgreementNotFound:
        raise MovedOn from None


def standings(agreements: Collection[Agreement], *, on: date) -> list[Standing]:
    """How each stands on the day, in their order; a constant number of queries."""
    keys = [agreement.pk for agreement in agreements]
    taken = dict(
        PlaceChange.objects.filter(agreement__in=keys, day__lte=on)
        .values_list("agreement_id")
        .annotate(Sum("change"))
        .order_by()
    )
    waiting = dict(
        Waiting.objects.filter(agreement__in=keys, state=WaitingState.WAITING)
        .values_list("agreement_id")
        .annotate(Count("pk"))
        .order_by()
    )
    spent = dict(
        Spending.objects.filter(agreement__in=keys).values_list("agreement_id", "billed_rupiah")
    )
    paid = _paid(keys)
    return [
        Standing(
            agreement=agreement,
            taken=taken.get(agreement.pk, 0),
            waiting=waiting.get(agreement.pk, 0),
            billed=spent.get(agreement.pk, 0),
            paid=paid.get(agreement.pk, 0),
            runs=agreement.state == AgreementState.APPROVED
            and agreement.starts_on <= on < agreement.ends_on,
        )
        for agreement in agreements
    ]


def _paid(agreements: Collection[int]) -> dict[int, int]:
    """What was set against bills, less what corrections gave back."""
    allocated = (
        Allocation.objects.filter(bill__agreement__in=agreements)
        .values_list("bill__agreement_id")
        .annotate(Sum("rupiah"))
        .order_by()
    )
    refunded = dict(
        Bill.objects.filter(agreement__in=agreements, corrects__isnull=False)
        .values_list("agreement_id")
        .annotate(Sum("refund_rupiah"))
        .order_by()
    )
    return {key: rupiah - refunded.get(key, 0) for key, rupiah in allocated}

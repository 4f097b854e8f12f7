"""What a rupiah returned: what sponsors paid for cover, and what families received."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest

from sertakan.claims.models import Claim, Payout
from sertakan.vocabulary import Month
from sertakan.web.guard import seen


@dataclass(frozen=True, slots=True)
class Returned:
    """Rupiah `paid` for the cover of the months, and paid to `families` in the same months."""

    first: Month
    last: Month
    paid: int
    families: int
    to_families: int

    @property
    def for_each_thousand(self) -> int | None:
        """Rupiah that families received for each thousand that sponsors paid."""
        return round(1000 * self.to_families / self.paid) if self.paid else None


def payouts(request: HttpRequest, first: Month, last: Month) -> QuerySet[Payout]:
    """What was paid to families in these months, on claims in the scope."""
    days: tuple[date, date] = (first.first_day, last.last_day)
    return Payout.objects.filter(
        claim__in=seen(request, Claim.objects.all()), paid_on__range=days
    ).select_related("claim__person")


def returned(request: HttpRequest, first: Month, last: Month, paid: int) -> Returned:
    """Beside `paid`, what came back to families."""
    told = payouts(request, first, last).aggregate(families=Count("pk"), rupiah=Sum("rupiah"))
    return Returned(first, last, paid, told["families"], told["rupiah"] or 0)

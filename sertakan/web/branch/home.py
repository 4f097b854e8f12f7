"""The branch's pages begin here: what needs doing today, the most pressing first."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.claims.deadlines import Deadline, deadlines
from sertakan.claims.models import Claim, Outcome, State
from sertakan.claims.queries import claims
from sertakan.contributions.models import Bill, Payment
from sertakan.contributions.suggesting import with_owed
from sertakan.sponsors.models import Agreement, AgreementState, StandingApproval
from sertakan.web import clock
from sertakan.web.branch.payments import UNMATCHED
from sertakan.web.guard import seen

OPEN = (State.REPORTED, State.DECIDED, State.APPROVED)
LOOKED_AT = 300  # open claims whose deadlines are reckoned
SHOWN = 6
ENDING = timedelta(days=45)


@dataclass
class Desk:
    """Claims that wait for the same deed, those due first first."""

    rows: list[tuple[Claim, Deadline]] = field(default_factory=list)

    @property
    def shown(self) -> list[tuple[Claim, Deadline]]:
        """The first few."""
        return self.rows[:SHOWN]

    @property
    def late(self) -> int:
        """How many are past the law's last day."""
        return sum(1 for _claim, left in self.rows if left.days_late)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs doing today."""
    today = clock.today()
    drafts = seen(request, Agreement.objects.filter(state=AgreementState.DRAFT))
    ending = seen(
        request,
        Agreement.objects.filter(
            state=AgreementState.APPROVED,
            ends_on__range=(today, today + ENDING),
            renewed_by=None,
        ),
    )
    overdue = with_owed(seen(request, Bill.objects.filter(corrects=None, due_on__lt=today)))
    return render(
        request,
        "web/branch/home.html",
        {
            "today": today,
            "drafts": list(drafts.select_related("sponsor").order_by("pk")[:SHOWN]),
            "drafts_all": drafts.count(),
            "unmatched": seen(request, Payment.objects.filter(UNMATCHED)).aggregate(
                count=Count("pk"), rupiah=Sum("rupiah")
            ),
            "overdue": overdue.filter(owed__gt=0).aggregate(count=Count("pk"), rupiah=Sum("owed")),
            "ending": list(ending.select_related("sponsor").order_by("ends_on")[:SHOWN]),
            "standing": seen(request, StandingApproval.objects.filter(ended_at=None))
            .select_related("given_by")
            .first(),
            **desks(request),
        },
    )


def desks(request: HttpRequest) -> dict[str, Any]:
    """Open claims by what they wait for: `deciding`, `approving`, `paying`."""
    open_claims: list[Any] = list(
        seen(request, claims().filter(state__in=OPEN)).order_by("reported_on", "pk")[:LOOKED_AT]
    )
    left = deadlines(open_claims, on=clock.today())
    deciding, approving, paying = Desk(), Desk(), Desk()
    for claim in sorted(open_claims, key=lambda each: _urgency(left[each.pk])):
        desk = paying if claim.state == State.APPROVED else deciding
        if claim.state == State.DECIDED and claim.outcome in (Outcome.PAYABLE, Outcome.REFUSED):
            desk = deciding if claim.sent_back else approving
        desk.rows.append((claim, left[claim.pk]))
    return {"deciding": deciding, "approving": approving, "paying": paying}


def _urgency(left: Deadline) -> tuple[bool, int]:
    return left.working_days is None, left.working_days or 0

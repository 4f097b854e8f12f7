"""What my money did: months of people, rupiah in and used, and families, never which."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.claims.models import Claim
from sertakan.contributions.of_sponsors import money_of
from sertakan.contributions.queries import credit
from sertakan.enrolment.models import Enrolment
from sertakan.sponsors.models import Agreement
from sertakan.web import clock
from sertakan.web.figures.small_cells import LEAST
from sertakan.web.guard import seen
from sertakan.web.sponsoring.drafting import sponsor_of


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The figures of one sponsor. A number of families below five is not told, nor is none."""
    sponsor, today = sponsor_of(request), clock.today()
    sums = money_of(sponsor)
    families = (
        Claim.objects.filter(state="paid", person__enrolments__agreement__sponsor=sponsor)
        .distinct()
        .count()
    )
    running = seen(request, Enrolment.objects.filter(starts_on__lte=today, ends_on__gt=today))
    told = {
        "sums": sums,
        "credit": credit(sponsor),
        "people": running.count(),
        "families": families if families >= LEAST else None,
        "least": LEAST,
        "agreements": seen(request, Agreement.objects.all())
        .select_related("spending")
        .order_by("-pk")[:50],
    }
    return render(request, "web/sponsoring/money.html", told)

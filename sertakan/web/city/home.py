"""What a city's people find first: what needs doing today, and how the city stands."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sertakan.access.queries import may_open
from sertakan.access.roles import Role
from sertakan.analytics.models import MonthlyTotal
from sertakan.contributions.models import Bill
from sertakan.enrolment.models import Finding, FindingState, RosterUpload, UploadState
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.web import clock
from sertakan.web.agreement_figures import Standing, standings
from sertakan.web.bill_figures import owed_of
from sertakan.web.city.agreements import with_names
from sertakan.web.city.rows import rows_open
from sertakan.web.figures.public import latest_month
from sertakan.web.guard import acting, seen

SOON = timedelta(days=14)
MOST_AGREEMENTS = 200


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for somebody: what, how many, and the page where it is done."""

    page: str
    told: str | Promise
    count: int
    url: str
    urgent: bool = False


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs doing today; below it, places, budgets and cover of the running agreements."""
    running = _running(request)
    return render(
        request,
        "web/city/home.html",
        {
            "today": clock.today(),
            "tasks": [task for task in _tasks(request, running) if task.count],
            "standings": running[:3],
            "more": len(running) > 3,
            "covered": _covered(request),
        },
    )


def _running(request: HttpRequest) -> list[Standing]:
    """The agreements that run today, those with most places first."""
    today = clock.today()
    if not may_open(acting(request), "city-agreements"):
        return []
    running = seen(request, with_names()).filter(
        state=AgreementState.APPROVED, starts_on__lte=today, ends_on__gt=today
    )
    return standings(running.order_by("-places", "pk")[:MOST_AGREEMENTS], on=today)


def _tasks(request: HttpRequest, running: list[Standing]) -> list[Task]:
    """Everything that may wait, in the order of the chain; those whose page may be opened."""
    appointment = acting(request)
    rows = rows_open(request)
    doubtful = rows.filter(reasons__contains=["possible_duplicate"]).count()
    tasks = [
        _task("city-rosters", _("checked rosters to take in"), _uploads(request)),
        _task("city-duplicates", _("possible duplicates to decide"), doubtful),
        _task("city-rows", _("rows of rosters to look at"), rows.count()),
    ]
    if appointment and appointment.role == Role.CITY_OFFICER:
        tasks += [*_places(running), *_bills(request), *_findings(request), *_drafts(request)]
    return [task for task in tasks if may_open(appointment, task.page)]


def _task(page: str, told: str | Promise, count: int, *, urgent: bool = False) -> Task:
    return Task(page, told, count, reverse(page), urgent)


def _uploads(request: HttpRequest) -> int:
    return seen(request, RosterUpload.objects.filter(state=UploadState.CHECKED)).count()


def _places(running: list[Standing]) -> list[Task]:
    """Places that are free while somebody waits for them, an agreement a line."""
    return [
        Task(
            "city-waiting",
            _("free places in %s, while people wait") % standing.agreement.number,
            min(standing.free, standing.waiting),
            reverse("city-waiting", args=[standing.agreement.pk]),
        )
        for standing in running
        if standing.free > 0 and standing.waiting
    ]


def _bills(request: HttpRequest) -> list[Task]:
    today = clock.today()
    due = list(
        seen(request, Bill.objects.filter(corrects=None, due_on__lte=today + SOON))
        .order_by("-pk")
        .only("pk", "due_on")[:500]
    )
    owed = owed_of(due)
    late = sum(1 for bill in due if owed[bill.pk] and bill.due_on < today)
    soon = sum(1 for bill in due if owed[bill.pk] and bill.due_on >= today)
    return [
        _task("city-bills", _("bills overdue; cover lapses without them"), late, urgent=True),
        _task("city-bills", _("bills due within fourteen days"), soon),
    ]


def _findings(request: HttpRequest) -> list[Task]:
    found = seen(request, Finding.objects.filter(state=FindingState.OPEN)).count()
    return [_task("city-screenings", _("findings of a screening to decide"), found)]


def _drafts(request: HttpRequest) -> list[Task]:
    drafts = seen(request, Agreement.objects.filter(state=AgreementState.DRAFT)).count()
    return [_task("city-agreements", _("agreements with the branch, to be approved"), drafts)]


def _covered(request: HttpRequest) -> dict[str, Any] | None:
    """Enrolled and covered in the scope in the latest month with totals; None without any."""
    month = latest_month(clock.today())
    if month is None:
        return None
    totals = seen(request, MonthlyTotal.objects.filter(month=month))
    return {"month": month, **totals.aggregate(enrolled=Sum("enrolled"), covered=Sum("covered"))}

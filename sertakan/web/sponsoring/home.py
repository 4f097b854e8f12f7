"""The sponsor's first page: what needs doing, and the workers with their months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.contributions.of_sponsors import (
    CoverNow,
    chosen_from_the_line,
    covers_now,
    months_of,
)
from sertakan.contributions.queries import open_bills
from sertakan.enrolment.models import Enrolment
from sertakan.sponsors.drafts import open_draft
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.vocabulary import Month
from sertakan.web import clock
from sertakan.web.guard import seen
from sertakan.web.lists import paged
from sertakan.web.sponsoring.drafting import sponsor_of

SOON = 30  # days before its end from which on a renewal is offered
BEFORE, IN_ALL = 2, 12  # months of a strip


@dataclass(frozen=True, slots=True)
class Box:
    """A month of a strip: `paid`, `owed`, or `none`."""

    month: date
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """A worker as the list shows them."""

    enrolment: Enrolment
    cover: CoverNow | None
    strip: Sequence[Box]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs doing, and my workers."""
    sponsor, today = sponsor_of(request), clock.today()
    page = paged(workers(seen(request, Enrolment.objects.all()), today), request, size=20)
    told = {
        "draft": open_draft(sponsor),
        "bills": open_bills(on=today, sponsor=sponsor).rows(named=True)[:20],
        "agreements": _to_go_on(seen(request, Agreement.objects.all())),
        "ending": _ending(seen(request, Agreement.objects.all()), today),
        "rows": rows_of(page.rows, today),
        "page": page,
        "today": today,
    }
    return render(request, "web/sponsoring/home.html", told)


def workers(enrolments: QuerySet[Enrolment], today: date) -> QuerySet[Enrolment]:
    """The newest enrolment of each worker that runs, or ended within three months."""
    later = Enrolment.objects.filter(
        person=OuterRef("person"),
        agreement__sponsor=OuterRef("agreement__sponsor"),
        void=False,
        pk__gt=OuterRef("pk"),
    )
    found = enrolments.filter(void=False, ends_on__gt=today - timedelta(days=92))
    return chosen_from_the_line(found.exclude(Exists(later))).select_related(
        "person", "agreement", "region"
    )


def rows_of(enrolments: Sequence[Enrolment], today: date) -> list[Row]:
    """The rows of a list of workers, in two queries."""
    months = months_of(enrolments) if enrolments else {}
    covers = covers_now([each.person_id for each in enrolments], on=today) if enrolments else {}
    return [
        Row(
            each,
            _still(each, covers.get(each.person_id), today),
            strip(months.get(each.pk, {}), Month.of(today)),
        )
        for each in enrolments
    ]


def _still(enrolment: Enrolment, cover: CoverNow | None, today: date) -> CoverNow | None:
    """The cover; it has ended for who died before today."""
    died_on = enrolment.person.died_on
    if cover is None or died_on is None or died_on >= today:
        return cover
    through = min(cover.through, died_on) if cover.through else None
    return CoverNow("lapsed", through, None)


def strip(months: Mapping[Month, bool], now: Month) -> list[Box]:
    """Twelve months from two before this one."""
    return [
        Box(month.first_day, "none" if month not in months else "paid" if months[month] else "owed")
        for month in (now - BEFORE).count(IN_ALL)
    ]


def _to_go_on(agreements: QuerySet[Agreement]) -> list[Agreement]:
    """Agreements that wait for the branch, and approved ones with whom nobody has gone on yet."""
    begun = Enrolment.objects.filter(agreement=OuterRef("pk"))
    mine = agreements.filter(Q(waiting_draft__isnull=False) | Q(renews__isnull=False))
    waiting = mine.filter(state=AgreementState.DRAFT)
    approved = mine.filter(state=AgreementState.APPROVED).exclude(Exists(begun))
    return list(
        (waiting | approved)
        .select_related("waiting_draft")
        .prefetch_related("returns")
        .order_by("pk")[:20]
    )


def _ending(agreements: QuerySet[Agreement], today: date) -> list[Agreement]:
    """Agreements whose cover ends soon, or has just ended, and that are not renewed."""
    staying = Enrolment.objects.filter(
        agreement=OuterRef("pk"), ends_on=OuterRef("ends_on"), end_reason=""
    )
    return list(
        agreements.filter(
            Exists(staying),
            state=AgreementState.APPROVED,
            renewed_by=None,
            ends_on__gt=today - timedelta(days=SOON),
            ends_on__lte=today + timedelta(days=SOON),
        ).order_by("ends_on")[:20]
    )

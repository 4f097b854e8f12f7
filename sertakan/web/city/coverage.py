"""Coverage in a month: how many, where, in which work, by whom; money; and how it went on."""

from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sertakan.access.queries import may_open
from sertakan.analytics.queries import ENDING_DAYS, ending_soon, ucj_history
from sertakan.analytics.tasks import MAKE_TOTALS, TOTALS
from sertakan.enrolment.models import RosterRow, RowState
from sertakan.regions.models import Region
from sertakan.regions.queries import lying_within
from sertakan.sponsors.models import AgreementState
from sertakan.web import clock
from sertakan.web.agreement_figures import Standing, standings
from sertakan.web.city.agreements import with_names
from sertakan.web.city.coverage_figures import (
    View,
    by_category,
    by_month,
    by_place,
    by_sponsor,
    map_by_place,
    whole,
)
from sertakan.web.city.coverage_money import returned
from sertakan.web.city.coverage_scope import (
    Months,
    area,
    ends,
    level_shown,
    months_of,
    place_in_scope,
    totals,
)
from sertakan.web.guard import acting, seen
from sertakan.work.queries import of_scope

MAPS = ("terlindungi", "terdaftar")
MOST_SPONSORS = 10
MOST_AGREEMENTS = 10


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """All that lies in the scope."""
    months = months_of(request)
    place = area(request, months.shown if months else None)
    told: dict[str, Any] = {"area": Region.objects.filter(pk=place).first()}
    if months is not None:
        view = View(totals(request), months.shown)
        told |= _told(request, view, months, place)
        paid = sum(line.paid or 0 for _, line in told["by_month"])
        first = told["by_month"][0][0]
        told["returned"] = returned(request, first, months.last, paid)
        told |= {"ending": _ending(request, months), "ending_days": ENDING_DAYS}
    job = of_scope(TOTALS, kind=MAKE_TOTALS).first()
    told |= {
        "ucj": ucj_history(region=place),
        "standings": _budgets(request),
        "job": job,
        "job_runs": job is not None and not job.has_ended,
    }
    return render(request, "web/city/coverage.html", told)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One place: its parts, its kinds of work, its sponsors, its months."""
    place = place_in_scope(request, code)
    months = months_of(request)
    told: dict[str, Any] = {"region": place, "above": _above(request, place)}
    if months is not None:
        told |= _told(request, View(totals(request), months.shown, code), months, code)
    if may_open(acting(request), "city-rows"):
        rows = seen(request, RosterRow.objects.filter(state=RowState.OPEN))
        told["open_rows"] = rows.filter(lying_within("region__code", code)).count()
    return render(request, "web/city/region.html", told)


def _told(request: HttpRequest, view: View, months: Months, place: str) -> dict[str, Any]:
    """What the pages of all and of one place have in common."""
    sponsors = by_sponsor(view)
    what = request.GET.get("peta", "")
    return {
        "months": months,
        "people_url": reverse("city-coverage-people"),
        "everyone": whole(view, sponsors),
        "by_category": by_category(view),
        "by_sponsor": sponsors[:MOST_SPONSORS],
        "more_sponsors": max(len(sponsors) - MOST_SPONSORS, 0),
        "by_month": by_month(view, months.first, months.last),
        "what": what if what in MAPS else MAPS[0],
        "made_at": view.totals.filter(month=view.month.first_day).aggregate(at=Min("made_at"))[
            "at"
        ],
        **_places(view, place, what),
    }


def _places(view: View, place: str, what: str) -> dict[str, Any]:
    level = level_shown(place)
    if level is None:
        return {}
    parts = by_place(view, level)
    return {
        "level": level,
        "parts": parts,
        "map": map_by_place(view, place, level, parts, what),
    }


def _above(request: HttpRequest, place: Region) -> Region | None:
    """The place that this one lies in, where that is a page of its own and not the whole."""
    appointment = acting(request)
    whole_of = (appointment.region_id if appointment else "") or ""
    parent = place.parent
    return None if parent is None or len(parent.code) <= len(whole_of) else parent


def _budgets(request: HttpRequest) -> list[Standing]:
    """Agreements that run today, those whose budget is used up most first."""
    if not may_open(acting(request), "city-agreements"):
        return []
    today = clock.today()
    running = seen(request, with_names()).filter(
        state=AgreementState.APPROVED, starts_on__lte=today, ends_on__gt=today
    )
    found = standings(running.order_by("-budget_rupiah", "pk")[:MOST_AGREEMENTS], on=today)
    return sorted(found, key=lambda one: -one.billed * 1000 // max(one.agreement.budget_rupiah, 1))


def _ending(request: HttpRequest, months: Months) -> list[dict[str, Any]]:
    """Whose cover ends soon; only the latest month can say it."""
    if months.shown != months.last:
        return []
    rows = ending_soon(month=months.last, on=clock.today(), among=ends(request))
    return [
        {**row, "counts": [(days, row[f"within_{days}"]) for days in ENDING_DAYS]} for row in rows
    ]

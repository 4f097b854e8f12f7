"""Lists that the page of coverage only begins: every sponsor, every payment to a family; as CSV."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.regions.models import Level
from sertakan.rosters.reporting.safe_text import defused
from sertakan.web.city.coverage_figures import (
    MOST_MONTHS,
    Line,
    View,
    by_category,
    by_month,
    by_place,
    by_sponsor,
    whole,
)
from sertakan.web.city.coverage_money import payouts
from sertakan.web.city.coverage_scope import (
    PLACE,
    Months,
    months_of,
    place_in_scope,
    totals,
)
from sertakan.web.lists import paged
from sertakan.web.numbers import asked_for
from sertakan.web.public.tables import csv_answer

A_PAGE = 100


@require_safe
def sponsors(request: HttpRequest) -> HttpResponse:
    """Everyone who pays for somebody in the month, the most people first."""
    months, view = _asked(request)
    lines = by_sponsor(view)
    first = _first(request)
    told = {
        "months": months,
        "people_url": reverse("city-coverage-people"),
        "place": view.place and place_in_scope(request, view.place),
        "everyone": whole(view, lines),
        "lines": lines[first : first + A_PAGE],
        "page": _pages(request, first, len(lines)),
    }
    return render(request, "web/city/coverage_sponsors.html", told)


@require_safe
def paid_to_families(request: HttpRequest) -> HttpResponse:
    """The payments to families in the months that the page of coverage adds up."""
    months, _view = _asked(request)
    first = max(months.first, months.last - (MOST_MONTHS - 1))
    told = {
        "first": first,
        "last": months.last,
        "page": paged(payouts(request, first, months.last), request),
    }
    return render(request, "web/city/coverage_payouts.html", told)


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """A table of coverage as a file: `menurut` says which one."""
    months, view = _asked(request)
    by = request.GET.get("menurut", "tempat")
    if by not in TABLES:
        raise Http404
    headings = [
        _("month"), _("code"), _("name"), _("lies_in"), _("enrolled"), _("covered"), _("grace"),
        _("not_covered"), _("billed_rupiah"), _("paid_rupiah"),
    ]  # fmt: skip
    name = f"{_('coverage')}-{by}-{months.shown}"
    return csv_answer(name, [headings, *TABLES[by](view, months)])


def _asked(request: HttpRequest) -> tuple[Months, View]:
    months = months_of(request)
    if months is None:
        raise Http404
    code = request.GET.get(PLACE, "")
    return months, View(
        totals(request), months.shown, place_in_scope(request, code).pk if code else ""
    )


def _cells(month: Any, line: Line, within: str = "") -> list[Any]:
    told = [line.enrolled, line.covered, line.grace, line.uncovered, line.billed, line.paid]
    code = "" if line.key is None else str(line.key)
    return [
        str(month), code, defused(line.name), defused(within),
        *("" if number is None else number for number in told),
    ]  # fmt: skip


def _by_place(view: View, months: Months) -> list[list[Any]]:
    return [
        _cells(months.shown, line, part.whole.name)
        for part in by_place(view, Level.VILLAGE)
        for line in part.lines
    ]


def _by_month(view: View, months: Months) -> list[list[Any]]:
    return [_cells(month, line) for month, line in by_month(view, months.first, months.last)]


TABLES: dict[str, Callable[[View, Months], list[list[Any]]]] = {
    "tempat": _by_place,
    "kategori": lambda view, months: [_cells(months.shown, line) for line in by_category(view)],
    "sponsor": lambda view, months: [_cells(months.shown, line) for line in by_sponsor(view)],
    "bulan": _by_month,
}


def _first(request: HttpRequest) -> int:
    return asked_for(request.GET.get("dari", "")) or 0


def _pages(request: HttpRequest, first: int, count: int) -> dict[str, str]:
    def address(start: int) -> str:
        asked = request.GET.copy()
        asked["dari"] = str(max(start, 0))
        return f"?{asked.urlencode()}"

    return {
        "newer": address(first - A_PAGE) if first else "",
        "older": address(first + A_PAGE) if first + A_PAGE < count else "",
    }

"""Open figures: coverage by month, sponsors, money and UCJ, each as a table and as CSV."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.analytics.models import Workforce
from sertakan.regions.queries import borders, sources_of_borders
from sertakan.rosters.reporting.safe_text import defused
from sertakan.vocabulary import Month
from sertakan.web import clock, numbers, words
from sertakan.web.figures.agreements import sponsor_rows
from sertakan.web.figures.coverage import Coverage, CoverageRow, by_category, by_place
from sertakan.web.figures.money import money
from sertakan.web.figures.months import published_months
from sertakan.web.figures.public import latest_month, months_with, public_figures
from sertakan.web.maps.drawing import Map, Place, drawn
from sertakan.web.public.tables import csv_answer

FIGURES_LAST_SECONDS = 30
Lines = list[list[Any]]


@require_safe
def open_figures(request: HttpRequest) -> HttpResponse:
    """All of it on a page, for the month in the address or the latest."""
    today, asked = clock.today(), asked_month(request)
    name = f"open-figures-{today}-{asked}-{get_language()}"
    shown: dict[str, Any] | None = cache.get(name)
    if shown is None:
        figures = public_figures(today, asked)
        places = figures.places
        shown = {"figures": figures, "map": coverage_map(places) if places.rows else None}
        cache.set(name, shown, FIGURES_LAST_SECONDS)
    return render(request, "web/public/open_figures.html", shown)


def asked_month(request: HttpRequest) -> date | None:
    """The month in the address, `bulan=2026-10`; None where none can be read there."""
    try:
        return Month.parse(request.GET.get("bulan", "")).first_day
    except ValueError:
        return None


def coverage_map(coverage: Coverage) -> Map:
    """How many are covered, by place; joined places show what they have together."""
    rows = [row for row in coverage.rows or [] if any(row.members)]
    codes = [code for row in rows for code in row.members if code]
    places = [
        Place(
            code=code,
            name=name,
            within=row.within,
            value=row.covered,
            said=_said(row),
            url=f"#{code}",
        )
        for row in rows
        for code, name in zip(row.members, row.names, strict=True)
        if code
    ]
    return drawn(
        places,
        borders(codes),
        title=_("Workers covered"),
        write=lambda value: numbers.whole(round(value)),
        sources=sources_of_borders(codes),
    )


def _said(row: CoverageRow) -> str:
    count = numbers.people(row.covered)
    return count if len(row.members) == 1 else _("%s together") % count


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """Coverage by place, for the month in the address or the latest."""
    month, months = _months(request)
    written = f"{month:%Y-%m}" if month else ""
    lines = coverage_lines(by_place(month, months), written)
    return csv_answer(f"{_('coverage')}-{written or _('none')}", lines)


@require_safe
def kinds_csv(request: HttpRequest) -> HttpResponse:
    """Coverage by kind of work."""
    month, months = _months(request)
    written = f"{month:%Y-%m}" if month else ""
    headings = [_("month"), _("kinds_of_work"), _("enrolled"), _("covered")]
    lines = [
        [written, _kinds(row.members), row.enrolled, row.covered]
        for row in by_category(month, months).rows or []
    ]
    return csv_answer(f"{_('kinds_of_work')}-{written or _('none')}", [headings, *lines])


@require_safe
def sponsors_csv(request: HttpRequest) -> HttpResponse:
    """Sponsors with an agreement on the day of the figures."""
    day = public_figures(clock.today()).day
    _number, rows = sponsor_rows(day)
    headings = [
        _("day"),
        _("sponsors"),
        _("places_taken"),
        pgettext("quota", "places"),
        _("budget"),
        _("billed"),
    ]
    lines = [
        [
            day.isoformat(),
            _sponsors(row.names, row.individuals, row.others),
            numbers.people(row.taken) if row.taken < 5 else row.taken,
            row.places,
            row.budget,
            row.billed,
        ]
        for row in rows or []
    ]
    return csv_answer(f"{_('sponsors')}-{day}", [headings, *lines])


@require_safe
def money_csv(request: HttpRequest) -> HttpResponse:
    """What was billed, paid, and received by families."""
    told = money()
    lines: Lines = [
        [_("what"), _("number"), "rupiah"],
        [_("bills"), told.bills, told.billed],
        [_("bills_paid"), told.bills_paid, ""],
        *([_("billed_for") + f" {name}", "", amount] for name, amount in told.programmes),
        [_("received"), "", told.received],
    ]
    if told.families_shown:
        lines.append([_("families_paid"), told.families, told.paid_to_families])
    return csv_answer(f"{_('money')}-{clock.today()}", lines)


@require_safe
def workforce_csv(request: HttpRequest) -> HttpResponse:
    """UCJ: numerator, denominator, day and source, as published."""
    headings = [_("codes"), _("day"), _("active_members"), _("working_population")]
    headings += [_("share_as_published"), _("source")]
    known = Workforce.objects.filter(on__lte=clock.today()).order_by("region_id", "-on")
    lines = [
        [
            each.region_id,
            each.on.isoformat(),
            "" if each.active_members is None else each.active_members,
            each.working_population,
            "" if each.published_percent is None else each.published_percent,
            defused(each.source),
        ]
        for each in known[:1000]
    ]
    return csv_answer("ucj", [headings, *lines])


def coverage_lines(coverage: Coverage, month: str) -> Lines:
    """The table with its headings; no cell of text is one that a spreadsheet would calculate."""
    headings = [_("month"), _("codes"), _("lies_in"), _("places"), _("enrolled"), _("covered")]
    return [headings] + [
        [month, *map(defused, _cells(row)), row.enrolled, row.covered]
        for row in coverage.rows or []
    ]


def _months(request: HttpRequest) -> tuple[date | None, Sequence[date]]:
    """The month of a table, and the months by which its groups are made."""
    today, asked = clock.today(), asked_month(request)
    month = asked if asked in published_months(today) else latest_month(today)
    return month, months_with(month, today)


def _cells(row: CoverageRow) -> tuple[str, str, str]:
    return " ".join(row.members), row.within, "; ".join(name for name in row.names if name)


def _kinds(members: Iterable[str]) -> str:
    return "; ".join(str(words.CATEGORIES.get(code, code)) for code in members)


def _sponsors(names: Iterable[str], individuals: bool, others: int) -> str:
    told = [*names, *([_("individual sponsors")] if individuals else [])]
    if others:
        told.append(_("%s other sponsors") % others)
    return str(defused("; ".join(told)))

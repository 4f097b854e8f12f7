"""Pages for anyone."""

import csv
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sertakan.rosters.reporting.safe_text import defused
from sertakan.web import clock
from sertakan.web.figures.coverage import Coverage, CoverageRow, by_place
from sertakan.web.figures.public import Figures, latest_month, public_figures

FIGURES_LAST_SECONDS = 30


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the figures of this deployment."""
    today = clock.today()
    name = f"public-figures-{today}"
    figures: Figures | None = cache.get(name)
    if figures is None:
        figures = public_figures(today)
        cache.set(name, figures, FIGURES_LAST_SECONDS)
    return render(request, "web/start.html", {"figures": figures})


@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The coverage table of the start page as CSV (UTF-8, comma), headings in the language."""
    month = latest_month(clock.today())
    written = f"{month:%Y-%m}" if month else ""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{_('coverage')}-{written or _('none')}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response, lineterminator="\r\n").writerows(coverage_lines(by_place(month), written))
    return response


def coverage_lines(coverage: Coverage, month: str) -> list[list[Any]]:
    """The table with its headings; no cell of text is one that a spreadsheet would calculate."""
    headings = [_("month"), _("codes"), _("lies_in"), _("places"), _("enrolled"), _("covered")]
    return [headings] + [
        [month, *map(defused, _cells(row)), row.enrolled, row.covered]
        for row in coverage.rows or []
    ]


def _cells(row: CoverageRow) -> tuple[str, str, str]:
    return " ".join(row.members), row.within, "; ".join(name for name in row.names if name)

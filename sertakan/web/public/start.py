"""The start page: what this is, four doors, and the figures of this deployment."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.law.contributions import price
from sertakan.vocabulary import Month
from sertakan.web import clock
from sertakan.web.figures.public import Figures, public_figures

FIGURES_LAST_SECONDS = 30
LOWEST_INCOME = 1  # rupiah a month: the first band


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the figures of this deployment."""
    today = clock.today()
    name = f"public-figures-{today}"
    figures: Figures | None = cache.get(name)
    if figures is None:
        figures = public_figures(today)
        cache.set(name, figures, FIGURES_LAST_SECONDS)
    month_from = price(segment="BPU", month=Month.of(today), income=LOWEST_INCOME).total
    return render(request, "web/start.html", {"figures": figures, "month_from": month_from})

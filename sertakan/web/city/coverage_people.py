"""The people behind a number of coverage: exactly as many as the number says."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sertakan.analytics.models import CoverStatus, PersonMonth
from sertakan.analytics.queries import (
    ENDING_DAYS,
    counted_behind,
    counted_ending,
    people_behind,
    people_whose_cover_ends,
)
from sertakan.regions.models import Region
from sertakan.web import clock
from sertakan.web.city.coverage_scope import (
    EXACTLY,
    NOWHERE,
    PLACE,
    Months,
    ends,
    months_of,
    people,
    totals,
)
from sertakan.web.lists import paged
from sertakan.web.numbers import asked_for
from sertakan.web.words import CATEGORIES

TITLES: dict[str, Promise] = {
    "": _("People enrolled"),
    CoverStatus.COVERED: _("People covered"),
    CoverStatus.GRACE: _("People in grace"),
    CoverStatus.UNCOVERED: _("People enrolled but not covered"),
}
ENDING: dict[int, Promise] = {
    30: _("People whose cover ends within 30 days"),
    60: _("People whose cover ends within 60 days"),
    90: _("People whose cover ends within 90 days"),
}


@dataclass(slots=True)
class Wanted:
    """Which people an address asks for, and in which words a page says so.

    `which` narrows the rows; `days` asks for those whose cover ends so soon. An empty `region` is
    everywhere, None nowhere.
    """

    region: str | None = ""
    status: str = ""
    days: int = 0
    which: dict[str, Any] = field(default_factory=dict)
    place: Region | None = None
    sponsor: str = ""
    agreement: str = ""

    @property
    def title(self) -> Promise:
        """What these people have in common."""
        return ENDING[self.days] if self.days else TITLES[self.status]

    @property
    def exactly(self) -> bool:
        """Whether only those are meant who are recorded in the place and no nearer."""
        return "region_id" in self.which

    @property
    def category(self) -> str:
        """Their kind of work, where only one was asked for."""
        return str(self.which.get("category", ""))


@require_safe
def coverage_people(request: HttpRequest) -> HttpResponse:
    """Who they are, a page at a time, with what is shown said on top."""
    months = months_of(request)
    if months is None:
        raise Http404
    wanted = _wanted(request, months)
    today = clock.today()
    found = _rows(request, months, wanted, today)
    counted = _counted(request, months, wanted, today)
    told = {
        "months": months,
        "wanted": wanted,
        "counted": counted,
        "page": paged(found, request, newest_first=False, by="person_id"),
        "today": today,
    }
    return render(request, "web/city/coverage_people.html", told)


def _rows(
    request: HttpRequest, months: Months, wanted: Wanted, today: date
) -> QuerySet[PersonMonth]:
    among = people(request)
    if wanted.days:
        return people_whose_cover_ends(
            month=months.shown, on=today, days=wanted.days, region=wanted.region,
            among=among, **wanted.which,
        )  # fmt: skip
    return people_behind(
        month=months.shown, region=wanted.region, status=wanted.status, among=among, **wanted.which
    )


def _counted(request: HttpRequest, months: Months, wanted: Wanted, today: date) -> int:
    if wanted.days:
        return counted_ending(
            month=months.shown, on=today, days=wanted.days, region=wanted.region,
            among=ends(request), **wanted.which,
        )  # fmt: skip
    return counted_behind(
        month=months.shown, region=wanted.region, status=wanted.status, among=totals(request),
        **wanted.which,
    )  # fmt: skip


def _wanted(request: HttpRequest, months: Months) -> Wanted:
    """What the address asks for. Raises Http404 for what there is not in the scope."""
    wanted = Wanted(status=request.GET.get("status", ""))
    if wanted.status not in TITLES:
        raise Http404
    _place(request, wanted)
    _money(request, wanted)
    if category := request.GET.get("kategori", ""):
        if category not in CATEGORIES:
            raise Http404
        wanted.which["category"] = category
    if days := request.GET.get("hari", ""):
        wanted.days = _number(days)
        if wanted.days not in ENDING_DAYS or months.shown != months.last or wanted.status:
            raise Http404
    return wanted


def _place(request: HttpRequest, wanted: Wanted) -> None:
    code = request.GET.get(PLACE, "")
    if code == NOWHERE:
        wanted.region = None
    elif code:
        wanted.place = Region.objects.filter(pk=code).first()
        if wanted.place is None:
            raise Http404
        if request.GET.get(EXACTLY):
            wanted.which["region_id"] = code
        else:
            wanted.region = code


def _money(request: HttpRequest, wanted: Wanted) -> None:
    """Sponsor and agreement, named as far as somebody in the scope is counted under them."""
    for word, narrowing, name in (
        ("sponsor", "agreement__sponsor", "agreement__sponsor__name"),
        ("perjanjian", "agreement", "agreement__number"),
    ):
        written = request.GET.get(word, "")
        if not written:
            continue
        wanted.which[narrowing] = _number(written)
        told = totals(request).filter(**{narrowing: _number(written)}).values_list(name).first()
        if told is None:
            raise Http404
        if word == "sponsor":
            wanted.sponsor = told[0]
        else:
            wanted.agreement = told[0]


def _number(written: str) -> int:
    number = asked_for(written)
    if number is None:
        raise Http404
    return number

"""What whoever asks may see of the figures of coverage: which months, totals, people and places."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from sertakan.analytics.models import CoverEnd, MonthlyTotal, PersonMonth
from sertakan.analytics.queries import coverage, made_months
from sertakan.regions.models import Level, Region
from sertakan.regions.queries import lying_within, within
from sertakan.vocabulary import Month
from sertakan.web import clock
from sertakan.web.guard import acting, seen

# Words of addresses.
MONTH, PLACE = "bulan", "tempat"
EXACTLY = "persis"  # who is recorded there and no nearer
NOWHERE = "-"  # people whose place nobody recorded

MOST_VILLAGES = 60
GROUP_OF = {
    Level.PROVINCE: "province",
    Level.REGENCY: "regency",
    Level.DISTRICT: "district",
    Level.VILLAGE: "village",
}


@dataclass(frozen=True, slots=True)
class Months:
    """The month shown, and the first and last for which there are totals."""

    shown: Month
    first: Month
    last: Month

    @property
    def earlier(self) -> Month | None:
        """The month before, where there is one."""
        return self.shown - 1 if self.shown > self.first else None

    @property
    def later(self) -> Month | None:
        """The month after, where there is one."""
        return self.shown + 1 if self.shown < self.last else None

    @property
    def all(self) -> list[Month]:
        """Every month that can be chosen, the latest first."""
        return list(self.first.through(self.last))[::-1]


def months_of(request: HttpRequest) -> Months | None:
    """The month that the address names, else the latest; None before any totals are made.

    Raises Http404 for a month of which there are none.
    """
    made = made_months()
    this_month = Month.of(clock.today())
    if made is None or made[0] > this_month:
        return None
    first, last = made[0], min(made[1], this_month)
    written = request.GET.get(MONTH, "")
    try:
        shown = Month.parse(written) if written else last
    except ValueError:
        raise Http404 from None
    if not first <= shown <= last:
        raise Http404
    return Months(shown, first, last)


def totals(request: HttpRequest) -> QuerySet[MonthlyTotal]:
    """The totals in the scope."""
    return seen(request, MonthlyTotal.objects.all())


def people(request: HttpRequest) -> QuerySet[PersonMonth]:
    """The people behind them."""
    return seen(request, PersonMonth.objects.all())


def ends(request: HttpRequest) -> QuerySet[CoverEnd]:
    """When the cover of those people ends."""
    return seen(request, CoverEnd.objects.all())


def area(request: HttpRequest, month: Month | None) -> str:
    """The code of the place that all figures are about, empty for the country.

    It is the region of the scope; for a branch, or a scope over everything, the narrowest
    province, city or kabupaten in which everyone of the month lives.
    """
    appointment = acting(request)
    if appointment is not None and appointment.region_id:
        return str(appointment.region_id)
    if month is None:
        return ""
    groups = coverage(by="regency", month=month, among=totals(request))
    regencies = {row["key"] for row in groups if row["key"]}
    provinces = {code[:2] for code in regencies}
    for codes in (regencies, provinces):
        if len(codes) == 1:
            return str(*codes)
    return ""


def place_in_scope(request: HttpRequest, code: str) -> Region:
    """The place with this code. Raises Http404 where it has nothing to do with the scope.

    A place has to do with it if it lies in the scope's region, or if somebody in the totals that
    may be seen lives there.
    """
    region = Region.objects.filter(pk=code).select_related("parent").first()
    if region is None:
        raise Http404
    appointment = acting(request)
    own = appointment.region_id if appointment else None
    inside = own and (code == own or code.startswith(f"{own}."))
    if not inside and not totals(request).filter(lying_within("region__code", code)).exists():
        raise Http404
    return region


def level_shown(code: str) -> Level | None:
    """Of which places the page of a place consists; None for a village, which has no parts.

    Villages where they can be taken in at a glance, else kecamatan.
    """
    if not code:
        return Level.PROVINCE
    level = Level(code.count(".") + 1)
    if level == Level.REGENCY:
        villages = within(code).filter(level=Level.VILLAGE).count()
        return Level.VILLAGE if villages <= MOST_VILLAGES else Level.DISTRICT
    return None if level == Level.VILLAGE else Level(level + 1)

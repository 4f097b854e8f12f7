"""What figures rest on and a city may add: published denominators, borders, totals made anew."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sertakan.analytics.operations import record_workforce
from sertakan.analytics.tasks import MAKE_TOTALS, TOTALS
from sertakan.audit.errors import Refused
from sertakan.regions.geojson import MOST_MEGABYTES
from sertakan.regions.models import Boundary, Region
from sertakan.regions.operations import load_boundaries
from sertakan.regions.queries import lying_within, within
from sertakan.web import clock
from sertakan.web.city.coverage_scope import MONTH, level_shown, months_of
from sertakan.web.forms import DayField, Form, RupiahField, sent
from sertakan.web.guard import acting, user_of
from sertakan.web.place_names import place_name
from sertakan.work.operations import start

MOST_SHOWN = 500


class RegionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A place by its name."""

    def label_from_instance(self, region: Region) -> str:
        return place_name(region.name)


class PeopleField(RupiahField):
    """How many people, written with or without dots: 51.404."""


class WorkforceForm(Form):
    """A figure as it was published."""

    region = RegionChoice(
        label=gettext_lazy("Place"), queryset=Region.objects.none(), empty_label=None
    )
    on = DayField(
        label=gettext_lazy("Day of the figure"),
        help_text=gettext_lazy("The day that the figure is of, not that of the publication."),
    )
    active_members = PeopleField(
        label=gettext_lazy("Active members, all segments (numerator)"),
        min_value=0,
        max_value=2_147_483_647,
        required=False,
        help_text=gettext_lazy(
            "Everyone insured, whoever pays; not only those that the city pays for."
        ),
    )
    working_population = PeopleField(
        label=gettext_lazy("People who work (denominator)"), min_value=1, max_value=2_147_483_647
    )
    published_percent = forms.DecimalField(
        label=gettext_lazy("Percentage as published"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=gettext_lazy(
            "As it was written, also where it is not the quotient; both are shown."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("Who published it, and where it can be read."),
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]


class BoundariesForm(Form):
    """A file of borders."""

    file = forms.FileField(
        label=gettext_lazy("GeoJSON file"),
        help_text=gettext_lazy(
            "A FeatureCollection in WGS 84; each border bears the code of its kelurahan or desa, "
            "such as 35.77.01.1001. 20 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Whose borders they are"),
        max_length=300,
        help_text=gettext_lazy(
            "It is written below every map: the publisher, the year, the licence."
        ),
    )

    def clean_file(self) -> Any:
        """Small enough to be read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1_000_000:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB; please simplify its borders first.")
                % {"most": MOST_MEGABYTES}
            )
        return file


def _own(request: HttpRequest) -> str:
    """The code of the region that the reader's role is held over, empty for everything."""
    appointment = acting(request)
    return str((appointment and appointment.region_id) or "")


@require_http_methods(["GET", "HEAD", "POST"])
def workforce(request: HttpRequest) -> HttpResponse:
    """Record a published figure of coverage."""
    own = _own(request)
    regions = Region.objects.filter(Q(pk=own) | Q(parent=own)).order_by("pk")
    form = WorkforceForm(regions=regions, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            record_workforce(**form.cleaned_data, by=user_of(request), now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "on")
        else:
            messages.success(request, _("The figure is recorded."))
            return redirect("city-coverage")
    status = 422 if form.errors else 200
    return render(request, "web/city/workforce.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def boundaries(request: HttpRequest) -> HttpResponse:
    """Load the borders of places from a file; below, which places have one."""
    form = BoundariesForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            loaded = load_boundaries(
                form.cleaned_data["file"].read(),
                source=form.cleaned_data["source"],
                region=_own(request),
                by=user_of(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal, "file")
        else:
            messages.success(request, _("The borders of %s places are loaded.") % loaded)
            return redirect("city-boundaries")
    told = {"form": form, **_bordered(_own(request))}
    return render(request, "web/city/boundaries.html", told, status=422 if form.errors else 200)


def _bordered(own: str) -> dict[str, Any]:
    """Borders that are kept, and the places of the region's map that have none."""
    kept = Boundary.objects.filter(lying_within("region__code", own))
    level = level_shown(own) if own else None
    missing = within(own).filter(level=level, boundary=None) if level else Region.objects.none()
    return {
        "kept": kept.select_related("region__parent", "loaded_by").order_by("pk")[:MOST_SHOWN],
        "missing": missing.select_related("parent").order_by("pk")[:MOST_SHOWN],
    }


@require_POST
def make_again(request: HttpRequest) -> HttpResponse:
    """Let the worker make the totals of the month shown again."""
    months = months_of(request)
    if months is not None:
        told = {"first": str(months.shown), "last": str(months.shown)}
        try:
            start(
                MAKE_TOTALS, args=told, scope=TOTALS, alone=True,
                by=user_of(request), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The totals are being made anew."))
    shown = f"?{MONTH}={months.shown}" if months else ""
    return redirect(f"{reverse('city-coverage')}{shown}")

"""Loading the borders of places from a file that the deployment has."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from sertakan.accounts.models import User
from sertakan.audit.operations import record
from sertakan.regions.errors import NotBoundaries
from sertakan.regions.geojson import polygons_by_code
from sertakan.regions.models import Boundary, Region
from sertakan.regions.outlines import outlines

MOST_NAMED = 5


@transaction.atomic
def load_boundaries(
    geojson: bytes, *, source: str, region: str = "", by: User, now: datetime
) -> int:
    """Keep the borders in a GeoJSON file, instead of those kept before; how many places.

    All of the file is loaded or nothing. `source` says whose borders they are; all of them lie in
    `region`, a code, where one is given. Raises NotBoundaries.
    """
    if not source.strip():
        raise NotBoundaries(_("Borders name their source."))
    drawn = outlines(polygons_by_code(geojson))
    _check_known(drawn)
    _check_within(drawn, region)
    for code, outline in drawn.items():
        if not outline:
            raise NotBoundaries(_("The border of %(code)s has no area.") % {"code": code})
    Boundary.objects.bulk_create(
        (
            Boundary(
                region_id=code, outline=outline, source=source.strip(), loaded_at=now, loaded_by=by
            )
            for code, outline in drawn.items()
        ),
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["outline", "source", "loaded_at", "loaded_by"],
    )
    record(
        verb="loaded", subject_type="boundaries", by=by, at=now, regions=len(drawn),
        source=source.strip(), sha256=sha256(geojson).hexdigest(),
    )  # fmt: skip
    return len(drawn)


def _check_known(codes: Iterable[str]) -> None:
    wanted = set(codes)
    known = Region.objects.filter(code__in=wanted).values_list("code", flat=True)
    unknown = sorted(wanted - set(known))
    if unknown:
        raise NotBoundaries(
            _("No region has the code %(codes)s; nothing was loaded.") % {"codes": _named(unknown)}
        )


def _check_within(codes: Iterable[str], region: str) -> None:
    if not region:
        return
    outside = sorted(code for code in codes if code != region and not code.startswith(f"{region}."))
    if outside:
        raise NotBoundaries(
            _("%(codes)s does not lie in %(region)s; nothing was loaded.")
            % {"codes": _named(outside), "region": region}
        )


def _named(codes: list[str]) -> str:
    return ", ".join(codes[:MOST_NAMED]) + (", …" if len(codes) > MOST_NAMED else "")

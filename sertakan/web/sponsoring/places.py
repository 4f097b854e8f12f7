"""Finding a kelurahan or village by its name, without JavaScript."""

from django.db.models import Q

from sertakan.regions.models import Level, Region

MOST = 20


def places_named(written: str, *, villages_only: bool = True, near: str = "") -> list[Region]:
    """Places whose name begins so, those in the region `near` first, with what they lie in.

    `written` may name what it lies in after a comma: `Klegen, Madiun`. A code is found as well.
    """
    name, _comma, within = (part.strip() for part in written.partition(","))
    if not name:
        return []
    places = Region.objects.select_related("parent__parent")
    places = places.filter(level=Level.VILLAGE) if villages_only else places.exclude(level=1)
    exact = list(places.filter(Q(code=name) | _is_in(within, Q(name__iexact=name)))[: MOST + 1])
    found = exact or list(places.filter(_is_in(within, Q(name__istartswith=name)))[: MOST * 5])
    found.sort(key=lambda each: (not each.pk.startswith(near), each.name, each.pk))
    return found[:MOST]


def _is_in(within: str, named: Q) -> Q:
    if not within:
        return named
    return named & (Q(parent__name__icontains=within) | Q(parent__parent__name__icontains=within))

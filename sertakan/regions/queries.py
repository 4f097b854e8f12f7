"""Which places lie in a place, and what they are called."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from sertakan.regions.models import Boundary, Region
from sertakan.regions.outlines import Outline


def within(code: str) -> QuerySet[Region]:
    """The region with this code and all that lie in it; everything for an empty code."""
    return Region.objects.filter(lying_within("code", code))


def lying_within(field: str, code: str) -> Q:
    """That the code in `field` (such as `region__code`) is `code` or lies in it; nothing asked
    for an empty code."""
    if not code:
        return Q()
    return Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})


def path(code: str) -> list[Region]:
    """The region and those it lies in, the province first; empty for an unknown code."""
    parts = code.split(".")
    codes = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return list(Region.objects.filter(code__in=codes).order_by("level"))


def borders(codes: Iterable[str]) -> dict[str, Outline]:
    """The borders of these places; a place of which none is kept is left out."""
    return dict(Boundary.objects.filter(region__in=list(codes)).values_list("region", "outline"))


def sources_of_borders(codes: Iterable[str]) -> list[str]:
    """Whose borders these are, each source once."""
    kept = Boundary.objects.filter(region__in=list(codes))
    return list(kept.order_by("source").values_list("source", flat=True).distinct())

"""Which places lie in a place, and what they are called."""

from django.db.models import Q, QuerySet

from sertakan.regions.models import Region


def within(code: str) -> QuerySet[Region]:
    """The region with this code and all that lie in it; everything for an empty code."""
    if not code:
        return Region.objects.all()
    return Region.objects.filter(Q(code=code) | Q(code__startswith=f"{code}."))


def lying_within(field: str, code: str) -> Q:
    """The condition that the region code in `field` (`region_id`) is that region or lies in it."""
    if not code:
        return Q()
    return Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})


def path(code: str) -> list[Region]:
    """The region and those it lies in, the province first; empty for an unknown code."""
    parts = code.split(".")
    codes = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return list(Region.objects.filter(code__in=codes).order_by("level"))

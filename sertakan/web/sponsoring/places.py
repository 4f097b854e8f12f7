"""Finding a place by its name, without JavaScript."""

from django.db.models import Case, Q, Value, When

from sertakan.regions.models import Level, Region
from sertakan.regions.naming import is_named, plain, plain_name

MOST = 20


def places_named(written: str, *, villages_only: bool = True, near: str = "") -> list[Region]:
    """Places of this name, else those whose name begins so, with what they lie in.

    Those in the region `near` come first, then the wider ones. `written` may name what a place
    lies in after a comma: `Klegen, Madiun`. A code is found as well.
    """
    name, _comma, within = (part.strip() for part in written.partition(","))
    if not plain(name):
        return []
    places = Region.objects.alias(plain=plain_name()).select_related("parent__parent")
    places = places.filter(level=Level.VILLAGE) if villages_only else places.exclude(level=1)
    places = places.order_by(
        Case(When(code__startswith=near, then=Value(0)), default=Value(1)), "level", "name", "code"
    )
    if plain(within):
        around, wider = plain_name("parent__name"), plain_name("parent__parent__name")
        places = places.alias(around=around, wider=wider).filter(
            is_named(within, "contains", of="around", level="parent__level")
            | is_named(within, "contains", of="wider", level="parent__parent__level")
        )
    exact = places.filter(Q(code=name) | is_named(name, "exact"))[:MOST]
    return [*exact] or [*places.filter(is_named(name, "startswith"))[:MOST]]

"""The map of a region's places, with their names and borders from the records."""

from collections.abc import Callable, Mapping

from sertakan.regions.models import Level
from sertakan.regions.queries import borders, sources_of_borders, within
from sertakan.web.maps.classes import Value
from sertakan.web.maps.drawing import Map, Place, drawn
from sertakan.web.place_names import place_name


def map_of(
    region: str,
    values: Mapping[str, Value | None],
    *,
    title: str,
    write: Callable[[Value], str],
    said: Callable[[str], str],
    url: Callable[[str], str],
    level: Level = Level.VILLAGE,
) -> Map:
    """Every place of that level in the region, with its value; three queries.

    `values` is by code, and a place that is not in it has none. `write` says a value at the edge
    of a class, `said` what the place with a code has, `url` where its people are listed.
    """
    found = within(region).filter(level=level).select_related("parent").order_by("code")
    places = [
        Place(
            code=place.code,
            name=place_name(place.name),
            within=place_name(place.parent.name) if place.parent else "",
            value=values.get(place.code),
            said=said(place.code),
            url=url(place.code),
        )
        for place in found
    ]
    codes = [place.code for place in places]
    return drawn(
        places, borders(codes), title=title, write=write, sources=sources_of_borders(codes)
    )

"""Places and their values in, what the template `web/_map.html` shows out. No database here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sertakan.regions.outlines import Outline
from sertakan.web.maps.classes import NOTHING_KNOWN, MapClass, Value, classes, shade_of
from sertakan.web.maps.names import short_name
from sertakan.web.maps.paths import Frame, frame, name_spot, path

LETTER_WIDE = 7.5  # at the size of a name on the map, in its units
MOST_LETTERS_ON_A_MAP = 14
MOST_LETTERS_ON_A_TILE = 20


@dataclass(frozen=True)
class Place:
    """A place with what it has: `said` is the value in words, `url` opens what is behind it."""

    code: str
    name: str
    within: str  # the name of what it lies in
    value: Value | None
    said: str
    url: str


@dataclass(frozen=True)
class Shape:
    """A place as it is drawn: by `path` on a map of borders, else as a tile.

    `spot` is where its short name stands, None where there is no room for it.
    """

    place: Place
    css: str
    short: str
    path: str = ""
    spot: tuple[float, float] | None = None


@dataclass(frozen=True)
class Map:
    """All places by their borders in a frame, or (no frame) tiles in blocks of one district.

    `unknown` says that some place has no value. `sources` tell whose borders they are.
    """

    title: str
    legend: list[MapClass]
    unknown: bool
    frame: Frame | None = None
    shapes: list[Shape] = field(default_factory=list)
    blocks: list[tuple[str, list[Shape]]] = field(default_factory=list)
    sources: Sequence[str] = ()


def drawn(
    places: Iterable[Place],
    outlines: Mapping[str, Outline],
    *,
    title: str,
    write: Callable[[Value], str],
    sources: Sequence[str] = (),
) -> Map:
    """The map of these places, in the order of their codes.

    Borders are drawn only where every place has one: a map with holes in it misleads. `write`
    says a value at the edge of a class in words.
    """
    places = sorted(places, key=lambda place: place.code)
    legend = classes((place.value for place in places), write)
    unknown = any(shade_of(place.value, legend) == NOTHING_KNOWN for place in places)
    if places and all(outlines.get(place.code) for place in places):
        known = {place.code: outlines[place.code] for place in places}
        within = frame(known)
        shapes = [_shape(place, legend, known[place.code], within) for place in places]
        return Map(title, legend, unknown, frame=within, shapes=shapes, sources=sources)
    blocks = [
        (name, [_tile(place, legend) for place in block])
        for name, block in groupby(places, key=lambda place: place.within)
    ]
    return Map(title, legend, unknown, blocks=blocks)


def _shape(place: Place, legend: list[MapClass], outline: Outline, within: Frame) -> Shape:
    short = short_name(place.name, MOST_LETTERS_ON_A_MAP)
    return Shape(
        place=place,
        css=shade_of(place.value, legend),
        short=short,
        path=path(outline, within),
        spot=name_spot(outline, within, len(short) * LETTER_WIDE),
    )


def _tile(place: Place, legend: list[MapClass]) -> Shape:
    short = short_name(place.name, MOST_LETTERS_ON_A_TILE)
    return Shape(place=place, css=shade_of(place.value, legend), short=short)

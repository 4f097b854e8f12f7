"""From borders in degrees to paths of an SVG, and where in a place its name can stand.

Equirectangular: a degree of longitude is as wide as it is at the middle of the map, and north
is up. Over a city, or a province, that is true to a pixel or two.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from sertakan.regions.outlines import UNITS_A_DEGREE, Outline, Ring

WIDTH = 640
TALLEST = 720
MARGIN = 4
LINES_TRIED = 12  # heights at which a name is tried
HALF_A_LINE = 6

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """How degrees become places on a map of `width` × `height`."""

    west: int
    north: int
    across: float  # pixels a unit of longitude
    down: float  # pixels a unit of latitude
    width: int
    height: int

    def points(self, ring: Ring) -> list[Point]:
        """The corners of a ring on the map."""
        return [
            (
                round(MARGIN + (longitude - self.west) * self.across, 1),
                round(MARGIN + (self.north - latitude) * self.down, 1),
            )
            for longitude, latitude in zip(ring[::2], ring[1::2], strict=True)
        ]


def frame(outlines: Mapping[str, Outline]) -> Frame:
    """The frame that holds all of them, as wide as can be."""
    rings = [polygon[0] for outline in outlines.values() for polygon in outline]
    longitudes = [number for ring in rings for number in ring[::2]]
    latitudes = [number for ring in rings for number in ring[1::2]]
    west, north = min(longitudes), max(latitudes)
    wide, tall = max(longitudes) - west, north - min(latitudes)
    squeeze = cos(radians((north - tall / 2) / UNITS_A_DEGREE))
    down = min(
        (WIDTH - 2 * MARGIN) / (wide * squeeze),
        (TALLEST - 2 * MARGIN) / tall,
    )
    return Frame(
        west, north, down * squeeze, down,
        width=round(wide * down * squeeze) + 2 * MARGIN, height=round(tall * down) + 2 * MARGIN,
    )  # fmt: skip


def path(outline: Outline, within: Frame) -> str:
    """The outline as the `d` of a path, to be filled by the rule evenodd."""
    rings = (within.points(ring) for polygon in outline for ring in polygon)
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z" for points in rings)


def name_spot(outline: Outline, within: Frame, wide: float) -> Point | None:
    """Where a name of this width has most room in the place; None where it has not enough."""
    largest = max((polygon[0] for polygon in outline), key=_area)
    points = within.points(largest)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    heights = (top + (bottom - top) * number / LINES_TRIED for number in range(1, LINES_TRIED))
    rooms = [(right - left, left, y) for y in heights for left, right in _room(points, y)]
    room, left, y = max(rooms, default=(0.0, 0.0, 0.0))
    return (round(left + room / 2, 1), round(y, 1)) if room >= wide else None


def _room(points: list[Point], y: float) -> Iterator[tuple[float, float]]:
    """From where to where a line of letters in the middle of `y` has room above and below."""
    for left, right in _inside(points, y - HALF_A_LINE):
        for below_left, below_right in _inside(points, y + HALF_A_LINE):
            yield max(left, below_left), min(right, below_right)


def _inside(points: list[Point], y: float) -> Iterator[tuple[float, float]]:
    """From where to where a level line runs inside the ring."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise([*points, points[0]])
        if (y1 <= y) != (y2 <= y)
    )
    return zip(crossings[::2], crossings[1::2], strict=True)


def _area(ring: Ring) -> float:
    corners = list(zip(ring[::2], ring[1::2], strict=True))
    return abs(sum(_cross(pairwise([*corners, corners[0]]))))


def _cross(sides: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[int]:
    return (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in sides)

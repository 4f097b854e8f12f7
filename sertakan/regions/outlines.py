"""Borders in few numbers: rings on a grid, where neighbours still meet.

A ring is a flat list of whole hundred-thousandths of a degree (about a metre): longitude,
latitude, longitude, …; its last point joins its first. Every corner goes to the nearest point of
one grid, so two places that share a corner share it afterwards. A simplification that looked at
one place at a time would tear them apart.
"""

from collections.abc import Iterable, Mapping, Sequence

UNITS_A_DEGREE = 100_000
GRIDS = (1, 2, 5, 10, 20, 50, 100, 200)
MOST_POINTS = 400  # of a place, at which a map of a city stays a light page

Ring = list[int]
Outline = list[list[Ring]]  # polygons, each an outline and its holes
Degrees = Sequence[Sequence[Sequence[tuple[float, float]]]]


def outlines(places: Mapping[str, Degrees]) -> dict[str, Outline]:
    """All places on one grid: the finest at which none has more than MOST_POINTS points.

    A place that is too small for the grid keeps the finest; one without area has no polygons.
    """
    for grid in GRIDS:
        snapped = {code: _snapped(polygons, grid) for code, polygons in places.items()}
        if all(points(outline) <= MOST_POINTS for outline in snapped.values()):
            break
    return {code: outline or _snapped(places[code], GRIDS[0]) for code, outline in snapped.items()}


def points(outline: Outline) -> int:
    """How many corners the outline has."""
    return sum(len(ring) // 2 for polygon in outline for ring in polygon)


def _snapped(polygons: Degrees, grid: int) -> Outline:
    kept = []
    for polygon in polygons:
        outer, *holes = (_ring(ring, grid) for ring in polygon)
        if outer:
            kept.append([outer, *(hole for hole in holes if hole)])
    return kept


def _ring(positions: Iterable[tuple[float, float]], grid: int) -> Ring:
    """The corners of a ring on the grid; nothing where no area is left."""
    corners: list[tuple[int, int]] = []
    for longitude, latitude in positions:
        corner = (_on_grid(longitude, grid), _on_grid(latitude, grid))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    bent = [
        corner
        for before, corner, after in zip(
            corners[-1:] + corners[:-1], corners, corners[1:] + corners[:1], strict=True
        )
        if _turns(before, corner, after)
    ]
    return [number for corner in bent for number in corner] if len(bent) >= 3 else []


def _on_grid(degrees: float, grid: int) -> int:
    return round(degrees * UNITS_A_DEGREE / grid) * grid


def _turns(before: tuple[int, int], corner: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the border changes its direction at the corner."""
    into = (corner[0] - before[0], corner[1] - before[1])
    out = (after[0] - corner[0], after[1] - corner[1])
    return into[0] * out[1] != into[1] * out[0]

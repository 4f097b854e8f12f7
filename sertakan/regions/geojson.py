"""What borders does a GeoJSON file hold, region by region? (RFC 7946: longitude, latitude, WGS 84)

Bytes in, polygons out; anything that is not borders of Indonesian places is refused in one
sentence. Whether a code is one of ours is asked in `operations`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from sertakan.regions.errors import NotBoundaries
from sertakan.vocabulary.regions import dotted

MOST_MEGABYTES = 20
CODE_NAMES = ("code", "kode", "kode_wilayah", "kode_kemendagri", "kdepum", "kd_wilayah")
CODE = re.compile(r"\d{2}(\.?\d{2}(\.?\d{2}(\.?\d{4})?)?)?")
WEST, SOUTH, EAST, NORTH = 94.5, -11.5, 141.5, 6.5  # Sabang to Merauke, Miangas to Rote

Position = tuple[float, float]
Polygon = list[list[Position]]


def polygons_by_code(content: bytes) -> dict[str, list[Polygon]]:
    """The polygons of each code in the file, a ring for its outline and one for each hole.

    Codes are dotted whatever way they were written. Raises NotBoundaries.
    """
    found: dict[str, list[Polygon]] = {}
    for number, feature in enumerate(_features(content), start=1):
        code = _code(feature, number)
        polygons = list(_polygons(feature, code))
        if found.setdefault(code, polygons) != polygons:
            raise NotBoundaries(
                _("%(code)s stands in the file twice, with different borders.") % {"code": code}
            )
    return found


def _features(content: bytes) -> list[dict[str, Any]]:
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise NotBoundaries(
            _("The file is larger than %(most)s MB; please simplify its borders first.")
            % {"most": MOST_MEGABYTES}
        )
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise NotBoundaries(_("The file is not JSON.")) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or told.get("type") != "FeatureCollection":
        raise NotBoundaries(_("The file is not GeoJSON with a FeatureCollection."))
    if not features:
        raise NotBoundaries(_("There is no border in the file."))
    if not all(isinstance(feature, dict) for feature in features):
        raise NotBoundaries(_("The file is not GeoJSON with a FeatureCollection."))
    return features


def _code(feature: dict[str, Any], number: int) -> str:
    """The feature's Kemendagri code, from whichever property bears it."""
    properties = feature.get("properties")
    told = {
        str(name).lower(): str(value).strip()
        for name, value in (properties.items() if isinstance(properties, dict) else ())
    }
    code = next((told[name] for name in CODE_NAMES if told.get(name)), "")
    if not CODE.fullmatch(code):
        raise NotBoundaries(
            _("Border %(number)s has no code of the Ministry of Home Affairs (35.77.01.1001).")
            % {"number": number}
        )
    return dotted(code)


def _polygons(feature: dict[str, Any], code: str) -> Iterator[Polygon]:
    told = feature.get("geometry")
    geometry: dict[str, Any] = told if isinstance(told, dict) else {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotBoundaries(
            _("The border of %(code)s is neither a Polygon nor a MultiPolygon.") % {"code": code}
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise _malformed(code)
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise _malformed(code)
        yield [_ring(ring, code) for ring in polygon]


def _ring(told: Any, code: str) -> list[Position]:
    """A ring without its last position, which is the first again."""
    if not isinstance(told, list) or len(told) < 4 or told[0] != told[-1]:
        raise _malformed(code)
    return [_position(position, code) for position in told[:-1]]


def _position(told: Any, code: str) -> Position:
    if not isinstance(told, list) or len(told) < 2 or not all(map(_is_number, told[:2])):
        raise _malformed(code)
    longitude, latitude = told[:2]
    if WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH:
        return longitude, latitude
    if abs(longitude) > 180 or abs(latitude) > 180:
        message = _("The border of %(code)s is not in degrees; please convert the file to WGS 84.")
    elif WEST <= latitude <= EAST and SOUTH <= longitude <= NORTH:
        message = _("The border of %(code)s has latitude before longitude; GeoJSON has it second.")
    else:
        message = _("The border of %(code)s lies outside Indonesia.")
    raise NotBoundaries(message % {"code": code})


def _is_number(told: Any) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool) and told == told


def _malformed(code: str) -> NotBoundaries:
    return NotBoundaries(_("The border of %(code)s is not a closed ring.") % {"code": code})

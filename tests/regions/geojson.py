"""Made-up borders: squares in the sea off Madiun's coast, which it has not."""

import json

SIZE = 0.01
WEST, SOUTH = 111.50, -7.65


def square(column=0, row=0, size=SIZE):
    """A closed ring, anticlockwise from its south-western corner."""
    west, south = WEST + column * SIZE, SOUTH + row * SIZE
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def a_border(code, *rings, name="code", kind="Polygon"):
    coordinates = list(rings or [square()])
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {
            "type": kind,
            "coordinates": coordinates if kind == "Polygon" else [[ring] for ring in coordinates],
        },
    }


def a_file(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()

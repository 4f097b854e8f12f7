"""At most five classes of one hue for the values on a map, with edges that one can read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

MOST_CLASSES = 5
NICE = (1, 2, 5)
NOTHING_KNOWN = "map-0"
SHADES = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}

Value = int | float | Fraction


@dataclass(frozen=True)
class MapClass:
    """The values from `low` up to, but not including, `high`; the last class has its end too."""

    css: str
    low: Fraction
    high: Fraction
    words: str


def classes(values: Iterable[Value | None], write: Callable[[Value], str]) -> list[MapClass]:
    """Classes of equal width that hold all values, the lowest first; none without a value."""
    known = [Fraction(value) for value in values if value is not None]
    if not known:
        return []
    if min(known) == max(known):
        only = known[0]
        return [MapClass("map-3", only, only, write(_plain(only)))]
    edges = _edges(min(known), max(known), whole=all(value.denominator == 1 for value in known))
    shades = SHADES[len(edges) - 1]
    return [
        MapClass(f"map-{shade}", low, high, f"{write(_plain(low))}–{write(_plain(high))}")
        for shade, (low, high) in zip(shades, pairwise(edges), strict=True)
    ]


def shade_of(value: Value | None, found: list[MapClass]) -> str:
    """The CSS class of a value."""
    if value is None or not found:
        return NOTHING_KNOWN
    within = [each for each in found if each.low <= value]
    return within[-1].css if within else found[0].css


def _edges(lowest: Fraction, highest: Fraction, *, whole: bool) -> list[Fraction]:
    power = _power_of_ten((highest - lowest) / MOST_CLASSES)
    exponents = range(max(power, 0) if whole else power, power + 4)
    for step in (nice * Fraction(10) ** exponent for exponent in exponents for nice in NICE):
        start = floor(lowest / step) * step
        count = max(ceil((highest - start) / step), 1)
        if count <= MOST_CLASSES:
            return [start + step * number for number in range(count + 1)]
    raise AssertionError("a step of ten thousand times the width holds all")


def _power_of_ten(value: Fraction) -> int:
    """The power of ten at or below a value above zero."""
    power = 0
    while value >= 10:
        value, power = value / 10, power + 1
    while value < 1:
        value, power = value * 10, power - 1
    return power


def _plain(value: Fraction) -> Value:
    return value.numerator if value.denominator == 1 else float(value)

"""Which places are there, and what is each called? (Kemendagri codes)

A code is dotted, one part a level: province `35`, regency or city `35.77`, district `35.77.01`,
village (desa or kelurahan) `35.77.01.1001`. The part of a village tells a kelurahan (`1…`) from a
desa (`2…`). The table and its licence are in `data/`.
"""

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "regions.csv.gz"
LEVELS = ("province", "regency", "district", "village")


@dataclass(frozen=True, slots=True)
class Region:
    """A place of any level; `name` as the ministry writes it (`KOTA MADIUN`, `Oro-oro Ombo`)."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """One of `LEVELS`."""
        return LEVELS[self.code.count(".")]

    @property
    def parent(self) -> str:
        """The code of the place it lies in; empty for a province."""
        return self.code.rpartition(".")[0]


def dotted(code: str) -> str:
    """The code as it is written here: `3577` becomes `35.77`, and `35.77` stays."""
    digits = code.strip().replace(".", "")
    parts = (digits[0:2], digits[2:4], digits[4:6], digits[6:])
    return ".".join(part for part in parts if part)


def all_regions() -> tuple[Region, ...]:
    """Every region of the country, sorted by code: a place comes right before those within it."""
    return regions_within("")


@cache
def regions_within(code: str) -> tuple[Region, ...]:
    """The region with this code and all that lie in it; the whole country for an empty code.

    An unknown code has none: the answer is empty.
    """
    beginnings = (f"{code},", f"{code}.") if code else ("",)
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as file:
        lines = [line for line in file.read().splitlines()[1:] if line.startswith(beginnings)]
    return tuple(Region(*row) for row in csv.reader(lines))

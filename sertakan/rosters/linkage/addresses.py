"""Do two written addresses mean the same door, as far as both tell?"""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

RT_RW = re.compile(r"\brt[ ./-]*rw[ .:/-]*0*(\d+)[ ./-]+0*(\d+)|\brt[ .:]*0*(\d+) ?/ ?0*(\d+)")
RT = re.compile(r"\brt[ .:/-]*0*(\d+)")
RW = re.compile(r"\brw[ .:/-]*0*(\d+)")
PLAIN_PAIR = re.compile(r"\b0*(\d{1,3}) ?/ ?0*(\d{1,3})\b")
HOUSE = re.compile(r"\b(?:no|nomor|nmr)[ .:]*0*(\d+) ?[a-z]?\b|\b0*(\d+) ?[a-z]?\b")
PLACE = re.compile(r"\b(?:kel|kelurahan|ds|desa|kec|kecamatan|kota|kab|kabupaten)\b.*")
FILLER = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|dsn|dusun|dukuh|dk|lingk|lingkungan|blok|no|nomor|nmr|rt|rw)\b"
)


class Address(NamedTuple):
    """The parts of an address that can be compared; an empty part was not told."""

    street: str = ""
    house: str = ""
    rt: str = ""
    rw: str = ""


@lru_cache(maxsize=1 << 16)
def parse_address(text: str) -> Address:
    """`Jl. Setia Budi No. 1 RT 033 RW 10` → street `setiabudi`, house 1, RT 33, RW 10."""
    plain, rt, rw = _take_rt_rw(PLACE.sub(" ", text.lower().replace(",", " ")))
    found = HOUSE.search(plain)
    house = (found[1] or found[2]) if found else ""
    street = re.sub(r"[^a-z]+", "", FILLER.sub(" ", HOUSE.sub(" ", plain)))
    return Address(street.replace("oe", "u"), house, rt, rw)


def _take_rt_rw(plain: str) -> tuple[str, str, str]:
    if found := RT_RW.search(plain) or (None if RT.search(plain) else PLAIN_PAIR.search(plain)):
        rt, rw = [number for number in found.groups() if number]
        return plain.replace(found[0], " "), rt, rw
    rt_found, rw_found = RT.search(plain), RW.search(plain)
    plain = RW.sub(" ", RT.sub(" ", plain))
    return plain, rt_found[1] if rt_found else "", rw_found[1] if rw_found else ""


def same_address(a: str | None, b: str | None) -> bool | None:
    """Whether both mean one door; None where they do not tell enough or agree only in part.

    Two parts must agree, the street or the house among them. Another house is another door;
    any other single part that differs may be an error of the pen.
    """
    if not a or not b:
        return None
    return same_parsed_address(parse_address(a), parse_address(b))


def same_parsed_address(a: Address, b: Address) -> bool | None:
    """`same_address` of addresses parsed before."""
    told = [
        (part, x == y or (part == "street" and _street_alike(x, y)))
        for part, x, y in zip(Address._fields, a, b, strict=True)
        if x and y
    ]
    agree = [part for part, alike in told if alike]
    differ = [part for part, alike in told if not alike]
    if "house" in differ or len(differ) > len(agree):
        return False
    if differ or len(agree) < 2 or not {"street", "house"} & set(agree):
        return None
    return True


def _street_alike(x: str, y: str) -> bool:
    shorter, longer = sorted((x, y), key=len)
    if len(shorter) < 4:
        return False
    return longer.startswith(shorter) or Levenshtein.distance(x, y) <= len(shorter) // 4

"""Which part of a PU contribution funds JKP, without a rupiah more from the employer?

PP 49/2023 Pasal 16A and 18A, PP 6/2025 Pasal 11: a split inside JKK (and, for a time, JKM).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sertakan.law import contributions
from sertakan.law.book import Book
from sertakan.vocabulary import Month, share


def split(facts: Mapping[str, Any], book: Book) -> list[dict[str, Any]]:
    """For each month: JKK, JKM and JKP in whole rupiah that add up to what is paid.

    Only months in which the split is in force are listed.
    """
    found = []
    for month in facts["months"]:
        parts = _parts(month, book)
        if parts is not None:
            found.append({"month": str(month), **_of(facts, month, parts, book)})
    return found


def _parts(month: Month, book: Book) -> tuple[Fraction, Fraction] | None:
    from_jkk = book.find("pu/jkp/from_jkk", month.first_day)
    from_jkm = book.find("pu/jkp/from_jkm", month.first_day)
    if from_jkk is None or from_jkm is None:
        return None
    return from_jkk.value, from_jkm.value


def _of(
    facts: Mapping[str, Any], month: Month, parts: tuple[Fraction, Fraction], book: Book
) -> dict[str, int]:
    wage = facts["wage"]
    price = contributions.price(
        segment="PU", month=month, wage=wage, risk_class=facts["risk_class"], book=book
    )
    from_jkk, from_jkm = share(wage, parts[0]), share(wage, parts[1])
    return {
        "jkk": price.jkk - from_jkk,
        "jkm": price.jkm - from_jkm,
        "jkp": from_jkk + from_jkm,
        "total": price.total,
    }

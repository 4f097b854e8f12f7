"""What does a construction project pay for JKK and JKM, by its contract value?

Slice by slice: each tier's rate on what lies in that tier (PP 44/2015, Permenaker 5/2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from sertakan.law import facts as f
from sertakan.law.book import Book
from sertakan.law.decisions import Case, Decision, uncertain
from sertakan.law.facts import FactError
from sertakan.vocabulary import share

FACTS: Mapping[str, f.Parser] = {"contract_value": f.rupiah}


def decide(facts: Mapping[str, Any], book: Book) -> Decision:
    """Rupiah by tier; only tiers that are reached. Raises FactError `missing`."""
    if "contract_value" not in facts:
        raise FactError("missing", "contract_value", "contract_value is missing.")
    case, answer = _decide(facts, book)
    return Decision(
        question="project_contribution",
        answer=answer,
        findings=tuple(case.findings),
        uncertain=uncertain(case, answer, lambda other: _decide(facts, other)[1]),
    )


def _decide(facts: Mapping[str, Any], book: Book) -> tuple[Case, dict[str, Any]]:
    case = Case(facts, book)
    table = book.latest("jakon/tiers")
    case.cite((table,))
    tiers = _tiers(table.value, case.fact("contract_value"))
    case.find("tiers_reached", True)
    jkk, jkm = sum(tier["jkk"] for tier in tiers), sum(tier["jkm"] for tier in tiers)
    return case, {"jkk": jkk, "jkm": jkm, "total": jkk + jkm, "tiers": tiers}


def _tiers(rows: tuple[Mapping[str, Any], ...], value: int) -> list[dict[str, Any]]:
    """Each tier's bounds (the highest has no `to`) and what its slice pays."""
    reached = []
    for row, above in pairwise((*rows, None)):
        assert row is not None
        if value <= row["above"]:
            break
        to = above["above"] if above else None
        part = min(value, to or value) - row["above"]
        reached.append(
            {
                "from": row["above"],
                "to": to,
                "jkk": share(part, row["jkk"]),
                "jkm": share(part, row["jkm"]),
            }
        )
    return reached

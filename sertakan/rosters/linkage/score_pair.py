"""Are these two one person? The weights of the registry's linkage for two people, and why.

Plain Python, a few microseconds: for one new person at the counter against the candidates that
share a blocking key. Splink gives the same weight for the same pair.
"""

from typing import NamedTuple

from sertakan.rosters.linkage.levels import COMPARISONS, Comparison, Level
from sertakan.rosters.linkage.model import Model, the_model
from sertakan.rosters.linkage.records import PersonFacts, Record, take_apart
from sertakan.rosters.linkage.relations import Relations, relations


class Part(NamedTuple):
    """What one comparison adds: bits, which level it is, and both in words."""

    comparison: str
    level: str
    weight: float
    compared_indonesian: str
    compared_english: str
    found_indonesian: str
    found_english: str


class PairScore(NamedTuple):
    """`match_weight` in bits is `prior_weight` and the weights of the parts together."""

    match_weight: float
    prior_weight: float
    parts: tuple[Part, ...]

    @property
    def match_probability(self) -> float:
        """The same from 0 to 1."""
        odds: float = 2.0**self.match_weight
        return odds / (1 + odds)


def score_pair(a: PersonFacts, b: PersonFacts, model: Model | None = None) -> PairScore:
    """How likely the two are one person; the order of the two does not matter."""
    return score_records(take_apart(a), take_apart(b), model)


def score_records(a: Record, b: Record, model: Model | None = None) -> PairScore:
    """`score_pair` of people taken apart before."""
    model = model or the_model()
    found = relations(a, b)
    parts = tuple(_part(comparison, found, model) for comparison in COMPARISONS)
    weight = model.prior_weight + sum(part.weight for part in parts)
    return PairScore(weight, model.prior_weight, parts)


def _part(comparison: Comparison, found: Relations, model: Model) -> Part:
    level = _level(comparison, found)
    weight = 0.0 if level.says_nothing else model.shares[comparison.name][level.name].weight
    return Part(
        comparison.name,
        level.name,
        weight,
        comparison.indonesian,
        comparison.english,
        level.indonesian,
        level.english,
    )


def _level(comparison: Comparison, found: Relations) -> Level:
    """The first that holds; the last always does."""
    return next(level for level in comparison.levels if level.holds(found))

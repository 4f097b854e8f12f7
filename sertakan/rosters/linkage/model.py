"""The weights of the linkage: read from `model.json`, written by `train.py`, given to Splink.

For each level `m` is how often it is found among pairs of one person, `u` among pairs of two,
of those pairs that share a blocking key. Its weight is log2(m / u).
"""

import json
from collections.abc import Mapping
from functools import cache
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from sertakan.rosters.linkage.levels import COMPARISONS

MODEL_FILE = Path(__file__).with_name("model.json")


class Shares(NamedTuple):
    """How often a level is found: among pairs of one person, and of two."""

    m: float
    u: float

    @property
    def weight(self) -> float:
        """Bits: each doubles the odds that the two are one person."""
        return log2(self.m / self.u)


class Model(NamedTuple):
    """`one_person`: the share of one person's among all pairs that are compared at all.

    `shares` by comparison and level. `trained` says on what, for people who read the file.
    """

    one_person: float
    shares: Mapping[str, Mapping[str, Shares]]
    trained: Mapping[str, Any]

    @property
    def prior_weight(self) -> float:
        """Bits before anything is compared."""
        return log2(self.one_person / (1 - self.one_person))


@cache
def the_model() -> Model:
    """The model kept in the repository."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> Model:
    """A model from its file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    shares = {
        comparison: {level: Shares(**each) for level, each in levels.items()}
        for comparison, levels in content["shares"].items()
    }
    return Model(content["one_person"], shares, content["trained"])


def write_model(model: Model, path: Path) -> None:
    """A model into its file, as people can read it."""
    content = {
        "trained": dict(model.trained),
        "one_person": model.one_person,
        "shares": {
            comparison: {level: each._asdict() for level, each in levels.items()}
            for comparison, levels in model.shares.items()
        },
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def splink_settings(model: Model, link_type: str = "link_only") -> dict[str, Any]:
    """The model as Splink wants it."""
    return {
        "link_type": link_type,
        "unique_id_column_name": "id",
        "probability_two_random_records_match": model.one_person,
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": "l.blocking_keys = r.blocking_keys",
                "sql_dialect": "duckdb",
                "arrays_to_explode": ["blocking_keys"],
            }
        ],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_description": comparison.english,
                "comparison_levels": [
                    {
                        "sql_condition": level.sql(),
                        "label_for_charts": level.name,
                        **(
                            {"is_null_level": True}
                            if level.says_nothing
                            else {
                                "m_probability": model.shares[comparison.name][level.name].m,
                                "u_probability": model.shares[comparison.name][level.name].u,
                            }
                        ),
                    }
                    for level in comparison.levels
                ],
            }
            for comparison in COMPARISONS
        ],
        "retain_matching_columns": True,  # among them the levels
    }

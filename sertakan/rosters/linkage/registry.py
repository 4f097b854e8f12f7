"""Link a new list with a whole registry: Splink on DuckDB (the extra `linkage`).

One new person at the counter is scored by `score_pair` with the same weights.
"""

from pathlib import Path

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker

from sertakan.rosters.linkage.levels import COMPARISONS, Comparison
from sertakan.rosters.linkage.model import Model, splink_settings, the_model
from sertakan.rosters.linkage.records import records_frame

RELATIONS_FILE = Path(__file__).with_name("relations.sql")
LIKELY = 3.0  # bits: eight to one


def link_registry(
    people: pl.DataFrame,
    new: pl.DataFrame,
    *,
    least_weight: float = LIKELY,
    model: Model | None = None,
    memory_limit: str = "4GB",
) -> pl.DataFrame:
    """Which person of `new` is likely which of `people`.

    Both have `id` (text or integer, unique) and the columns of `records.PersonFacts`. Gives
    `people_id`, `new_id`, `match_weight` (bits, at least `least_weight`) and the level of each
    comparison by its name, best first. A new person may be found more than once.
    """
    return link_records(
        records_frame(people),
        records_frame(new),
        least_weight=least_weight,
        model=model,
        memory_limit=memory_limit,
    )


def link_records(
    people: pl.DataFrame,
    new: pl.DataFrame,
    *,
    least_weight: float = LIKELY,
    model: Model | None = None,
    memory_limit: str = "4GB",
) -> pl.DataFrame:
    """`link_registry` of people taken apart before (`records.records_frame`), who may be kept."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{memory_limit}'")
        connection.execute(RELATIONS_FILE.read_text(encoding="utf-8"))
        api = DuckDBAPI(connection=connection)
        left = api.register(people.to_arrow(), dataset_display_name="a_people")
        right = api.register(new.to_arrow(), dataset_display_name="b_new")
        linker = Linker([left, right], splink_settings(model or the_model()), log_level=None)
        predicted = linker.inference.predict(threshold_match_weight=least_weight)
        found = connection.sql(f"SELECT * FROM {predicted.physical_name}").pl()
    return _named(found).sort(
        "match_weight", "people_id", "new_id", descending=[True, False, False]
    )


def _named(found: pl.DataFrame) -> pl.DataFrame:
    """Splink's columns under our names, its numbers of levels as their names."""
    levels = {
        comparison.name: pl.col(f"gamma_{comparison.name}").replace_strict(
            _numbered(comparison), return_dtype=pl.String
        )
        for comparison in COMPARISONS
    }
    return found.select(people_id="id_l", new_id="id_r", match_weight="match_weight", **levels)


def _numbered(comparison: Comparison) -> dict[int, str]:
    """Splink numbers levels from the last, 0; the one that says nothing is -1."""
    speaking = [level.name for level in comparison.levels if not level.says_nothing]
    silent = [level.name for level in comparison.levels if level.says_nothing]
    return dict(enumerate(reversed(speaking))) | dict.fromkeys([-1], silent[0])

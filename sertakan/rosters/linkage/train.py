"""Train the weights on made-up people and write `model.json`.

    python -m sertakan.rosters.linkage.train

A registry is made up, and a list of another office in which some of it stands, written as clerks
write. Splink finds the pairs that share a blocking key and the level of each comparison; how
often each level is found among pairs of one person and of two are its weights. The accuracy is
then told on people and clerks that were not trained on.
"""

from random import Random
from typing import Any, NamedTuple

import polars as pl

from sertakan.rosters.linkage.levels import COMPARISONS, Comparison
from sertakan.rosters.linkage.made_up import population
from sertakan.rosters.linkage.made_up_clerks import Clerk, Written, write_down
from sertakan.rosters.linkage.model import MODEL_FILE, Model, Shares, the_model, write_model
from sertakan.rosters.linkage.records import PersonFacts
from sertakan.rosters.linkage.registry import link_registry

OFFICES = (
    Clerk(),
    Clerk(nik_slips=0.08, birth_date_absent=0.3, mother_absent=0.9),
    Clerk(address_absent=0.6, phone_absent=0.8, name_changes=0.5),
    Clerk(nik_slips=0.15, name_slips=0.15, birth_date_slips=0.05),
)
SEED, PEOPLE, NEW = 2026, 60_000, 30_000
HELD_OUT_SEED = 77
EVERYTHING = -1000.0
SMOOTHING = 0.5  # of a pair, so that nothing is impossible

SCHEMA = {
    "id": pl.Int64,
    "nik": pl.String,
    "name": pl.String,
    "birth_date": pl.Date,
    "sex": pl.String,
    "address": pl.String,
    "phone": pl.String,
    "mother_name": pl.String,
}


class Trial(NamedTuple):
    """A registry and a list of another office; a person has the same `id` in both."""

    people: pl.DataFrame
    new: pl.DataFrame


class Accuracy(NamedTuple):
    """Pairs told rightly, told too many, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of pairs told that are one person."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of pairs of one person that are told."""
        return self.right / (self.right + self.missed)


def make_trial(seed: int, people: int = PEOPLE, new: int = NEW) -> Trial:
    """Half of the new list stands in the registry already; twins may be parted between them."""
    random = Random(seed)
    everyone = population(people + new // 2, seed=seed, twins=0.02)
    random.shuffle(everyone)
    registered, newcomers = everyone[:people], everyone[people:]
    again = random.sample(registered, new - len(newcomers))
    registrar = Clerk(nik_slips=0.005, name_changes=0.1, name_slips=0.02, birth_date_slips=0.005)
    return Trial(
        _frame([write_down(person, registrar, random) for person in registered]),
        _frame(
            [write_down(person, random.choice(OFFICES), random) for person in again + newcomers]
        ),
    )


def _frame(written: list[Written]) -> pl.DataFrame:
    rows = [
        (each.number, *(getattr(each, name) for name in PersonFacts._fields)) for each in written
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def train(trial: Trial, told: dict[str, Any]) -> Model:
    """The weights that the pairs of this trial give."""
    pairs = link_registry(
        trial.people, trial.new, least_weight=EVERYTHING, model=_untrained()
    ).with_columns(one_person=pl.col("people_id") == pl.col("new_id"))
    return Model(
        one_person=pairs["one_person"].mean(),  # type: ignore[arg-type]
        shares={comparison.name: _shares(comparison, pairs) for comparison in COMPARISONS},
        trained={**told, "pairs": pairs.height, "one_person": int(pairs["one_person"].sum())},
    )


def _shares(comparison: Comparison, pairs: pl.DataFrame) -> dict[str, Shares]:
    levels = [level.name for level in comparison.levels if not level.says_nothing]
    counted = pairs.group_by(comparison.name, "one_person").len().iter_rows()
    found = {(level, one_person): float(count) for level, one_person, count in counted}
    total = {one: sum(found.get((level, one), 0.0) for level in levels) for one in (True, False)}

    def share(level: str, one_person: bool) -> float:
        of_all = total[one_person] + SMOOTHING * len(levels)
        return round((found.get((level, one_person), 0.0) + SMOOTHING) / of_all, 9)

    return {level: Shares(share(level, True), share(level, False)) for level in levels}


def _untrained() -> Model:
    """Every level as likely for one person as for two: enough to find the levels."""
    even = {
        comparison.name: {level.name: Shares(0.5, 0.5) for level in comparison.levels}
        for comparison in COMPARISONS
    }
    return Model(0.5, even, {})


def accuracy(trial: Trial, model: Model, least_weight: float) -> Accuracy:
    """How the model does on a trial."""
    found = link_registry(trial.people, trial.new, least_weight=least_weight, model=model)
    right = found.filter(pl.col("people_id") == pl.col("new_id")).height
    one_person = trial.people.join(trial.new, on="id").height
    return Accuracy(right, found.height - right, one_person - right)


def main() -> None:
    """Train, write, and tell how well it does on others."""
    told = {"seed": SEED, "people": PEOPLE, "new": NEW, "on": "made-up people"}
    write_model(train(make_trial(SEED), told), MODEL_FILE)
    print(f"{MODEL_FILE.name} written.")
    held_out = make_trial(HELD_OUT_SEED)
    for least in (-3.0, 0.0, 3.0, 6.0, 9.0):
        got = accuracy(held_out, the_model(), least)
        print(f"{least:+5.1f} bits: precision {got.precision:.4f}, recall {got.recall:.4f}")


if __name__ == "__main__":
    main()

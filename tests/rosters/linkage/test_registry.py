"""A list is linked with a registry, and one person at the counter is judged by the same weights."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sertakan.rosters.linkage import relations as python_relations
from sertakan.rosters.linkage.levels import COMPARISONS, SQL
from sertakan.rosters.linkage.made_up import population
from sertakan.rosters.linkage.made_up_clerks import Clerk, slip_nik, write_down
from sertakan.rosters.linkage.model import the_model
from sertakan.rosters.linkage.records import PersonFacts, blocking_keys, records_frame, take_apart
from sertakan.rosters.linkage.registry import RELATIONS_FILE, link_registry
from sertakan.rosters.linkage.score_pair import score_pair
from sertakan.rosters.linkage.train import EVERYTHING, SCHEMA, accuracy, make_trial

TUTIK = PersonFacts(
    nik="3577025406710003",
    name="Tutik Handayani",
    birth_date=date(1971, 6, 14),
    sex="P",
    address="Jl. Mawar No. 5 RT 3 RW 1",
    phone="081234567890",
    mother_name="Suminah",
)
PEOPLE = population(400, seed=11, twins=0.2)
SLOPPY = Clerk(
    nik_slips=0.4, name_slips=0.4, name_changes=0.7, birth_date_slips=0.2, birth_date_absent=0.1
)


def a_frame(*people):
    return pl.DataFrame(
        [(i, *person) for i, person in enumerate(people)], schema=SCHEMA, orient="row"
    )


def facts(frame):
    return {row[0]: PersonFacts(*row[1:]) for row in frame.select(list(SCHEMA)).iter_rows()}


@st.composite
def written(draw):
    """A made-up person as a sloppy office writes them."""
    random = Random(draw(st.integers(0, 10**6)))
    each = write_down(draw(st.sampled_from(PEOPLE)), SLOPPY, random)
    return PersonFacts(*(getattr(each, name) for name in PersonFacts._fields))


def test_a_neighbours_nik_and_half_a_name_leave_it_open():
    again = TUTIK._replace(nik="3577025406710008", name="Hj. Toetik H.", phone=None)

    assert 0 < score_pair(TUTIK, again).match_weight < 3


def test_the_whole_name_settles_what_the_nik_leaves_open():
    again = TUTIK._replace(nik="3577025406710008", name="Hj. Toetik Handajani", phone=None)

    assert link_registry(a_frame(TUTIK), a_frame(again)).select("people_id", "new_id").rows() == [
        (0, 0)
    ]


@pytest.mark.parametrize("name", ["Titik Handayani", "Tutik Lestari", "Sumarni"])
def test_her_twin_is_another_person(name):
    twin = TUTIK._replace(nik="3577025406710004", name=name, phone="085600000000")

    assert link_registry(a_frame(TUTIK), a_frame(twin)).is_empty()
    assert score_pair(TUTIK, twin).match_weight < 0


def test_the_clerk_is_told_why_in_both_languages():
    again = TUTIK._replace(nik="3577025406716003", name="TUTIK HANDAYANI, S.Pd")

    score = score_pair(TUTIK, again)

    assert score.match_probability > 0.999
    assert [(part.comparison, part.level) for part in score.parts] == [
        ("identity", "slip_same_birth_same_household"),
        ("name", "same_two_words"),
        ("sex", "same"),
    ]
    assert score.parts[1].found_indonesian == "Nama sama, dua kata."
    assert score.parts[1].found_english == "The same name of two words."
    assert score.match_weight == pytest.approx(
        score.prior_weight + sum(part.weight for part in score.parts)
    )


def test_splink_gives_every_pair_the_weight_that_the_counter_gives():
    trial = make_trial(5, people=3000, new=1500)
    people, new = facts(trial.people), facts(trial.new)

    linked = link_registry(trial.people, trial.new, least_weight=EVERYTHING)

    assert linked.height > 900
    for row in linked.iter_rows(named=True):
        score = score_pair(people[row["people_id"]], new[row["new_id"]])
        assert score.match_weight == pytest.approx(row["match_weight"], abs=1e-6)
        assert [part.level for part in score.parts] == [row["identity"], row["name"], row["sex"]]


def test_splink_compares_exactly_those_who_share_a_key():
    trial = make_trial(6, people=2000, new=1000)
    filed = defaultdict(set)
    for number, person in facts(trial.people).items():
        for key in blocking_keys(person):
            filed[key].add(number)
    share_a_key = {
        (old, new)
        for new, person in facts(trial.new).items()
        for key in blocking_keys(person)
        for old in filed[key]
    }

    linked = link_registry(trial.people, trial.new, least_weight=EVERYTHING)

    assert set(linked.select("people_id", "new_id").iter_rows()) == share_a_key


def test_duckdb_and_python_see_the_same_relations():
    random = Random(3)
    clerks = (SLOPPY, Clerk(address_absent=0.4, rt_rw_absent=0.5, mother_absent=0.2))
    rows = [
        (person.number, *(getattr(each, name) for name in PersonFacts._fields))
        for person in PEOPLE
        for each in (write_down(person, clerk, random) for clerk in clerks)
    ]
    records = records_frame(pl.DataFrame(rows, schema=SCHEMA, orient="row").with_row_index("n"))
    taken = [take_apart(PersonFacts(*row[1:])) for row in rows]

    with duckdb.connect() as connection:
        connection.execute(Path(RELATIONS_FILE).read_text(encoding="utf-8"))
        connection.register("records", records.to_arrow())
        sides = ", ".join(
            f"{side}.{column} AS {column}_{side}" for side in "lr" for column in records.columns
        )
        asked = ", ".join(SQL[relation] for relation in python_relations.Relations._fields)
        seen = connection.execute(
            f"SELECT n_l, n_r, {asked} FROM (SELECT {sides} FROM records l, records r "
            "WHERE l.id = r.id OR abs(l.id - r.id) = 1 OR hash(l.n * 1000 + r.n) % 40 = 0)"
        ).fetchall()

    assert len(seen) > 10_000
    for left, right, *words in seen:
        assert python_relations.relations(taken[left], taken[right]) == tuple(words)


@given(written(), written())
def test_either_may_be_asked_first(one, other):
    assert score_pair(one, other).match_weight == pytest.approx(score_pair(other, one).match_weight)


@given(written())
def test_whoever_has_a_nik_is_most_of_all_themselves(one):
    assert score_pair(one, one).parts[0].level in ("same_nik_same_birth", "same_nik")


@given(st.sampled_from(PEOPLE), st.integers(0, 10**6))
def test_no_single_slip_in_the_nik_hides_a_person(person, seed):
    mistyped = slip_nik(person.nik, Random(seed))
    unlike = sum(x != y for x, y in zip(person.nik, mistyped, strict=True))
    old = PersonFacts(person.nik, person.name, person.birth_date)
    new = old._replace(nik=mistyped, name="Tak Dikenal")

    if unlike == 1:
        assert set(blocking_keys(old)) & set(blocking_keys(new))


@given(written())
def test_keys_are_few_and_steady(one):
    keys = blocking_keys(one)

    assert keys == sorted(set(keys)) == blocking_keys(one)
    assert len(keys) <= 25


def test_nothing_known_is_no_reason_and_no_error():
    nobody = PersonFacts(None, None, None)

    assert blocking_keys(nobody) == []
    assert {part.weight for part in score_pair(nobody, nobody).parts} == {0.0}


def test_every_level_has_its_words_and_its_weight():
    for comparison in COMPARISONS:
        speaking = [level for level in comparison.levels if not level.says_nothing]
        assert {level.name for level in speaking} == set(the_model().shares[comparison.name])
        assert all(level.indonesian and level.english for level in comparison.levels)
        assert not comparison.levels[-1].needs


def test_more_alike_weighs_more():
    identity, name = the_model().shares["identity"], the_model().shares["name"]

    assert (
        identity["same_nik_same_birth"].weight
        > identity["slip_same_birth_same_household"].weight
        > identity["neighbour_same_birth_same_household"].weight
        > identity["same_birth_other_household"].weight
    )
    assert name["same_two_words"].weight > name["one_word_others_left_out"].weight > 0
    assert 0 > name["shared_word"].weight > name["other"].weight


def test_people_that_were_not_trained_on_are_told_apart():
    got = accuracy(make_trial(123, people=4000, new=2000), the_model(), least_weight=3.0)

    assert got.precision > 0.995
    assert got.recall > 0.985

"""What must always hold, whatever is asked."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sertakan.law import death_claims, eligibility, facts
from sertakan.law.book import published
from sertakan.law.explanations import explain
from sertakan.law.questions import QUESTIONS, answer, decide
from tests.law import making

BOOK = published()
MONEY = {"amount", "cash_total", "total", "arrears", "penalty", "lifetime_max", "per_year", "jkk"}


def sums(found: Any) -> list[Any]:
    """Every amount of money in an answer."""
    if isinstance(found, Mapping):
        own = [value for name, value in found.items() if name in MONEY and value is not None]
        return own + [each for value in found.values() for each in sums(value)]
    if isinstance(found, list):
        return [each for value in found for each in sums(value)]
    return []


@given(making.asked)
def test_money_is_whole_and_never_below_zero(asked):
    answered = answer(*asked, BOOK)["answer"]

    assert all(type(amount) is int and amount >= 0 for amount in sums(answered))


@given(making.asked)
def test_the_same_facts_have_the_same_answer(asked):
    assert answer(*asked, BOOK) == answer(*asked, BOOK)


class Watched(dict):
    """Facts that remember which of them were read."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)


@given(making.asked)
def test_no_fact_is_read_that_the_reasons_do_not_name(asked):
    question, given_facts = asked
    table, answerer = QUESTIONS[question]
    watched = Watched(facts.read(given_facts, table))

    decision = answerer(watched, BOOK)

    named = {fact for each in (*decision.findings, *decision.lines) for fact in each.facts}
    assert watched.read <= named


@given(making.asked)
def test_every_decision_can_be_kept_and_told(asked):
    decision = decide(*asked, BOOK)

    assert json.loads(json.dumps(decision.as_dict())) == decision.as_dict()
    for language in ("id", "en"):
        assert all(explain(decision, language))


@given(making.asked)
def test_what_is_uncertain_is_a_provision_of_low_confidence_that_was_read(asked):
    decision = decide(*asked, BOOK)

    low = {each.name for each in decision.provisions if each.confidence == "low"}
    assert set(decision.uncertain) <= low


@given(making.deaths)
def test_the_lines_of_a_death_add_up(facts):
    found = answer("death_benefit", facts, BOOK)["answer"]

    assert found["cash_total"] == sum(line["amount"] for line in found["lines"])
    assert all(line["amount"] > 0 for line in found["lines"])
    if found["scholarship"]:
        per_child = found["scholarship"]["per_child"]
        assert found["scholarship"]["lifetime_max"] == sum(each["amount"] for each in per_child)
        assert found["scholarship"]["children"] == len(per_child) <= 2


@given(making.deaths)
def test_the_outcome_of_a_death_agrees_with_its_reasons(facts):
    found = answer("death_benefit", facts, BOOK)["answer"]

    assert (found["outcome"] == "refused") == bool(found["refused_because"])
    assert (found["outcome"] == "review") == bool(found["review_because"])
    assert (found["arrears"] > 0) <= (found["outcome"] in ("pending_arrears", "review"))
    if found["outcome"] == "refused":
        assert (found["lines"], found["cash_total"], found["arrears"]) == ([], 0, 0)


@settings(max_examples=300)
@given(making.deaths)
def test_what_would_turn_a_decision_turns_it(facts_given):
    known = facts.read(facts_given, death_claims.FACTS)
    decision = death_claims.decide_known(known, BOOK)

    if any(change.how == "give" for change in decision.turned_by):
        assert all(
            f"missing:{each.fact}" in decision.answer["review_because"]
            for each in decision.turned_by
        )
        return
    changed: Mapping[str, Any] = known
    for change in decision.turned_by:
        changed = change.applied_to(changed)
    after = death_claims.decide_known(changed, BOOK).answer["outcome"]
    if decision.turned_by:
        assert after != decision.answer["outcome"]
    else:
        assert decision.answer["outcome"] == "payable" or decision.answer["review_because"] == [
            "short_membership_without_heirs"
        ]


@given(making.eligibilities)
def test_what_would_let_someone_in_lets_them_in(facts_given):
    known = facts.read(facts_given, eligibility.FACTS)
    decision = eligibility.decide(known, BOOK)

    if any(change.how == "give" for change in decision.turned_by):
        return
    for change in decision.turned_by:
        known = change.applied_to(known)
    assert eligibility.decide(known, BOOK).answer["eligible"] is not False


@given(making.deaths)
def test_a_missing_fact_is_one_that_was_not_given(facts_given):
    found = answer("death_benefit", facts_given, BOOK)["answer"]

    for reason in found["review_because"]:
        if reason.startswith("missing:") and "[" not in reason and "." not in reason:
            assert facts_given.get(reason.removeprefix("missing:")) is None


@given(making.deaths, st.sampled_from(sorted(death_claims.FACTS)))
def test_a_fact_that_is_not_asked_for_does_not_turn_a_certain_outcome(facts_given, name):
    """Leaving a fact out gives the same outcome, or asks for it: never another certain one,
    except where the fact is one that is counted as not having happened (known_on, sector,
    fund, survivors) or a refusal that can no longer be seen."""
    if name in ("known_on", "sector", "fund", "survivors") or name not in facts_given:
        return
    before = answer("death_benefit", facts_given, BOOK)["answer"]["outcome"]
    without = {key: value for key, value in facts_given.items() if key != name}
    after = answer("death_benefit", without, BOOK)["answer"]

    assert after["outcome"] in (before, "review") or before == "review"


@given(making.covers)
def test_more_paid_months_never_give_less_cover(facts_given):
    ranks = {"not_yet": 0, "lapsed": 0, "grace": 1, "covered": 2}
    before = answer("cover", facts_given | {"known_on": making.LAST}, BOOK)["answer"]
    more = [*facts_given["payments"]]
    if not more or not more[0]["months"]:
        return
    first = more[0]
    last_month = date.fromisoformat(f"{max(first['months'])}-01")
    following = f"{last_month.year + last_month.month // 12}-{last_month.month % 12 + 1:02d}"
    more[0] = first | {"months": [*first["months"], following]}
    after = answer("cover", facts_given | {"payments": more, "known_on": making.LAST}, BOOK)[
        "answer"
    ]

    assert ranks[after["status"]] >= ranks[before["status"]]


@given(making.covers)
def test_cover_does_not_depend_on_the_order_in_which_payments_are_listed(facts_given):
    backwards = facts_given | {"payments": facts_given["payments"][::-1]}

    assert answer("cover", backwards, BOOK) == answer("cover", facts_given, BOOK)


@given(making.contributions)
def test_a_contribution_adds_up(facts_given):
    found = answer("contribution", facts_given, BOOK)["answer"]

    for month in found["months"]:
        assert month["total"] == month["jkk"] + month["jkm"] + month["jht"]
    assert found["per_person"] == sum(month["total"] for month in found["months"])
    assert found["total"] == found["per_person"] * facts_given.get("people", 1)


@given(making.contributions)
def test_the_part_for_jkp_costs_the_employer_nothing_more(facts_given):
    facts_given = facts_given | {"segment": "PU"}

    answered = answer("contribution", facts_given, BOOK)

    totals = {month["month"]: month["total"] for month in answered["answer"]["months"]}
    for split in answered["recomposition"]:
        assert split["jkk"] + split["jkm"] + split["jkp"] == totals[split["month"]]
        assert min(split["jkk"], split["jkm"], split["jkp"]) >= 0


words = st.text(max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
names = sorted({name for table, _ in QUESTIONS.values() for name in table})


@settings(max_examples=500)
@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.dictionaries(st.sampled_from(names) | st.text(max_size=5), json_values, max_size=6),
)
def test_whatever_is_asked_is_answered_or_refused_with_a_sentence(question, facts_given):
    answered = answer(question, facts_given, BOOK)

    if "error" in answered:
        assert set(answered["error"]) == {"code", "field", "message"}
        assert answered["error"]["code"].replace("_", "").islower()
        assert answered["error"]["message"].endswith(".")
    else:
        assert {"answer", "provisions", "uncertain"} <= set(answered)

import json
from pathlib import Path

import pytest

from sertakan.law.book import published
from sertakan.law.explanations import LANGUAGES, explain
from sertakan.law.questions import decide
from sertakan.law.restoring import restored
from sertakan.law.worked_cases import worked_cases

CASES = [
    case
    for case in worked_cases(Path(__file__).parent / "cases")
    if "error" not in case.expected and case.question == "death_benefit"
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kept_decision_is_told_as_on_its_day(language):
    assert CASES
    for case in CASES:
        decision = decide(case.question, case.facts, published())
        kept = json.loads(json.dumps(decision.as_dict()))

        told = explain(restored(case.question, kept), language, published())

        assert told == explain(decision, language, published()), case.name

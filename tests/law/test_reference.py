from pathlib import Path

from sertakan.law import reference
from sertakan.law.book import published
from sertakan.law.questions import QUESTIONS, decide
from sertakan.law.rule_order import RULES
from sertakan.law.worked_cases import worked_cases

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/law/cases"


def test_the_reference_is_current():
    written = (ROOT / "docs/reference/law.md").read_text(encoding="utf-8")

    assert written == reference.text(CASES), "run `sertakan law reference`"


def test_the_reference_names_every_number_and_rule():
    written = reference.text(CASES)

    assert [each.name for each in published() if f"`{each.name}`" not in written] == []
    assert [rule for rules in RULES.values() for rule in rules if f"`{rule}`" not in written] == []


def test_rules_are_tried_in_the_order_that_the_reference_gives():
    assert set(RULES) == set(QUESTIONS)
    for case in worked_cases(CASES):
        if "error" in case.expected:
            continue
        tried = [each.rule for each in decide(case.question, case.facts, published()).findings]
        places = [RULES[case.question].index(rule) for rule in tried if not rule.startswith("no_")]
        assert places == sorted(places), case.name

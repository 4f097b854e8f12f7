from pathlib import Path
from typing import Any

import pytest

from sertakan.law.book import published
from sertakan.law.questions import answer
from sertakan.law.worked_cases import WorkedCase, worked_cases

ALL = list(worked_cases(Path(__file__).parent / "cases"))


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.name}")
def test_worked_case(case: WorkedCase):
    answered = answer(case.question, case.facts, published())

    if "error" in case.expected:
        told = {name: answered["error"][name] for name in case.expected["error"]}
        assert told == case.expected["error"]
        assert answered["error"]["message"].endswith(".")
        return
    assert "error" not in answered, answered
    assert_within(case.expected["answer"], answered["answer"])
    assert_within(case.expected.get("shown", {}), answered)
    assert set(case.expected.get("provisions", [])) <= {
        each["name"] for each in answered["provisions"]
    }
    if "uncertain" in case.expected:
        assert sorted(answered["uncertain"]) == sorted(case.expected["uncertain"])


def assert_within(expected: Any, found: Any, where: str = "answer") -> None:
    """All that is expected is found, and lists are the same to the last item."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), where
        for name, value in expected.items():
            assert name in found, f"{where}.{name}"
            assert_within(value, found[name], f"{where}.{name}")
    elif isinstance(expected, list):
        assert isinstance(found, list), where
        assert len(found) == len(expected), (where, found)
        for place, value in enumerate(expected):
            assert_within(value, found[place], f"{where}[{place}]")
    else:
        assert (type(found), found) == (type(expected), expected), where


def test_every_question_has_cases():
    from sertakan.law.questions import QUESTIONS

    assert {case.question for case in ALL} == set(QUESTIONS)


def test_no_case_has_the_name_of_another_in_its_file():
    names = [(case.file, case.name) for case in ALL]

    assert len(names) == len(set(names))

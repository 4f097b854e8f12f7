import json

import pytest

from sertakan.law.asking import answer_line, answer_lines, written
from sertakan.law.book import published

BOOK = published()
CASE = {
    "id": "a1",
    "question": "contribution",
    "facts": {"segment": "BPU", "income": 900_000, "months": ["2026-11"]},
}


def ask(line):
    return answer_line(line if isinstance(line, bytes) else line.encode(), BOOK)


def error(line):
    answered = ask(line)
    return answered["id"], answered["error"]["code"], answered["error"]["field"]


def test_a_line_is_answered_with_its_id_provisions_and_doubts():
    answered = ask(json.dumps(CASE))

    assert list(answered) == ["id", "answer", "provisions", "uncertain"]
    assert (answered["id"], answered["answer"]["total"]) == ("a1", 8_400)
    assert answered["provisions"][0] == {
        "name": "bpu/wage_bands",
        "since": "2015-07-01",
        "source": "PP 44/2015 Lampiran II",
    }


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1, 2]",
        "null",
        '"text"',
        "{",
        b"\xff\xfe",
        '{"id": 1, "id": 2}',
        "[" * 100_000,
        '{"id": ' + "9" * 5_000 + "}",
    ],
)
def test_a_line_that_is_no_json_object_is_an_error_for_that_line(line):
    assert error(line) == (None, "invalid_json", "line")


def test_every_line_is_answered_whatever_stands_beside_it():
    lines = [
        b"nonsense\n",
        b"\n",
        json.dumps(CASE).encode(),
        b"\xef\xbb\xbf" + json.dumps(CASE).encode(),
    ]

    answered = list(answer_lines(lines, BOOK))

    assert ["error" in each for each in answered] == [True, False, False]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{"id": 7, "facts": {}}', (7, "missing", "question")),
        ('{"id": 7, "question": "cover"}', (7, "missing", "facts")),
        ('{"id": 7, "question": "tax", "facts": {}}', (7, "unknown_question", "question")),
        ('{"id": 7, "question": ["cover"], "facts": {}}', (7, "unknown_question", "question")),
        ('{"id": 7, "question": "cover", "facts": [], "x": 1}', (7, "unknown_key", "x")),
        ('{"id": 7, "question": "cover", "facts": []}', (7, "wrong_type", "facts")),
    ],
)
def test_a_line_that_asks_wrongly_is_an_error_that_names_it(line, found):
    assert error(line) == found


@pytest.mark.parametrize(
    ("income", "code"),
    [
        ("16800.5", "fractional"),
        ("900000.0", "fractional"),
        ("9e5", "fractional"),
        ("NaN", "wrong_type"),
        ("-Infinity", "wrong_type"),
        ("-1", "negative"),
        ("-0.5", "negative"),
        ("true", "wrong_type"),
        ('"900000"', "wrong_type"),
        ("[900000]", "wrong_type"),
        ("1" + "0" * 30, "too_large"),
    ],
)
def test_money_is_a_whole_number_or_an_error(income, code):
    case = CASE | {"id": 1, "facts": CASE["facts"] | {"income": 424_242}}

    found = error(json.dumps(case).replace("424242", income))

    assert found == (1, code, "income")


def test_null_is_a_fact_that_is_not_given():
    facts = CASE["facts"] | {"fund": None, "sector": None, "people": None}

    assert ask(json.dumps(CASE | {"facts": facts})) == ask(json.dumps(CASE))


def test_an_answer_is_one_line_of_ascii_whatever_the_id():
    line = written(ask(json.dumps(CASE | {"id": {"a": ["\ud800", 1.5]}})))

    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["id"] == {"a": ["\ud800", 1.5]}

"""Whatever the program records has its words, and so has whatever it does in the background."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import sertakan
from sertakan.web.event_details import NAMES, told
from sertakan.web.event_words import KINDS, VERBS
from sertakan.web.words import JOB_KINDS
from sertakan.work import kinds

NOT_A_DETAIL = {"verb", "subject_type", "subject_id", "by", "at", None}


def recorded() -> Iterator[ast.Call]:
    """Every place in the program where an event is recorded."""
    for file in Path(sertakan.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "record"
                and any(word.arg == "at" for word in node.keywords)
            ):
                yield node


def said(name: str) -> set[str]:
    """The words that stand in the program itself for one argument of `record`."""
    return {
        constant.value
        for call in recorded()
        for word in call.keywords
        if word.arg == name
        for constant in ast.walk(word.value)
        if isinstance(constant, ast.Constant)
    }


def test_every_verb_kind_and_detail_that_the_program_records_has_its_words():
    details = {word.arg for call in recorded() for word in call.keywords} - NOT_A_DETAIL

    assert len(list(recorded())) > 50
    assert said("verb") - set(VERBS) == set()
    assert said("subject_type") - set(KINDS) == set()
    assert details - set(NAMES) == set()


def test_all_work_in_the_background_has_its_words():
    assert {kind for kind in kinds._KINDS if not kind.startswith("test")} == set(JOB_KINDS)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"rupiah": 940_800}, [("amount", "Rp940,800")]),
        ({"starts_on": "2026-11-01"}, [("first day", "1 November 2026")]),
        ({"reasons": {"death": 1, "moved": 2}}, [("reasons", "Died 1, Moved away 2")]),
        ({"outcome": "refused"}, [("outcome", "Cannot be paid")]),
        ({"bills": list(range(12))}, [("bills", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 …")]),
        ({"at_own": True}, [("by the person, with a code", "yes")]),
        ({"purpose": "", "new_thing": "x"}, [("new thing", "x")]),
    ],
)
def test_details_are_told_as_the_reader_writes_them(details, words):
    with translation.override("en"):
        assert told(details) == words


def test_indonesians_read_them_in_indonesian():
    with translation.override("id"):
        assert told({"rupiah": 940_800, "starts_on": "2026-11-01"}) == [
            ("jumlah", "Rp940.800"),
            ("hari pertama", "1 November 2026"),
        ]

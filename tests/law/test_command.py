"""`sertakan law`, run as anyone would run it: without a database."""

import json
import os
import subprocess
import sys

import pytest


def law(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "sertakan.cli", "law", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


CASE = (
    '{"id": 1, "question": "contribution", '
    '"facts": {"segment": "BPU", "income": 900000, "months": ["2026-11"]}}\n'
)


def test_decide_answers_every_line(tmp_path):
    (tmp_path / "cases.jsonl").write_text(CASE * 3, encoding="utf-8")

    ran = law("decide", "--in", tmp_path / "cases.jsonl", "--out", tmp_path / "answers.jsonl")

    answers = (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [json.loads(answer)["answer"]["total"] for answer in answers] == [8_400] * 3


def test_decide_says_with_status_2_that_a_line_could_not_be_answered(tmp_path):
    (tmp_path / "cases.jsonl").write_text(CASE + "nonsense\n" + CASE, encoding="utf-8")

    ran = law("decide", "--in", tmp_path / "cases.jsonl", "--out", tmp_path / "answers.jsonl")

    answers = (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert ran.returncode == 2
    assert "1 line(s) could not be answered" in ran.stderr
    assert ["error" in json.loads(answer) for answer in answers] == [False, True, False]


def test_decide_under_a_draft(tmp_path):
    (tmp_path / "cases.jsonl").write_text(CASE, encoding="utf-8")
    (tmp_path / "draft/bpu/jkm").mkdir(parents=True)
    (tmp_path / "draft/bpu/jkm/flat.yaml").write_text(
        "values: [{from: 2026-01-01, value: 10_000, source: Rancangan PP}]", encoding="utf-8"
    )

    ran = law(
        "decide", "--in", tmp_path / "cases.jsonl", "--out", tmp_path / "answers.jsonl",
        "--draft", tmp_path / "draft",
    )  # fmt: skip

    assert ran.returncode == 0
    assert (
        json.loads((tmp_path / "answers.jsonl").read_text(encoding="utf-8"))["answer"]["total"]
        == 10_000
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["decide", "--in", "gone.jsonl", "--out", "a.jsonl"], "gone.jsonl: No such file"),
        (["show", "jkm/deth_grant"], "no provision named jkm/deth_grant. Did you mean jkm/death_"),
        (["show", "jkm/death_grant", "--draft", "gone"], "gone: there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(tmp_path, arguments, sentence):
    ran = law(*arguments)

    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_cases_are_not_overwritten_by_their_answers(tmp_path):
    (tmp_path / "cases.jsonl").write_text(CASE, encoding="utf-8")

    ran = law("decide", "--in", tmp_path / "cases.jsonl", "--out", tmp_path / "cases.jsonl")

    assert ran.returncode == 2
    assert (tmp_path / "cases.jsonl").read_text(encoding="utf-8") == CASE


def test_show_prints_every_value_with_dates_source_and_confidence():
    ran = law("show", "jkm/death_grant", "--on", "2026-01-01")

    assert ran.returncode == 0
    for text in (
        "  from 2015-07-01: 16200000 (Rp16.200.000)",
        "* from 2019-12-02: 20000000 (Rp20.000.000)",
        "source: PP 82/2019 Pasal 34",
        "confidence: high",
    ):
        assert text in ran.stdout


def test_an_operator_settles_an_open_point_by_the_environment(tmp_path):
    (tmp_path / "law.yaml").write_text(
        "cover/death_in_grace: {value: refused, source: Surat}", encoding="utf-8"
    )

    ran = law("show", "cover/death_in_grace", SERTAKAN_LAW_SETTINGS=str(tmp_path / "law.yaml"))
    bad = law("show", "cover/death_in_grace", SERTAKAN_LAW_SETTINGS=str(tmp_path / "gone.yaml"))

    assert "from 2015-07-01: refused" in ran.stdout
    assert "confidence: operator" in ran.stdout
    assert (bad.returncode, "gone.yaml: cannot be read" in bad.stderr) == (2, True)

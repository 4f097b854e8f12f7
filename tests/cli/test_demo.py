"""A small city goes through the whole chain, and the checks that anyone may run find nothing."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.test_server import free_port, wait_for

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "kota_madiun_2026"
A_FEW = ("011001_Oro-oro_Ombo.csv", "021003_Patihan.xlsx", "OPD_Satpol_PP_linmas.xlsx")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three of the example city's rosters, and its lists."""
    folder = tmp_path_factory.mktemp("city")
    (folder / "rosters").mkdir()
    for name in A_FEW:
        shutil.copy(EXAMPLE / "rosters" / name, folder / "rosters")
    shutil.copytree(EXAMPLE / "reference", folder / "reference")
    return folder


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    """The demo's own files and its own server."""
    outside = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    return outside | {"SERTAKAN_VAR": str(place / "var"), "SERTAKAN_ENV": "development"}


@pytest.fixture(scope="module")
def run(environment: dict[str, str]) -> Iterator[Run]:
    """Run `sertakan` there."""

    def sertakan(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sertakan.cli", *map(str, words)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    yield sertakan
    sertakan("stop")


@pytest.fixture(scope="module")
def served(place: Path, environment: dict[str, str], run: Run) -> dict:
    """A demo up to its pages: what it said, how the start page answered, and who served it."""
    port = free_port()
    words = ["demo", "--rosters", place, "--dir", place / "var", "--port", port]
    process = subprocess.Popen(
        [sys.executable, "-m", "sertakan.cli", *map(str, words)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        status = wait_for(f"http://127.0.0.1:{port}/", process, seconds=300).status
        command = Path(f"/proc/{process.pid}/cmdline").read_text().split("\0")
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    return {"said": said, "status": status, "command": command}


@pytest.fixture(scope="module")
def figures(place: Path, served: dict) -> dict:
    """What a demo leaves in summary.json."""
    return json.loads((place / "var" / "summary.json").read_text())


def test_the_pages_stand_in_a_process_that_has_no_threads_of_the_chain(served: dict) -> None:
    assert served["status"] == 200
    assert "serve" in served["command"]
    assert "demo" not in served["command"]
    assert "sari@kota.contoh.id" in served["said"]
    assert "Traceback" not in served["said"]


def test_every_row_has_one_outcome_and_every_place_one_person(figures: dict) -> None:
    outcomes = [figures[name] for name in ("accepted", "rejected", "duplicate", "review")]

    assert sum(outcomes) == figures["rows"] > 1_000
    assert 0 < figures["enrolled"] <= figures["places"]
    assert figures["covered_people"] <= figures["enrolled"]


def test_the_money_agrees(figures: dict) -> None:
    assert figures["ledger_balanced"] is True
    assert 0 < figures["billed_rupiah"] <= figures["paid_rupiah"]


def test_four_deaths_are_decided_and_three_families_paid(figures: dict) -> None:
    claims = [figures[f"claims_{outcome}"] for outcome in ("payable", "review", "refused")]

    assert claims == [2, 1, 1]
    assert figures["paid_out_rupiah"] == 42_000_000 + 10_000_000 + 42_000_000


@pytest.mark.parametrize("words", [("ledger", "check"), ("cover", "check"), ("audit", "verify")])
def test_checks_that_anyone_may_run_find_nothing(figures: dict, run: Run, words: tuple) -> None:
    done = run(*words)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_draft_of_the_law_is_laid_over_the_register(
    figures: dict, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "jkm").mkdir()
    (tmp_path / "jkm" / "death_grant.yaml").write_text(
        "values:\n  - {from: 2026-11-01, value: 28000000, source: A draft, confidence: low}\n"
    )

    done = run("law", "compare", tmp_path, "--on", "2026-11-10", "--json")
    everyone = json.loads(done.stdout)[-1]

    assert everyone["people"] == figures["enrolled"]
    assert everyone["lose"] == 0
    assert everyone["jkm_difference"] == 8_000_000 * everyone["gain"] > 0
    assert everyone["contribution_difference"] == 0


def test_todays_book_decides_as_it_decided(figures: dict, run: Run) -> None:
    done = run("law", "redecide", "--since", "2026-01-01", "--json")

    assert json.loads(done.stdout) == []


def test_a_raised_grant_is_listed_for_the_decisions_it_would_change(
    figures: dict, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "jkm").mkdir()
    (tmp_path / "jkm" / "death_grant.yaml").write_text(
        "values:\n  - {from: 2026-01-01, value: 28000000, source: A draft, confidence: low}\n"
    )

    done = run("law", "redecide", "--since", "2026-01-01", "--draft", tmp_path, "--json")

    differences = [row["rupiah_difference"] for row in json.loads(done.stdout)]
    assert differences == [8_000_000, 8_000_000]


def test_a_folder_with_other_files_is_not_touched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")

    done = run("demo", "--no-serve", "--dir", tmp_path)

    assert done.returncode == 2
    assert "please name another folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_without_rosters_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--no-serve", "--rosters", tmp_path)

    assert done.returncode == 2
    assert done.stderr.strip() == f"{tmp_path} holds no rosters."

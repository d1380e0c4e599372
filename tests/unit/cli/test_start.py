"""The command answers at once where it can, and says so where it has to load the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dukani.core.settings import ROOT
from dukani.loading import loading_line
from tests.processes import own_environment

# What takes seconds to import, by the package that shows it was.
HEAVY = ("fastapi", "langgraph", "numpy", "onnxruntime", "psycopg")


@pytest.mark.parametrize("module", ["dukani.cli", "dukani.evals.cli"])
def test_to_know_the_commands_loads_nothing_they_work_with(module: str) -> None:
    look = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"

    asked = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert asked.stdout.split() == []


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, True),
        ({"DUKANI_LOG_JSON": "false"}, True),
        ({"DUKANI_LOG_JSON": "true"}, False),  # a machine reads these lines
        ({"DUKANI_LOG_JSON": "1"}, False),
    ],
)
def test_loading_is_told_to_people_only(environment: dict[str, str], says: bool) -> None:
    assert bool(loading_line(environment)) is says


@pytest.mark.parametrize("arguments", [["--help"], ["demo", "--help"], ["new-key"]])
def test_what_is_quick_says_nothing_of_loading(arguments: list[str], tmp_path: Path) -> None:
    ended = run(*arguments, folder=tmp_path)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout


def run(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dukani", *arguments],
        env=own_environment(DUKANI_DATA_DIR=str(folder), **settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
def test_a_port_there_is_not_gives_one_clear_line(tmp_path: Path) -> None:
    ended = run("demo", folder=tmp_path, DUKANI_WEB__PORT="80000")

    assert ended.returncode == 1
    loading, problem = ended.stderr.strip().splitlines()
    assert loading.startswith("Loading")
    assert problem.startswith("DUKANI_WEB__PORT: ")
    assert "65535" in problem
    assert list(tmp_path.iterdir()) == []


def test_a_port_out_of_range_on_the_command_line_is_refused(tmp_path: Path) -> None:
    ended = run("chat", "--port", "99999", folder=tmp_path)
    assert ended.returncode == 2
    assert "65535" in ended.stderr


@pytest.mark.slow
def test_a_misspelt_variable_is_warned_of(tmp_path: Path) -> None:
    nowhere = "postgresql://127.0.0.1:1/nothing"
    ended = run("migrate", folder=tmp_path, DUKANI_WEB__PROT="9000", DUKANI_DATABASE__URL=nowhere)
    assert "DUKANI_WEB__PROT" in ended.stderr
    assert "did you mean DUKANI_WEB__PORT?" in ended.stderr

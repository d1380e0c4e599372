"""The command says what it waits for before the slow part begins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dukani.start import first_line
from tests.processes import own_environment


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["demo"], {}, True),
        (["demo", "--port", "9000"], {}, True),
        (["serve", "--worker"], {}, True),
        (["worker"], {"DUKANI_LOG_JSON": "true"}, False),  # a machine reads these lines
        (["new-key"], {}, False),
        (["demo", "--help"], {}, False),
        ([], {}, False),
    ],
)
def test_only_what_is_slow_and_read_by_people_says_so(
    arguments: list[str], environment: dict[str, str], says: bool
) -> None:
    assert bool(first_line(arguments, environment)) is says


def run(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dukani", *arguments],
        env=own_environment(DUKANI_DATA_DIR=str(folder), **settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )


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


def test_a_misspelt_variable_is_warned_of(tmp_path: Path) -> None:
    nowhere = "postgresql://127.0.0.1:1/nothing"
    ended = run("migrate", folder=tmp_path, DUKANI_WEB__PROT="9000", DUKANI_DATABASE__URL=nowhere)
    assert "DUKANI_WEB__PROT" in ended.stderr
    assert "did you mean DUKANI_WEB__PORT?" in ended.stderr

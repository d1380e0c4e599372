"""`dukani eval` before it measures anything: which files it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dukani.evals.cli import app


@pytest.mark.parametrize("kind", ["utterances", "dialogues"])
def test_a_file_that_is_not_here_is_skipped_with_a_line(kind: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [kind, str(tmp_path / "kept-elsewhere.json")])

    assert done.exit_code == 0
    assert done.output.startswith("skipped: ")


@pytest.mark.parametrize("kind", ["utterances", "dialogues"])
def test_a_file_that_is_not_here_reaches_no_bar(kind: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [kind, str(tmp_path / "gone.json"), "--min", "1"])

    assert done.exit_code == 2

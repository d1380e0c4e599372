"""Many rows are one test; each that fails is told with its own words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dukani.core.settings import ROOT

TABLE = """
import pytest

@pytest.mark.parametrize(("said", "size"), [("small", "S"), ("kubwa", "M"), ("big", "X"), ("", "")])
def test_a_size_is_read(said, size):
    if not said:
        pytest.skip("nothing was said")
    assert said[:1].upper() == size

@pytest.mark.parametrize("size", ["S", pytest.param("M", marks=pytest.mark.xfail), "L", "XL"])
def test_a_marked_row_is_by_itself(size):
    assert size != "M"

@pytest.mark.parametrize("size", ["S", "M"])
def test_what_needs_a_folder_gets_it(size, tmp_path):
    assert not list(tmp_path.iterdir())

@pytest.mark.parametrize("size", ["S", "M"])
def test_nothing_is_said(size):
    pytest.skip("nothing was said")

class TestSizes:
    @pytest.mark.parametrize("size", ["S", "M"])
    def test_a_method_has_rows_too(self, size):
        assert size
"""


def run(folder: Path, *more: str) -> str:
    table = folder / "test_table.py"
    table.write_text(TABLE)
    command = [sys.executable, "-m", "pytest", "-p", "tests.rows_together", "-v", "-rs"]
    for none_of_these in ("schemathesis", "langsmith_plugin", "hypothesispytest", "respx"):
        command += ["-p", f"no:{none_of_these}"]  # to import them takes seconds
    isolated = ["-c", str(folder / "none.ini"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    (folder / "none.ini").write_text(
        "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n"
    )
    chosen = more or (str(table),)
    ended = subprocess.run(
        [*command, *isolated, *chosen], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stdout


def test_rows_are_called_together_and_each_failure_is_told(tmp_path: Path) -> None:
    # when
    told = run(tmp_path)

    # then
    assert "test_a_size_is_read[1..4] FAILED" in told
    assert "2 of 4 rows failed" in told
    for row in (r"[kubwa-M]", "AssertionError: assert 'K' == 'M'", "[big-X]", "'B' == 'X'"):
        assert row in told
    assert "[small-S]" not in told

    # and what needs more is as ever: one fails, a table is skipped, a row is known to fail
    assert "test_what_needs_a_folder_gets_it[M] PASSED" in told
    assert "test_a_marked_row_is_by_itself[M] XFAIL" in told
    assert "test_a_marked_row_is_by_itself[1..2] PASSED" in told
    assert "TestSizes::test_a_method_has_rows_too[1..2] PASSED" in told
    assert "1 failed, 5 passed, 1 skipped, 1 xfailed" in told


@pytest.mark.parametrize("looked_for", ["-k", "::"])
def test_a_row_that_is_looked_for_is_run_alone(tmp_path: Path, looked_for: str) -> None:
    table = str(tmp_path / "test_table.py")
    named = {"-k": ("-k", "kubwa", table), "::": (f"{table}::test_a_size_is_read[kubwa-M]",)}

    told = run(tmp_path, *named[looked_for])

    assert "test_a_size_is_read[kubwa-M] FAILED" in told
    assert "1 failed" in told

"""What is told of a run of Playwright that failed."""

from __future__ import annotations

from pathlib import Path

from tests.playwright_runs import told_of

REPORT = """  1) tests/campaigns.spec.ts:37:1 › an owner sends it
    Error: expect(received).toBe(expected)
    Error Context: {kept}
    Error Context: cleared/error-context.md
"""


def test_a_failure_is_told_with_its_page_and_without_one_that_is_gone(tmp_path: Path):
    kept = tmp_path / "kept" / "error-context.md"
    kept.parent.mkdir()
    kept.write_text('# Page\n```yaml\n- heading "Results"\n```\n')

    told = told_of(REPORT.format(kept="kept/error-context.md"), tmp_path)

    assert "expect(received).toBe(expected)" in told
    assert '- heading "Results"' in told
    assert "cleared/error-context.md\n(not kept: No such file or directory)" in told

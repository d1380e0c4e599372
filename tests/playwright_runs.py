"""Runs of the dashboard's Playwright tests, and what is told of one that failed."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from scripts.pack_dashboard import SOURCES

PLAYWRIGHT = SOURCES / "node_modules" / ".bin" / "playwright"
WITHIN_S = 1800
# Characters that are shown of a failed run, and of each page as it was when its test failed.
ERRORS, PAGE, FEW = 16_000, 3_000, 5


def try_pages(*arguments: str, output: Path, **env: str) -> None:
    """Fails with what Playwright said and saw.

    `output`: a folder of its own, because each run empties its folder when it begins.
    """
    tried = subprocess.run(
        [str(PLAYWRIGHT), "test", "--reporter=dot", "--output", str(output), *arguments],
        cwd=SOURCES,
        env=os.environ | {"FORCE_COLOR": "0"} | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert tried.returncode == 0, told_of(tried.stdout, SOURCES)
    assert re.search(r"\d+ passed", tried.stdout), tried.stdout[-ERRORS:]


def told_of(report: str, folder: Path) -> str:
    """What was asserted, and what stood on the pages of the first few that failed.

    `folder`: the one that the report's paths begin at.
    """
    contexts = re.findall(r"Error Context: (\S+)", report)[:FEW]
    return "\n\n".join([report[-ERRORS:], *(f"{one}\n{_page(folder / one)}" for one in contexts)])


def _page(context: Path) -> str:
    """The page as it was when its test failed, out of what Playwright wrote about it."""
    try:
        content = context.read_text("utf-8")
    except OSError as error:
        return f"(not kept: {error.strerror})"
    shown = re.search(r"```yaml\n(.*?)```", content, re.DOTALL)
    return shown[1][:PAGE] if shown else "(no page)"

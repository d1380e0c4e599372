"""The dashboard in a real browser, against a demo of its own: what owners do, page by page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.pack_dashboard import SOURCES
from tests.integration.sandbox.test_phone_page import CHROMIUM
from tests.integration.test_demo_lifecycle import Demo

PLAYWRIGHT = SOURCES / "node_modules" / ".bin" / "playwright"
WITHIN_S = 1800
# Characters that are shown of a failed run, and of each page as it was when its test failed.
ERRORS, PAGE, FEW = 16_000, 3_000, 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.skipif(
        shutil.which("node") is None or not PLAYWRIGHT.exists(),
        reason="no Node here, or `npm ci` was not run in dashboard/",
    ),
]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path, products=40)
    demo.start()
    yield demo
    demo.stop(signal.SIGINT)


def test_owners_do_their_work_in_a_browser(demo: Demo):
    base = {"BASE_URL": f"http://127.0.0.1:{demo.port}", "FORCE_COLOR": "0"}

    tried = subprocess.run(
        [str(PLAYWRIGHT), "test", "--reporter=dot"],  # then what failed is all it writes
        cwd=SOURCES,
        env=os.environ | base,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert tried.returncode == 0, _told(tried.stdout)


def _told(report: str) -> str:
    """What was asserted, and what stood on the pages of the first few that failed."""
    contexts = re.findall(r"Error Context: (\S+)", report)[:FEW]
    return "\n\n".join([report[-ERRORS:], *(f"{one}\n{_page(SOURCES / one)}" for one in contexts)])


def _page(context: Path) -> str:
    """The page as it was when its test failed, out of what Playwright wrote about it."""
    shown = re.search(r"```yaml\n(.*?)```", context.read_text(), re.DOTALL)
    return shown[1][:PAGE] if shown else ""

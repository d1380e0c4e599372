"""The dashboard in a real browser, against a demo of its own: what owners do, page by page."""

from __future__ import annotations

import os
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
        [str(PLAYWRIGHT), "test"],
        cwd=SOURCES,
        env=os.environ | base,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert tried.returncode == 0, tried.stdout[-8000:]

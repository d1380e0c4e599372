"""The dashboard in a real browser, against a demo of its own: what owners do, page by page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demos import Demo
from tests.filled_demos import FilledDemos
from tests.integration.sandbox.test_phone_page import CHROMIUM
from tests.playwright_runs import PLAYWRIGHT, try_pages

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.skipif(
        shutil.which("node") is None or not PLAYWRIGHT.exists(),
        reason="no Node here, or `npm ci` was not run in dashboard/",
    ),
]


@pytest.fixture
def demo(filled_demos: FilledDemos, tmp_path: Path) -> Iterator[Demo]:
    with filled_demos.run(tmp_path, products=40) as demo:
        yield demo


def test_owners_do_their_work_in_a_browser(demo: Demo, tmp_path: Path):
    try_pages(output=tmp_path / "tried", BASE_URL=f"http://127.0.0.1:{demo.port}")

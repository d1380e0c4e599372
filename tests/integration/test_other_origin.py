"""The dashboard on a host of its own, as on Vercel: pages of one origin, the API on another."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dukani.web_app.policy import policy_of
from scripts.pack_dashboard import SOURCES
from tests.demos import Demo
from tests.filled_demos import FilledDemos
from tests.integration.sandbox.test_phone_page import CHROMIUM
from tests.playwright_runs import PLAYWRIGHT, try_pages
from tests.processes import free_port

NEXT = SOURCES / "node_modules" / ".bin" / "next"
BUILT_WITHIN_S, SERVED_WITHIN_S = 600, 60

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.skipif(
        shutil.which("npm") is None or not PLAYWRIGHT.exists(),
        reason="no Node here, or `npm ci` was not run in dashboard/",
    ),
]


@pytest.fixture
def pages() -> str:
    """Where the pages are to be: by a name, so that the same host's number is a third origin."""
    return f"http://localhost:{free_port()}"


@pytest.fixture
def demo(filled_demos: FilledDemos, tmp_path: Path, pages: str) -> Iterator[Demo]:
    where = {"DUKANI_WEB__ALLOWED_ORIGINS": f'["{pages}"]', "DUKANI_AUTH__APP_URL": pages}
    with filled_demos.run(tmp_path, products=40, **where) as demo:
        yield demo


@pytest.fixture
def served(demo: Demo, pages: str) -> Iterator[str]:
    """The pages, built for this API and served by Next.js."""
    where = {"NEXT_PUBLIC_API_URL": _api(demo), "NEXT_TELEMETRY_DISABLED": "1"}
    _run(["npm", "run", "build"], within_s=BUILT_WITHIN_S, **where)
    port = str(httpx.URL(pages).port)
    process = subprocess.Popen([str(NEXT), "start", "-p", port], cwd=SOURCES)
    try:
        _until_served(pages)
        yield pages
    finally:
        process.terminate()
        process.wait(20)


def test_owners_work_from_another_origin(demo: Demo, served: str, tmp_path: Path):
    # the policies of both arrangements are the same, but for the API's origin
    for path in ("/", "/sign-in", "/pieces/add", "/no/such/page"):
        page = httpx.get(f"{served}{path}")
        expected = policy_of(page.content, pictures=[_api(demo)], calls=[_api(demo)])
        assert page.headers["content-security-policy"] == expected, path
    worker = httpx.get(f"{served}/alerts-worker.js")
    assert worker.headers["content-security-policy"] == "default-src 'none'"

    # and what owners do works in a browser
    config = ("--config", "other-origin.config.ts")
    try_pages(*config, output=tmp_path / "tried", BASE_URL=served, API_URL=_api(demo))


def _api(demo: Demo) -> str:
    return f"http://127.0.0.1:{demo.port}"


def _run(command: list[str], *, within_s: float, **env: str) -> None:
    done = subprocess.run(
        command,
        cwd=SOURCES,
        env=os.environ | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=within_s,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:]


def _until_served(pages: str) -> None:
    give_up = time.monotonic() + SERVED_WITHIN_S
    while True:
        try:
            if httpx.get(f"{pages}/sign-in").is_success:
                return
        except httpx.TransportError:
            assert time.monotonic() < give_up, "Next.js does not serve"
        time.sleep(0.2)

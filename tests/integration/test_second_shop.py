"""The newcomer's second shop: added beside a running demo, filled from a file, and it sells."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from dukani.core.settings import ROOT
from tests.demos import Demo
from tests.processes import own_environment

SHOPPER = "+254712000777"
DOCS = ROOT / "docs"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path)
    demo.start()
    yield demo
    for process in (demo.process, demo.postmaster):
        if process is not None and psutil.pid_exists(process.pid):
            process.kill()
            process.wait()


def dukani(demo: Demo, *arguments: str) -> str:
    """A command in the demo's folder, while it runs."""
    ended = subprocess.run(
        [sys.executable, "-m", "dukani", *arguments],
        env=own_environment(DUKANI_DATA_DIR=str(demo.folder)),
        cwd=demo.folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


class Phone:
    """Asha's phone at the demo's page."""

    def __init__(self, demo: Demo) -> None:
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{demo.port}/sandbox/phone/api")

    def boutiques(self) -> list[str]:
        return [one["key"] for one in self._http.get("/boutiques").json()]

    def chat(self) -> dict[str, Any]:
        query = {"account": "malaika", "contact": SHOPPER}
        return dict(self._http.get("/chat", params=query).json())

    def say(self, text: str) -> str:
        """What the shop answers."""
        before = len(self._answers())
        body = {"account": "malaika", "contact": SHOPPER, "profile_name": "Asha", "text": text}
        self._http.post("/messages", json=body).raise_for_status()
        self._until(lambda: len(self._answers()) > before)
        time.sleep(1.0)  # an answer may be several messages
        return "\n".join(self._answers()[before:])

    def pay(self) -> str:
        self._until(lambda: bool(self.chat()["prompts"]))
        push = self.chat()["prompts"][-1]["checkout_request_id"]
        before = len(self._answers())
        answer = {"outcome": "pin", "pin": "1234"}
        self._http.post(f"/prompts/{push}", json=answer).raise_for_status()
        self._until(lambda: len(self._answers()) > before)
        return "\n".join(self._answers()[before:])

    def _answers(self) -> list[str]:
        return [m["text"] for m in self.chat()["messages"] if m["author"] == "boutique"]

    def _until(self, holds: Callable[[], bool]) -> None:
        give_up = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < give_up, self.chat()
            time.sleep(0.2)


@pytest.mark.slow
def test_a_second_shop_added_to_a_running_demo_sells(demo: Demo) -> None:
    # given a shop added and filled as docs/running.md says
    told = dukani(demo, "add-boutique", str(DOCS / "boutique.toml"))
    assert "Added Malaika Fashions" in told
    assert "no pieces yet" in told
    filled = dukani(demo, "products", "add", str(DOCS / "pieces.csv"), "--boutique", "malaika")
    assert "3 added" in filled
    phone = Phone(demo)
    assert "malaika" in phone.boutiques()

    # when a shopper buys there, and pays
    assert "Neema Wrap Dress" in phone.say("do you have a red dress?")
    phone.say("I'll take the Neema Wrap Dress in red, size M")
    phone.say("checkout")
    phone.say("deliver to Westlands, Sarit Centre")
    assert "KES 4,050" in phone.say("yes")  # with the fee of its zone

    # then it is paid, and the shop can only be closed
    assert "DK-" in phone.pay()
    assert "Closed Malaika Fashions" in dukani(demo, "remove-boutique", "malaika", "--yes")

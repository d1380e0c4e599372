"""The commands as processes: what is said, how they end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dukani.core.database import Database
from tests.factories import a_boutique
from tests.processes import own_environment

pytestmark = pytest.mark.slow
TIMEOUT_S = 60.0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def environment(
    database: Database, superuser_url: str, tmp_path: Path, port: int
) -> dict[str, str]:
    """A demo whose database has a boutique already: there is nothing to draw."""
    await a_boutique(database)
    return own_environment(
        DUKANI_DATABASE__URL=superuser_url,
        DUKANI_DATA_DIR=str(tmp_path),
        DUKANI_WEB__PORT=str(port),
    )


class Process:
    """A running command and what it says."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from dukani.cli import app; app()", *arguments],
            env=environment,
            cwd=environment["DUKANI_DATA_DIR"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._guard = threading.Timer(TIMEOUT_S, self.process.kill)
        self._guard.start()
        self.said = ""

    def until(self, words: str) -> None:
        assert self.process.stdout is not None
        while words not in self.said:
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line

    def leave(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.ended()

    def ended(self) -> int:
        self.said += self.process.communicate()[0]
        self._guard.cancel()
        return self.process.returncode


@pytest.fixture
def demo(environment: dict[str, str]) -> Iterator[Process]:
    demo = Process(environment, "demo")
    yield demo
    demo.leave()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_the_demo_stops_cleanly_though_a_phone_is_open(
    demo: Process, port: int, number: signal.Signals
) -> None:
    # given a demo that serves, with a page listening
    demo.until("Open http")
    chat = {"account": "zuri", "contact": "+254712345678"}
    base = f"http://127.0.0.1:{port}/sandbox/phone/api"
    with httpx.stream("GET", f"{base}/events", params=chat) as stream:
        assert stream.status_code == 200

        # when it is told to stop
        demo.process.send_signal(number)

        # then it does, and says nothing but what it waited for and where it was
        assert demo.ended() == 0
    said = re.sub(r"\s+", " ", demo.said).strip()
    assert said == (
        "Loading the program … Reaching the database … Loading the reader and the eye … "
        f"Open http://127.0.0.1:{port}/phone and write to a boutique. "
        f"Its owner's side is at http://127.0.0.1:{port}/ Ctrl-C stops it."
    )


def test_a_taken_port_is_told_before_anything_is_begun(
    environment: dict[str, str], port: int, tmp_path: Path
) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
        listener.listen()

        demo = Process(environment, "demo")

        assert demo.ended() == 1
    assert f"Port {port} is taken" in demo.said
    assert "--port" in demo.said
    assert "Traceback" not in demo.said


def test_serving_logs_the_webhooks_that_are_closed(environment: dict[str, str]) -> None:
    key = "mQ3ZbXy1sPp0vT0dX3f0Qm1aF7x9cV5b2n8K4j6H1Lw="
    served = Process(environment | {"DUKANI_SECURITY__ENCRYPTION_KEYS": f'["{key}"]'}, "serve")
    served.until("Serving on")
    served.process.send_signal(signal.SIGTERM)

    assert served.ended() == 0
    for variable in ("DUKANI_META__APP_SECRET", "DUKANI_META__VERIFY_TOKEN"):
        assert len(re.findall(f"webhook_closed.*{variable}", served.said)) == 1


def test_a_chat_starts_its_own_demo_and_ends_with_the_typing(environment: dict[str, str]) -> None:
    chat = Process(environment, "chat", "--boutique", "pwani")

    assert chat.ended() == 0
    assert "write to Pwani Styles" in chat.said
    assert chat.said.rstrip().endswith("Bye.")
    assert "Traceback" not in chat.said

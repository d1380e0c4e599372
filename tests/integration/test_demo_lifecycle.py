"""The demo starts on an empty folder, stops without a trace, and starts again whatever happened."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from dukani.core.embedded import DATABASE
from tests.demos import Demo


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path)
    yield demo
    for process in (demo.process, demo.postmaster):
        if process is not None:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_the_demo_comes_and_goes_on_the_same_data(demo: Demo) -> None:
    # on an empty folder, until Ctrl-C
    demo.start()
    boutiques = demo.boutiques()
    assert len(boutiques) == 2
    assert demo.stop(signal.SIGINT) == 0
    assert demo.postmaster is None

    # again, until SIGTERM
    demo.start()
    assert demo.boutiques() == boutiques
    assert demo.stop(signal.SIGTERM) == 0
    assert demo.postmaster is None

    # after kill -9, which leaves the database running
    demo.start()
    demo.stop(signal.SIGKILL)
    assert demo.postmaster is not None
    demo.start()
    assert demo.boutiques() == boutiques

    # after a crash of the whole machine: everything is gone, and the old pid is a stranger's
    demo.stop(signal.SIGKILL)
    _crash(demo)
    demo.start()
    assert demo.boutiques() == boutiques
    assert demo.stop(signal.SIGTERM) == 0
    assert demo.postmaster is None


@pytest.mark.slow
def test_the_demo_answers_again_after_its_database_was_killed(demo: Demo) -> None:
    # given a demo in which somebody was answered
    demo.start()
    written = {"account": "zuri", "contact": "+254712345678", "text": "hi", "wait": True}
    api = f"http://127.0.0.1:{demo.port}/sandbox/phone/api/messages"
    _until(lambda: httpx.post(api, json=written, timeout=30).is_success)
    _until(lambda: _answers(demo) >= 1)

    # when its database is killed, and the next message is sent until it is taken
    postmaster = demo.postmaster
    assert postmaster is not None
    postmaster.kill()
    postmaster.wait(10)
    again = written | {"text": "show me dresses"}
    _until(lambda: httpx.post(api, json=again, timeout=30).is_success)

    # then both the first and that one are there, and it is answered
    _until(lambda: _answers(demo) >= 1)  # the database may still be starting
    before = _answers(demo)
    _until(lambda: _answers(demo) > before)
    assert demo.stop(signal.SIGTERM) == 0
    assert demo.postmaster is None


def _until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up:
        with suppress(httpx.TransportError, psycopg.OperationalError):
            if true():
                return
        time.sleep(0.2)
    raise TimeoutError


def _answers(demo: Demo) -> int:
    """Messages the assistant has sent."""
    where = f"postgresql://postgres:@/{DATABASE}?host={demo.folder / 'postgres'}"
    with psycopg.connect(where) as conn:
        row = conn.execute(
            "select count(*) from messages where direction = 'out' and status >= 'sent'"
        ).fetchone()
    return int(row[0]) if row else 0


def _crash(demo: Demo) -> None:
    postmaster = demo.postmaster
    assert postmaster is not None
    family = [postmaster, *postmaster.children(recursive=True)]
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=10)
    pid_file = demo.folder / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

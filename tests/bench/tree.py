"""A commit's API and worker, started by its own commands over a database of their own.

Only what every commit has in common is used: the commands, the settings' names, the provider's
wire and a few columns. So both sides get the same messages and are measured by the same code,
whatever a commit calls its insides.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg

from dukani.core.crypto import new_key
from dukani.core.embedded import EmbeddedServer
from tests.bench.outside import Outside
from tests.bench.stage import PRODUCTS, Say, Stage
from tests.processes import free_port, own_environment, separate_settings, until_answered

STOP_S = 20.0
COLD_START_S = 120.0  # a tree nobody has run compiles all it imports


class Command:
    """A `dukani` command of a tree, as a process."""

    def __init__(self, tree: Path, environment: Mapping[str, str], *words: str) -> None:
        self._words = [sys.executable, "-m", "dukani", *words]
        self._environment = {**environment, "PYTHONPATH": str(tree)}
        self._folder = environment["DUKANI_DATA_DIR"]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def run(self) -> None:
        """To its end. Raises CalledProcessError with what it said."""
        subprocess.run(
            self._words, env=self._environment, cwd=self._folder, check=True, capture_output=True
        )

    def start(self) -> None:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            self._words, env=self._environment, cwd=self._folder, stdout=quiet, stderr=quiet
        )

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        if self.runs():
            assert self._process is not None
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:  # nothing after it may be left running
                self._process.kill()
                self._process.wait()


@asynccontextmanager
async def open_tree(tree: Path, say: Say) -> AsyncIterator[Stage]:
    """The commit checked out at `tree`, seeded and serving."""
    with tempfile.TemporaryDirectory(prefix="dukani-bench-") as name:
        folder = Path(name)
        port, outside_port = free_port(), free_port()
        settings = separate_settings(folder, port=port, sandbox_port=outside_port, key=new_key())
        settings["sandbox"]["products"] = PRODUCTS
        environment = own_environment(**dict(_variables(settings)))
        say(f"seeding {tree}")
        Command(tree, environment, "seed").run()
        server = _server_of(folder)
        api, worker = (Command(tree, environment, words) for words in ("serve", "worker"))
        outside = Outside(str(settings["web"]["public_url"]), outside_port)
        await outside.open()
        try:
            worker.start()
            api.start()
            until_answered(f"{outside.base_url}/healthz", api.runs, within_s=COLD_START_S)
            yield Stage(api, worker, outside, server.url(user="postgres"))
        finally:
            api.stop()
            worker.stop()
            server.stop()


def _server_of(folder: Path) -> EmbeddedServer:
    """The database as its own commands left it; commits are dated, so that turns can be timed."""
    server = EmbeddedServer(folder)
    server.start()
    with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as conn:
        conn.execute("alter system set track_commit_timestamp = on")
    server.stop()
    server.start()
    return server


def _variables(settings: Mapping[str, Any], before: str = "DUKANI_") -> Iterator[tuple[str, str]]:
    """Settings as the environment has them: `DUKANI_WEB__PORT`."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _variables(value, f"{before}{name.upper()}__")
        else:
            yield f"{before}{name.upper()}", value if isinstance(value, str) else json.dumps(value)

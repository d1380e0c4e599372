"""Dukani and the outside world as processes of their own, to be killed or measured.

The service is forked from a process that has imported everything already, so that it is up
again within a fraction of a second.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, Literal

import httpx
import psutil
import uvicorn

from dukani.agent.reader import Reader
from dukani.app import create_app
from dukani.core import loop
from dukani.core.observability.logs import set_up_logging
from dukani.core.settings import ROOT, GivenSettings, Settings
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext
from dukani.graph.context import Senses
from dukani.running import build_senses, open_services, with_clip
from dukani.sandbox.accounts import META_APP_SECRET, META_VERIFY_TOKEN
from dukani.worker import build_worker, run_worker

Part = Literal["all", "api", "worker"]
Change = Callable[[], None]
START_S = 120.0  # on a machine that does other work too
NO_LIMIT = 1_000_000_000


def separate_settings(
    folder: Path,
    *,
    port: int,
    sandbox_port: int,
    key: str,
    **given: Any,
) -> dict[str, Any]:
    """Settings of a service whose providers are played by a sandbox of another process."""
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    limits = {"boutique_per_minute": NO_LIMIT, "sender_per_minute": NO_LIMIT}
    own: dict[str, Any] = {
        "environment": "test",
        "log_level": "ERROR",
        "data_dir": str(folder),
        "web": {"port": port, "public_url": f"http://127.0.0.1:{port}"},
        "security": {"encryption_keys": [key]},
        "sandbox": {"url": sandbox},
        "twilio": {"base_url": sandbox},
        "meta": {
            "base_url": sandbox,
            "app_secret": META_APP_SECRET,
            "verify_token": META_VERIFY_TOKEN,
        },
        "daraja": {"base_url": sandbox},
        "paylink": {"url": f"{sandbox}/paylink/mcp"},
        "limits": limits,
        "conversation": {"quiet_time_s": 0.0},
    }
    return own | given


def own_environment(**settings: str) -> dict[str, str]:
    """The environment of a command that reads `settings` and none of this machine's.

    Run it in a folder of its own too, where no `.env` lies.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUKANI_")}
    return clean | {"PYTHONPATH": str(ROOT)} | settings


class Service:
    """Dukani, or a part of it, on the database at `url`; with a mind that takes `mind_s`.

    `change`, a module's own function, is called in the process before it serves: to measure what
    one thing costs, by a service that differs in nothing else.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        url: str,
        *,
        part: Part = "all",
        mind_s: float = 0.0,
        change: Change | None = None,
    ) -> None:
        self._settings = settings
        self._url = url
        self._part: Part = part
        self._mind_s = mind_s
        self._change = change
        self._process: ForkServerProcess | None = None

    @property
    def base_url(self) -> str:
        return str(self._settings["web"]["public_url"])

    @property
    def pid(self) -> int:
        assert self._process is not None and self._process.pid is not None
        return self._process.pid

    def cpu_s(self) -> float:
        """Processor seconds it has used so far."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def start(self) -> None:
        arguments = (self._settings, self._url, self._part, self._mind_s, self._change)
        self._process = imported().Process(target=_run, args=arguments, daemon=True)
        self._process.start()

    async def until_it_serves(self) -> None:
        await asyncio.to_thread(until_answered, f"{self.base_url}/healthz", self._alive)

    def kill(self) -> None:
        """As kill -9 does: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(10)
            self.kill()

    @property
    def is_alive(self) -> bool:
        return self._alive()

    def _alive(self) -> bool:
        return self._process is not None and self._process.is_alive()


@contextmanager
def outside_world(settings: dict[str, Any], *, within_s: float = START_S) -> Iterator[str]:
    """The sandbox's address; it lives as long as the block, whoever is killed meanwhile."""
    address = str(settings["sandbox"]["url"])
    env = own_environment(
        DUKANI_DATA_DIR=str(settings["data_dir"]),
        DUKANI_LOG_LEVEL="ERROR",
        DUKANI_SANDBOX__URL=address,
        DUKANI_WEB__PUBLIC_URL=str(settings["web"]["public_url"]),
    )
    command = [sys.executable, "-m", "dukani.sandbox"]
    process = subprocess.Popen(command, env=env, cwd=settings["data_dir"], start_new_session=True)
    try:
        until_answered(f"{address}/faults", lambda: process.poll() is None, within_s=within_s)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def until_answered(url: str, alive: Callable[[], bool], *, within_s: float = START_S) -> None:
    """Raises RuntimeError when the process has ended, TimeoutError when it takes too long."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        try:
            if httpx.get(url, timeout=1.0).is_success:
                return
        except httpx.HTTPError:
            if not alive():
                raise RuntimeError("the process ended before it served") from None
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not answer within {within_s:.0f} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def imported() -> ForkServerContext:
    """The context whose server process has the whole service imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.processes"])
    return context


class _SlowMind:
    """Understands as the local reader does, as late as a model in another country."""

    def __init__(self, reader: Reader, seconds: float) -> None:
        self._reader = reader
        self._seconds = seconds

    async def read(self, text: str, context: TurnContext) -> Understanding:
        await asyncio.sleep(self._seconds)
        return await self._reader.read(text, context)


def _run(given: dict[str, Any], url: str, part: Part, mind_s: float, change: Change | None) -> None:
    # Linux shares the processor by session: a process of its own host has one of its own.
    os.setsid()
    if change is not None:
        change()
    settings = GivenSettings(**given)
    set_up_logging(level=settings.log_level, as_json=False)
    senses = build_senses()
    senses = replace(senses, eye=with_clip(senses.eye, settings))
    if mind_s:
        senses = replace(senses, mind=_SlowMind(senses.reader, mind_s))
    loop.run(_serving(settings, url, part, senses))


async def _serving(settings: Settings, url: str, part: Part, senses: Senses) -> None:
    async with open_services(settings, url) as services:
        queue = build_worker(services, senses, url=url) if part != "api" else None
        if part == "worker":
            assert queue is not None
            await run_worker(queue)
            return
        web = uvicorn.Config(
            create_app(services, worker=queue),
            port=settings.web.port,
            log_config=None,
            access_log=False,
        )
        await uvicorn.Server(web).serve()

"""What is measured: the API and the workers as processes, over a database of their own.

Each is started by its command, as in production. The outside, which is the sandbox and whoever
writes from its phones, runs in the process that measures.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from dukani.bench.options import ANSWER_SIGMA, Options
from dukani.bench.shops import Shop, open_shops, shops
from dukani.core import migrations
from dukani.core.crypto import new_key
from dukani.core.embedded import DATABASE, EmbeddedServer
from dukani.core.errors import DukaniError
from dukani.core.idle_connections import IDLE_CONNECTION_S
from dukani.core.services import Services
from dukani.core.settings import ROOT, GivenSettings
from dukani.core.store import queue_states
from dukani.running import build_senses, catalogue_eye, open_services
from dukani.sandbox.accounts import META_APP_SECRET, META_VERIFY_TOKEN
from dukani.sandbox.answer_times import AnswerTimes
from dukani.sandbox.app import create_sandbox
from dukani.sandbox.outside import Outside

UP_WITHIN_S = 300.0  # a busy machine may take minutes to load the programs
STOP_WITHIN_S = 20.0
NO_LIMIT = 1_000_000_000
STOP_SANDBOX_WITHIN_S = 5


class DidNotStart(DukaniError):
    """A process of the service ended, or did not answer, before the load began."""


@dataclass(frozen=True, slots=True)
class Stage:
    """All of it, running. `processes` are pids by name; several workers have a name each."""

    services: Services
    outside: Outside
    shops: Sequence[Shop]
    processes: Mapping[str, int]
    database_folder: Path


@asynccontextmanager
async def open_stage(options: Options) -> AsyncIterator[Stage]:
    """Raises DidNotStart."""
    async with AsyncExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="dukani-load-"))
        folder = Path(name)
        server = stack.enter_context(_database(folder))
        port, sandbox_port = _free_port(), _free_port()
        settings = _settings(folder, options, port=port, sandbox_port=sandbox_port)
        services = await stack.enter_async_context(
            open_services(GivenSettings(**settings), server.url())
        )
        outside = await stack.enter_async_context(_sandbox(settings, options, sandbox_port))
        environment = _environment(settings)
        api = stack.enter_context(_process(("serve",), environment, folder))
        running = {"API": api.pid}
        for number in range(options.workers):
            profile = options.profile if number == 0 else None
            worker = stack.enter_context(_process(("worker",), environment, folder, profile))
            running[f"worker {number + 1}" if options.workers > 1 else "worker"] = worker.pid
        opened = shops(options.boutiques)
        for shop in opened:
            outside.world.register(shop.account)
        await open_shops(services, catalogue_eye(build_senses()), opened)
        await _until_it_serves(settings["web"]["public_url"], api)
        await _until_they_work(services, options.workers)
        yield Stage(services, outside, opened, running, folder / "postgres")


@contextmanager
def _database(folder: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(folder)
    server.start()
    try:
        migrations.create_database(server.url("postgres", user="postgres"), DATABASE)
        migrations.migrate(server.url(user="postgres"), bootstrap=True)
        yield server
    finally:
        server.stop()


def _settings(folder: Path, options: Options, *, port: int, sandbox_port: int) -> dict[str, Any]:
    sandbox = f"http://127.0.0.1:{sandbox_port}"
    given: dict[str, Any] = {
        "environment": "test",
        "log_level": "ERROR",
        "data_dir": str(folder),
        "web": {"port": port, "public_url": f"http://127.0.0.1:{port}"},
        "security": {"encryption_keys": [new_key()]},
        "sandbox": {"url": sandbox},
        "twilio": {"base_url": sandbox, "messaging_url": sandbox, "content_url": sandbox},
        "meta": {
            "base_url": sandbox,
            "app_secret": META_APP_SECRET,
            "verify_token": META_VERIFY_TOKEN,
        },
        "daraja": {"base_url": sandbox},
        "paylink": {"url": f"{sandbox}/paylink/mcp"},
        # Hundreds of shoppers write to one shop here, as a few shops' in production never do.
        "limits": {"boutique_per_minute": NO_LIMIT, "sender_per_minute": NO_LIMIT},
    }
    if options.mind == "gemini":
        given["gemini"] = {"base_url": sandbox, "api_key": "sandbox"}
    return given


def _environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """The settings as the commands read them, and none of this machine's.

    No address of a database: they join the embedded one that runs in their data folder.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUKANI_")}
    written = {"PYTHONPATH": str(ROOT)}
    for name, value in settings.items():
        fields = value.items() if isinstance(value, Mapping) else [("", value)]
        for own, told in fields:
            variable = f"DUKANI_{name}__{own}" if own else f"DUKANI_{name}"
            written[variable.upper()] = json.dumps(told) if isinstance(told, list) else str(told)
    return clean | written


@contextmanager
def _process(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, profile: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """`dukani WORDS` until the block ends, in a folder without an `.env`."""
    program = ["dukani.bench.profiled", str(profile.absolute())] if profile else ["dukani"]
    command = [sys.executable, "-m", *program, *words]
    with (folder / "programs.log").open("ab") as told:
        process = subprocess.Popen(
            command, env=dict(environment), cwd=folder, stdout=told, stderr=told
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class _Server(uvicorn.Server):
    """Leaves signals to the command: all of the stage is to end, not only the sandbox."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _sandbox(
    settings: Mapping[str, Any], options: Options, port: int
) -> AsyncIterator[Outside]:
    sandbox = create_sandbox(
        base_url=settings["sandbox"]["url"],
        target_url=settings["web"]["public_url"],
        answer_times=AnswerTimes(
            model_median_s=options.model_s,
            provider_median_s=options.provider_s,
            sigma=ANSWER_SIGMA,
            seed=options.seed,
        ),
    )
    server = _Server(
        uvicorn.Config(
            sandbox,
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=STOP_SANDBOX_WITHIN_S,
            timeout_keep_alive=IDLE_CONNECTION_S,
        )
    )
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if serving.done():
                raise DidNotStart("the sandbox did not start")
            await asyncio.sleep(0.02)
        outside: Outside = sandbox.state.outside
        yield outside
    finally:
        server.should_exit = True
        await serving


async def _until_it_serves(url: str, api: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + UP_WITHIN_S
    async with httpx.AsyncClient(base_url=url, timeout=1.0) as http:
        while time.monotonic() < give_up and api.poll() is None:
            try:
                if (await http.get("/healthz")).is_success:
                    return
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
    raise DidNotStart(f"the API did not answer within {UP_WITHIN_S:.0f} s")


async def _until_they_work(services: Services, workers: int) -> None:
    give_up = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < give_up:
        async with services.database.system_connection() as conn:
            found = await queue_states.workers(conn, stalled_after_s=UP_WITHIN_S)
        if len(found) >= workers:
            return
        await asyncio.sleep(0.2)
    raise DidNotStart(f"fewer than {workers} workers began within {UP_WITHIN_S:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

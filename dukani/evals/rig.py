"""The whole running path in one process on a free port: doors, worker, sandbox, database.

What is measured here is what runs: messages come in through the sandbox's phone and the signed
webhook, and replies leave through the provider's own protocol.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.settings import GivenSettings, Settings
from dukani.graph.context import Senses
from dukani.running import Server, demo_settings, open_services
from dukani.sandbox.accounts import SandboxAccount
from dukani.worker import build_worker

NO_LIMIT = 1_000_000_000
START_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything running at `base_url`; `http` speaks to it, sandbox included."""

    base_url: str
    services: Services
    senses: Senses
    http: httpx.AsyncClient

    @property
    def database(self) -> Database:
        return self.services.database

    async def register(self, account: SandboxAccount) -> None:
        """Make a boutique known to the outside world."""
        body = account.model_dump(mode="json")
        (await self.http.post("/sandbox/accounts", json=body)).raise_for_status()

    async def faults(self, **wanted: dict[str, Any]) -> None:
        """Have the outside world misbehave, as `POST /sandbox/faults` describes."""
        (await self.http.post("/sandbox/faults", json=wanted)).raise_for_status()


class _QuietServer(uvicorn.Server):
    """Leaves Ctrl-C and SIGTERM to whoever runs the rig."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def temporary_rig(senses: Senses, **settings: Any) -> AsyncIterator[Rig]:
    """A rig on a database of its own in a temporary folder, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="dukani-") as name:
        folder = Path(name)
        server = Server(GivenSettings(data_dir=folder))
        await asyncio.to_thread(server.start)
        try:
            async with open_rig(server.url, folder, senses, **settings) as rig:
                yield rig
        finally:
            await asyncio.to_thread(server.stop)


@asynccontextmanager
async def open_rig(url: str, folder: Path, senses: Senses, **settings: Any) -> AsyncIterator[Rig]:
    """A rig on the migrated database at `url`, its media under `folder`.

    Every message is a turn of its own and nobody is limited, unless `settings` say otherwise.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        chosen = _settings(folder, port=listener.getsockname()[1], **settings)
        async with open_services(chosen, url) as services:
            worker = build_worker(services, senses, url=url)
            app = create_app(services, worker=worker)
            async with _served(app, listener), _client(chosen.web.public_url) as http:
                yield Rig(chosen.web.public_url, services, senses, http)


def _settings(folder: Path, *, port: int, **given: Any) -> Settings:
    limits = {"boutique_per_minute": NO_LIMIT, "sender_per_minute": NO_LIMIT}
    own: dict[str, Any] = {
        "environment": "test",
        "data_dir": folder,
        "web": {"port": port},
        "limits": limits,
        "conversation": {"quiet_time_s": 0.0},
    }
    return demo_settings(GivenSettings(**(own | given)))


def _client(base_url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=base_url, timeout=30.0)


@asynccontextmanager
async def _served(app: FastAPI, listener: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app, log_config=None, access_log=False, timeout_graceful_shutdown=5, lifespan="on"
    )
    server = _QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="rig")
    try:
        # uvicorn has no event for having started; when it fails to, its task ends.
        while not server.started and not serving.done():  # noqa: ASYNC110
            await asyncio.sleep(START_POLL_S)
        if serving.done():
            serving.result()
            raise RuntimeError("the server stopped before it had started")
        yield
    finally:
        server.should_exit = True
        await serving

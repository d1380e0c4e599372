"""Runs the whole system in one process on a free port: webhooks, worker, sandbox, database.

Messages come in through the sandbox's phone and the signed webhook, and replies leave through the
provider's protocol, so that evaluations measure the code of production.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.settings import GivenSettings, Settings
from dukani.core.store import token_usage
from dukani.evals.effort import Effort
from dukani.evals.scripted_eye import ScriptedEye
from dukani.graph.context import Senses
from dukani.running import demo_settings, open_services, running_database, with_gemini
from dukani.sandbox.accounts import SandboxAccount
from dukani.serving import served
from dukani.worker import build_worker

NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Harness:
    """The system at `base_url`; `http` calls its API and the sandbox's.

    `turn_seconds`: of each message a shopper wrote, until all work it caused was done.
    """

    base_url: str
    services: Services
    senses: Senses
    http: httpx.AsyncClient
    turn_seconds: list[float] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.services.database

    async def effort(self) -> Effort:
        """What the shoppers' turns took so far."""
        async with self.database.system_connection() as conn:
            return Effort(await token_usage.by_model(conn), tuple(self.turn_seconds))

    async def register(self, account: SandboxAccount) -> None:
        """Register a boutique's account in the sandbox."""
        body = account.model_dump(mode="json")
        (await self.http.post("/sandbox/accounts", json=body)).raise_for_status()

    async def faults(self, **wanted: dict[str, Any]) -> None:
        """Inject faults into the sandbox's services, as `POST /sandbox/faults` does."""
        (await self.http.post("/sandbox/faults", json=wanted)).raise_for_status()


@asynccontextmanager
async def temporary_harness(senses: Senses, **settings: Any) -> AsyncIterator[Harness]:
    """A harness on a database of its own in a temporary folder, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="dukani-") as name:
        folder = Path(name)
        with running_database(GivenSettings(data_dir=folder)) as database:
            async with open_harness(database.url, folder, senses, **settings) as harness:
                yield harness


@asynccontextmanager
async def open_harness(
    url: str, folder: Path, senses: Senses, **settings: Any
) -> AsyncIterator[Harness]:
    """A harness on the migrated database at `url`, its media under `folder`.

    Each message is a turn of its own, and rate limits are off, unless `settings` change that.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        chosen = _settings(folder, port=listener.getsockname()[1], **settings)
        senses = _with_gemini(senses, chosen)
        async with open_services(chosen, url) as services:
            worker = build_worker(services, senses, url=url)
            app = create_app(services, worker=worker)
            async with (
                served(app, chosen, listener=listener),
                _client(chosen.web.public_url) as http,
            ):
                yield Harness(chosen.web.public_url, services, senses, http)


def _with_gemini(senses: Senses, settings: Settings) -> Senses:
    """Gemini before the local senses; what a file says is in a photo comes before both."""
    scripted = senses.eye
    if not isinstance(scripted, ScriptedEye):
        return with_gemini(senses, settings)
    asked = with_gemini(replace(senses, eye=scripted.other), settings)
    scripted.other = asked.eye
    return replace(asked, eye=scripted)


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

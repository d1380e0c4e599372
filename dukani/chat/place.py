"""Finds a running demo for the chat, or starts one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from rich.console import Console

from dukani.app import create_app
from dukani.core.addresses import reached_at
from dukani.core.errors import ConfigurationError
from dukani.core.queue import worker_is_alive
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.ports import free_port
from dukani.running import (
    build_senses,
    catalogue_eye,
    demo_settings,
    open_services,
    running_database,
)
from dukani.sandbox.seed import seed_if_needed
from dukani.serving import served
from dukani.worker import build_worker

PROBE_TIMEOUT_S = 2.0


@asynccontextmanager
async def running_demo(settings: Settings, console: Console) -> AsyncIterator[str]:
    """The address of a running demo; one is started for the block when there is none."""
    running = reached_at(settings.web.host, settings.web.port)
    if await _answers(running):
        yield running
        return
    settings = settings.model_copy(deep=True)
    settings.web.port = free_port(settings.web.host)
    settings = demo_settings(settings)
    with running_database(settings) as database:
        async with _demo(settings, database.url, console) as base:
            yield base


async def _answers(base: str) -> bool:
    """Whether a sandbox's phone API answers at this address."""
    try:
        async with httpx.AsyncClient(timeout=PROBE_TIMEOUT_S) as http:
            response = await http.get(f"{base}/sandbox/phone/api/boutiques")
            return response.is_success and isinstance(response.json(), list)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False


@asynccontextmanager
async def _demo(settings: Settings, database_url: str, console: Console) -> AsyncIterator[str]:
    async with open_services(settings, database_url) as services:
        await _check_alone(services)
        senses = build_senses(settings)
        await seed_if_needed(services, catalogue_eye(senses), console)
        queue = build_worker(services, senses, url=database_url)
        async with served(create_app(services, worker=queue), settings):
            yield settings.web.public_url


async def _check_alone(services: Services) -> None:
    """Raise ConfigurationError if another demo's worker would take this one's jobs."""
    async with services.database.system_connection() as conn:
        working = await worker_is_alive(conn, within_s=services.settings.queue.stalled_after_s)
    if working:
        raise ConfigurationError(
            "A demo runs on this data at another port: say which with --port "
            f"(one that was killed is forgotten after {services.settings.queue.stalled_after_s:g} "
            "seconds)."
        )

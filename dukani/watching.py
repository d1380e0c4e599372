"""The door for whoever watches a process: its health and its metrics, on a port of their own.

A worker serves nothing else; the API has the same beside its own port, so that a Prometheus finds
every process in the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from procrastinate import App as Queue

from dukani.core.observability import metrics
from dukani.core.observability.measuring import measure_loop
from dukani.core.services import Services
from dukani.core.settings import Settings
from dukani.core.worker_signs import SignManager
from dukani.health import SignAge, health_routes
from dukani.metrics_page import metrics_routes
from dukani.serving import served


@asynccontextmanager
async def watched(services: Services, *, worker: Queue | None = None) -> AsyncIterator[None]:
    """Measures the event loop during the block, and opens the door where its port is set."""
    measuring = asyncio.create_task(measure_loop(), name="measuring")
    try:
        async with AsyncExitStack() as stack:
            if services.settings.watch.port is not None:
                door = create_door(services, worker=worker)
                await stack.enter_async_context(served(door, _at_the_door(services.settings)))
            yield
    finally:
        measuring.cancel()
        await asyncio.gather(measuring, return_exceptions=True)


def create_door(services: Services, *, worker: Queue | None = None) -> FastAPI:
    """`/healthz`, `/readyz` and `/metrics`; of a process with a `worker` also how that is."""
    door = FastAPI(openapi_url=None)
    door.state.end_streams = lambda: None
    door.include_router(health_routes(services.database, sign_age=_sign_age(services, worker)))
    door.include_router(metrics_routes(services, port_of_its_own=True))
    return door


def _sign_age(services: Services, worker: Queue | None) -> SignAge | None:
    if worker is None or not isinstance(manager := worker.job_manager, SignManager):
        return None
    metrics.WORKER_SIGN_AGE.set_function(manager.sign_age_s)
    return SignAge(manager.sign_age_s, most_s=services.settings.queue.stalled_after_s)


def _at_the_door(settings: Settings) -> Settings:
    """The settings with the door's address as the one to listen on."""
    door = settings.model_copy(deep=True)
    assert settings.watch.port is not None  # else there is no door
    door.web.host, door.web.port = settings.watch.host, settings.watch.port
    return door

"""Puts the sandbox together: Twilio, Meta, Daraja and PayLink, and the phone in your hand.

Mounted in another application its start and stop do not run by themselves: enter
`sandbox.router.lifespan_context(sandbox)` in the outer lifespan.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from mcp.server.mcpserver import MCPServer

from dukani.core.errors import CallerError
from dukani.sandbox.accounts import Accounts, SandboxAccount
from dukani.sandbox.courier import Courier
from dukani.sandbox.daraja import daraja_router
from dukani.sandbox.faults import Faults
from dukani.sandbox.ledger import Ledger
from dukani.sandbox.meta import meta_router
from dukani.sandbox.meta_webhooks import MetaSide
from dukani.sandbox.paylink import paylink_app, paylink_server
from dukani.sandbox.phone import page_router, phone_router
from dukani.sandbox.shopper import Shopper
from dukani.sandbox.twilio import twilio_router
from dukani.sandbox.twilio_webhooks import TwilioSide
from dukani.sandbox.world import World

PROMPT_TIMEOUT_S = 60.0
WEBHOOK_TIMEOUT_S = 15.0  # Twilio's; the others wait about as long


def create_sandbox(
    *,
    base_url: str,
    target_url: str,
    state_path: Path | None = None,
    prompt_timeout_s: float = PROMPT_TIMEOUT_S,
    http: httpx.AsyncClient | None = None,
) -> FastAPI:
    """The outside world at `base_url`, posting its webhooks to Dukani at `target_url`.

    With a `state_path` its chats and prompts outlive a restart. `http` replaces the line to
    Dukani, for tests.
    """
    base_url, target_url = base_url.rstrip("/"), target_url.rstrip("/")
    world = World(Accounts(), state_path)
    line = http or httpx.AsyncClient(timeout=WEBHOOK_TIMEOUT_S)
    courier = Courier(line, world.faults)
    ledger = Ledger(world, courier, prompt_timeout_s=prompt_timeout_s)
    twilio = TwilioSide(world, courier, base_url=base_url, target_url=target_url)
    meta = MetaSide(world, courier, target_url=target_url)
    shopper = Shopper(world, courier, ledger, twilio, meta)
    paylink = paylink_server(world, ledger)
    paylink_door = paylink_app(paylink, base_url=base_url)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        world.open()
        ledger.resume()
        async with _served(paylink):
            yield
        await courier.close()
        if http is None:
            await line.aclose()
        world.close()

    app = FastAPI(title="Dukani sandbox", lifespan=running, docs_url=None, redoc_url=None)
    app.state.world = world
    app.add_exception_handler(CallerError, _answer_caller)
    app.include_router(page_router(base_path(base_url)))
    app.include_router(phone_router(world, shopper))
    app.include_router(_control_router(world))
    app.include_router(twilio_router(world, courier, twilio))
    app.include_router(daraja_router(world, ledger))
    app.mount("/paylink", paylink_door)
    app.include_router(meta_router(world, courier, meta, base_url=base_url))
    return app


@asynccontextmanager
async def _served(paylink: MCPServer) -> AsyncIterator[None]:
    """PayLink's sessions, kept by a task of their own.

    They must end in the task that began them, and whoever stops an application may be another.
    """
    started, stopping = asyncio.Event(), asyncio.Event()

    async def keep() -> None:
        try:
            async with paylink.session_manager.run():
                started.set()
                await stopping.wait()
        finally:
            started.set()

    keeper = asyncio.create_task(keep())
    await started.wait()
    if keeper.done():
        keeper.result()
    try:
        yield
    finally:
        stopping.set()
        await keeper


def base_path(base_url: str) -> str:
    """The path the sandbox is mounted at: `/sandbox`, or empty."""
    return httpx.URL(base_url).path.rstrip("/")


def _control_router(world: World) -> APIRouter:
    router = APIRouter(tags=["control"])

    @router.post("/accounts", status_code=201)
    async def register(account: SandboxAccount) -> dict[str, str]:
        world.register(account)
        return {"key": account.key}

    @router.get("/faults")
    async def faults() -> Faults:
        return world.faults

    @router.post("/faults")
    async def change(wanted: dict[str, dict[str, Any]]) -> Faults:
        try:
            world.faults.change(wanted)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return world.faults

    @router.delete("/faults", status_code=204)
    async def mend() -> None:
        world.faults.change(Faults().model_dump())

    return router


async def _answer_caller(request: Request, error: Exception) -> JSONResponse:
    status = error.http_status if isinstance(error, CallerError) else 500
    return JSONResponse({"detail": str(error)}, status_code=status)

"""Builds the sandbox's application: Twilio, Meta, Daraja, PayLink and the phone page.

An application that mounts the sandbox must enter `sandbox.router.lifespan_context(sandbox)` in its
own lifespan, because the start and stop of a mounted application do not run by themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from mcp.server.mcpserver import MCPServer
from starlette.applications import Starlette

from dukani.core.errors import CallerError
from dukani.sandbox import (
    africastalking,
    catalogue_control,
    control,
    daraja,
    gemini,
    mail,
    meta,
    meta_catalogues,
    meta_templates,
    model_hub,
    mpesa_portal,
    phone_api,
    push,
    sms_api,
    template_control,
    till,
    twilio,
    twilio_account,
    twilio_content,
)
from dukani.sandbox.accounts import Accounts, SandboxAccount
from dukani.sandbox.answer_times import AnswerTimes
from dukani.sandbox.catalogue_book import CatalogueBook
from dukani.sandbox.courier import Courier
from dukani.sandbox.ledger import Ledger
from dukani.sandbox.meta_webhooks import MetaSide
from dukani.sandbox.outside import Neighbours, Outside
from dukani.sandbox.paylink import paylink_app, paylink_server
from dukani.sandbox.phone import page_router
from dukani.sandbox.shopper import Shopper
from dukani.sandbox.template_book import SandboxTemplate, Tell, TemplateBook
from dukani.sandbox.tokens import Tokens
from dukani.sandbox.twilio_webhooks import TwilioSide
from dukani.sandbox.world import World

PROMPT_TIMEOUT_S = 60.0
WEBHOOK_TIMEOUT_S = 15.0  # Twilio's; the other providers wait about as long


def create_sandbox(
    *,
    base_url: str,
    target_url: str,
    state_path: Path | None = None,
    prompt_timeout_s: float = PROMPT_TIMEOUT_S,
    http: httpx.AsyncClient | None = None,
    neighbours: Neighbours | None = None,
    answer_times: AnswerTimes | None = None,
) -> FastAPI:
    """The sandbox at `base_url`, which posts its webhooks to Dukani at `target_url`.

    With a `state_path` chats and prompts survive a restart. `http` replaces the client that calls
    Dukani, for tests. `neighbours` returns the boutiques added beside the two of the demo. Without
    `answer_times` every service answers at once.
    """
    line = http or httpx.AsyncClient(timeout=WEBHOOK_TIMEOUT_S)
    outside = _outside(
        World(Accounts(), state_path, answer_times),
        line,
        base_url=base_url.rstrip("/"),
        target_url=target_url.rstrip("/"),
        prompt_timeout_s=prompt_timeout_s,
    )
    if neighbours is not None:
        outside = replace(outside, neighbours=neighbours)
    paylink = paylink_server(outside.world, outside.ledger)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        outside.world.open()
        await outside.register_neighbours()
        outside.ledger.resume()
        outside.resume_reviews()
        outside.catalogues.resume()
        async with _served(paylink):
            yield
        await outside.courier.close()
        if http is None:
            await line.aclose()
        outside.world.close()

    app = FastAPI(title="Dukani sandbox", lifespan=running, docs_url=None, redoc_url=None)
    app.state.world = outside.world
    app.state.outside = outside
    app.add_exception_handler(CallerError, _answer_caller)
    _include_routers(
        app, paylink_app(paylink, base_url=outside.base_url), base_url=outside.base_url
    )
    return app


def _outside(
    world: World,
    line: httpx.AsyncClient,
    *,
    base_url: str,
    target_url: str,
    prompt_timeout_s: float,
) -> Outside:
    courier = Courier(line, world.faults)
    ledger = Ledger(world, courier, prompt_timeout_s=prompt_timeout_s)
    twilio_side = TwilioSide(world, courier, base_url=base_url, target_url=target_url)
    meta_side = MetaSide(world, courier, base_url=base_url, target_url=target_url)
    return Outside(
        base_url=base_url,
        world=world,
        courier=courier,
        ledger=ledger,
        tokens=Tokens(),
        twilio=twilio_side,
        meta=meta_side,
        shopper=Shopper(world, courier, ledger, twilio_side, meta_side),
        templates=TemplateBook(world, tell=_told_by(meta_side), shop_url=target_url),
        catalogues=CatalogueBook(world),
    )


def _told_by(meta_side: MetaSide) -> Tell:
    """Meta tells of a template; Twilio does not."""

    async def tell(
        account: SandboxAccount, template: SandboxTemplate, field: str, value: dict[str, Any]
    ) -> None:
        if account.provider != "meta":
            return
        named = {
            "message_template_id": int(template.id),
            "message_template_name": template.name,
            "message_template_language": template.language.replace("_", "-"),
        }
        await meta_side.tell_of_template(account, named, field, value)

    return tell


def _include_routers(app: FastAPI, paylink: Starlette, *, base_url: str) -> None:
    app.include_router(page_router(base_path(base_url)))
    for road in (phone_api, sms_api, control, template_control, catalogue_control, twilio,
                 twilio_account, twilio_content, africastalking, daraja, mpesa_portal, till,
                 gemini, mail, push):  # fmt: skip
        app.include_router(road.router)
    app.include_router(model_hub.router(model_hub.ModelHub()), prefix="/hub")
    app.mount("/paylink", paylink)
    app.include_router(meta_catalogues.router)
    app.include_router(meta_templates.router)
    app.include_router(meta.router)  # last, because its paths begin with any version


@asynccontextmanager
async def _served(paylink: MCPServer) -> AsyncIterator[None]:
    """Run PayLink's sessions in a task of their own.

    Sessions must end in the task that began them, and an application may be stopped in another.
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


async def _answer_caller(request: Request, error: Exception) -> JSONResponse:
    status = error.http_status if isinstance(error, CallerError) else 500
    return JSONResponse({"detail": str(error)}, status_code=status)

"""Webhooks and post against the sandbox's real wire protocols, both providers, there and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from dukani.agent.facts import Reply
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import conversations, credentials, messages
from dukani.core.store.credentials import Provider
from dukani.sandbox.accounts import META_APP_SECRET, PWANI, ZURI
from dukani.sandbox.app import create_sandbox
from dukani.tools import delivery, messaging
from dukani.tools.media import fetch_inbound_media
from dukani.webhooks.dependencies import answer_errors, attach_webhooks
from dukani.webhooks.routes import router
from tests.factories import a_boutique
from tests.integration.messaging.test_post_pictures import OPTIONS, a_photo
from tests.wiring import PUBLIC_URL, rows, some_services

SHOPPER = "+254712345678"
SANDBOX = f"{PUBLIC_URL}/sandbox"


class World:
    """Dukani's webhooks and the sandbox in one process, with a shopper's hands."""

    def __init__(self, services: Services, http: httpx.AsyncClient) -> None:
        self.services = services
        self._http = http

    async def open(self, account: str) -> str:
        zuri = account == "zuri"
        boutique = await a_boutique(
            self.services.database, whatsapp_provider="twilio" if zuri else "meta"
        )
        provider: Provider = "twilio" if zuri else "meta"
        secrets = (
            {"account_sid": ZURI.account_sid, "auth_token": ZURI.auth_token}
            if zuri
            else {"access_token": PWANI.access_token, "waba_id": PWANI.waba_id}
        )
        async with self.services.database.system_connection() as conn:
            await credentials.put(
                conn,
                boutique_id=boutique,
                provider=provider,
                account=ZURI.number if zuri else PWANI.phone_number_id,
                secrets=secrets,
                box=self.services.secrets,
            )
        return boutique

    async def write(self, account: str, **fields: Any) -> None:
        body = {"account": account, "contact": SHOPPER, "wait": True, **fields}
        response = await self._http.post(f"{SANDBOX}/phone/api/messages", json=body)
        assert response.status_code == 201, response.text

    async def upload(self, content: bytes) -> str:
        response = await self._http.post(
            f"{SANDBOX}/phone/api/media", content=content, headers={"content-type": "image/jpeg"}
        )
        return str(response.json()["id"])

    async def reply(self, boutique: str, reply: Reply) -> None:
        (row,) = await rows(self.services, "conversations")
        async with self.services.database.tenant_connection(boutique) as conn:
            chat = await conversations.get(conn, conversation_id=str(row["id"]))
            assert chat is not None
            await messaging.queue_reply(conn, chat, reply, language="en")
        self._partition = (boutique, str(row["id"]))
        await self._deliver()

    async def _deliver(self) -> None:
        boutique_id, conversation_id = self._partition
        await delivery.deliver(
            self.services, boutique_id=boutique_id, conversation_id=conversation_id
        )

    async def seen(self, account: str, count: int) -> list[dict[str, Any]]:
        """What the shopper's phone shows of the boutique, once everything has arrived."""
        for _ in range(100):
            query = {"account": account, "contact": SHOPPER}
            chat = (await self._http.get(f"{SANDBOX}/phone/api/chat", params=query)).json()
            ours = [m for m in chat["messages"] if m["author"] == "boutique"]
            statuses = {row["status"] for row in await rows(self.services, "messages")}
            if len(ours) == count and "delivered" in statuses and "sent" not in statuses:
                return ours
            # As the job does that comes back for what waits behind a picture.
            await self._deliver()
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(ours)} of {count} messages, statuses {statuses}")


@asynccontextmanager
async def the_world(database: Database, folder: Path) -> AsyncIterator[World]:
    app = FastAPI()
    line = httpx.AsyncClient(transport=httpx.ASGITransport(app=app))
    async with some_services(
        database,
        folder,
        http=line,
        twilio={"base_url": SANDBOX, "content_url": SANDBOX},
        meta={"base_url": SANDBOX, "app_secret": META_APP_SECRET},
    ) as services:
        sandbox = create_sandbox(base_url=SANDBOX, target_url=PUBLIC_URL, http=line)
        app.include_router(router)
        answer_errors(app)
        attach_webhooks(app, services)
        app.mount("/sandbox", sandbox)
        async with sandbox.router.lifespan_context(sandbox):
            yield World(services, line)


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("account", "bubbles"), [("zuri", 2), ("pwani", 3)])
async def test_a_chat_goes_there_and_back(world: World, account: str, bubbles: int) -> None:
    boutique = await world.open(account)

    await world.write(account, text="Habari")
    await world.reply(boutique, Reply(text="Karibu!"))
    await world.reply(boutique, Reply(text="1. Amani", options=OPTIONS))

    shown = await world.seen(account, bubbles)
    assert [bubble["text"] for bubble in shown[:2]] == ["Karibu!", "1. Amani"]
    assert shown[1]["media"]


@pytest.mark.parametrize("account", ["zuri", "pwani"])
async def test_a_photo_comes_in_and_an_answer_to_it_is_known(world: World, account: str) -> None:
    boutique = await world.open(account)
    await world.write(account, kind="image", media=await world.upload(a_photo()), text="iko?")
    (row,) = await rows(world.services, "messages")
    async with world.services.database.tenant_connection(boutique) as conn:
        message = await messages.get(conn, message_id=str(row["id"]))
    assert message is not None

    path = await fetch_inbound_media(world.services, boutique, message)
    await world.reply(boutique, Reply(text="1. Amani", options=OPTIONS))
    (_, picture, *_) = await rows(world.services, "messages")
    await world.write(account, text="hii", reply_to=picture["provider_id"])

    assert await world.services.media.exists(path)
    answer = (await rows(world.services, "messages"))[-1]
    async with world.services.database.tenant_connection(boutique) as conn:
        answered = await messages.by_provider_id(conn, provider_id=answer["reply_to"])
    assert answered is not None
    assert [option["number"] for option in answered.payload["options"]] == [1, 2, 3]

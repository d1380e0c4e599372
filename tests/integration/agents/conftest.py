"""A boutique that lets agents in, served over HTTP, and agents with the protocol's own client."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import uvicorn
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import agent_calls, api_keys, boutiques
from dukani.dashboard_api.key_holders import beginning_of, digest_of, new_key
from tests.factories import a_boutique
from tests.signing_in import a_member
from tests.wiring import a_line, some_services

SHOPPER = "shopper-0001"


class Refused(Exception):
    """What a tool said no with."""


@dataclass(frozen=True, slots=True)
class Caller:
    """An agent at work."""

    client: Client

    async def call(self, tool: str, **given: Any) -> dict[str, Any]:
        """The tool's structured answer. Raises Refused."""
        answer = await self.client.call_tool(tool, given)
        if answer.is_error:
            raise Refused(answer.content[0].text)  # type: ignore[union-attr]
        assert answer.structured_content is not None
        return answer.structured_content

    async def refused(self, tool: str, **given: Any) -> str:
        with pytest.raises(Refused) as refusal:
            await self.call(tool, **given)
        return str(refusal.value)


@dataclass(frozen=True, slots=True)
class AgentShop:
    """A boutique with the tools switched on, and a key of one agent."""

    services: Services
    base: str
    boutique: str
    slug: str
    owner: str
    key: str

    @property
    def url(self) -> str:
        return f"{self.base}/mcp/{self.slug}"

    @asynccontextmanager
    async def agent(self, key: str | None = None) -> AsyncIterator[Caller]:
        headers = {"authorization": f"Bearer {key or self.key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(self.url, http_client=http)) as client,
        ):
            yield Caller(client)

    async def knock(self, **headers: str) -> httpx.Response:
        """A bare call, to see how it is answered."""
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        given = {"accept": "application/json, text/event-stream"} | headers
        async with httpx.AsyncClient() as http:
            return await http.post(self.url, json=body, headers=given)

    async def switch(self, *, on: bool) -> None:
        async with self.services.database.member_connection(
            {"sub": self.owner}, self.boutique, owners_only=True
        ) as conn:
            await agent_calls.switch(conn, on=on)


async def an_agents_key(database: Database, boutique: str, owner: str) -> str:
    key = new_key()
    async with database.member_connection({"sub": owner}, boutique, owners_only=True) as conn:
        await api_keys.add(
            conn,
            name="An agent",
            begins_with=beginning_of(key),
            digest=digest_of(key),
            may_write=False,
            user_id=owner,
            scope="agents",
        )
    return key


@asynccontextmanager
async def served(services: Services) -> AsyncIterator[str]:
    """Where the whole application answers, over HTTP."""
    config = uvicorn.Config(create_app(services), port=0, log_level="warning")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@pytest.fixture
async def shop(database: Database, superuser_url: str, tmp_path: Path) -> AsyncIterator[AgentShop]:
    slug = f"zuri-{secrets.token_hex(3)}"
    async with some_services(database, tmp_path) as services, served(services) as base:
        boutique = await a_line(services, "daraja", "600101", slug=slug, payment_provider="daraja")
        owner = a_member(superuser_url, boutique, "owner")
        key = await an_agents_key(database, boutique, owner)
        opened = AgentShop(services, base, boutique, slug, owner, key)
        await opened.switch(on=True)
        yield opened


@pytest.fixture
async def other_key(database: Database, superuser_url: str) -> str:
    """A key of another boutique, which lets agents in as well."""
    other = await a_boutique(database)
    owner = a_member(superuser_url, other, "owner")
    async with database.member_connection({"sub": owner}, other, owners_only=True) as conn:
        await agent_calls.switch(conn, on=True)
        assert await boutiques.get(conn, boutique_id=other) is not None
    return await an_agents_key(database, other, owner)

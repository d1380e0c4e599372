"""A shop's window with one piece, and a person's browser before it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from dukani.app import create_app
from dukani.core.database import Database
from dukani.core.services import Services
from tests.factories import Variant, a_product
from tests.unit.storefront.test_readers import CHROME
from tests.wiring import a_line, rows, some_services

PERSON = {"user-agent": CHROME, "accept-language": "en-KE,en"}


@dataclass
class Window:
    services: Services
    client: httpx.AsyncClient
    boutique: str
    dress: Variant

    async def get(self, path: str = "", **headers: str) -> httpx.Response:
        return await self.client.get(f"/s/zuri{path}", headers=PERSON | headers)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(f"/s/zuri{path}", data=fields, headers=PERSON)

    async def put_in(self, variant: Variant | None = None) -> httpx.Response:
        return await self.post("/cart/add", variant=(variant or self.dress).id, sku="DRESS")

    async def events(self) -> list[dict[str, Any]]:
        found = await rows(self.services, "domain_events")
        return [one for one in found if one["anonymous_id"] is not None]


@pytest.fixture
async def window(database: Database, tmp_path: Path) -> AsyncIterator[Window]:
    async with some_services(database, tmp_path) as services:
        boutique = await a_line(
            services,
            "daraja",
            "600101",
            slug="zuri",
            name="Zuri & Co",
            payment_provider="daraja",
            whatsapp_provider="twilio",
        )
        async with database.system_connection() as conn:
            await conn.execute(
                """insert into provider_credentials (boutique_id, provider, account, secrets)
                   values (%s, 'twilio', '+254700000901', 'sealed')""",
                (boutique,),
            )
        (dress,) = await a_product(
            database, boutique, sku="DRESS", name="Amani <Dress>", stock={"blue": {"M": 3}}
        )
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="https://shop") as client:
            yield Window(services, client, boutique, dress)


async def all_of(window: Window, table: str) -> list[dict[str, Any]]:
    async with window.services.database.system_connection() as conn:
        return list(await (await conn.execute(f"select * from {table}".encode())).fetchall())

"""A boutique whose webhooks are up, and everything it does with what comes in through them."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from dukani.agent.eye import PhotoAnalysis
from dukani.core.services import Services
from dukani.core.store import carts
from dukani.graph.turn import TurnHandler
from dukani.tools.catalogue import NewProduct
from tests.fakes.providers import FakeProviders
from tests.journeys.talk import ScriptedEye
from tests.wiring import Caller, a_change, a_meta_message, rows

PIECES = (
    NewProduct(
        sku="PWN-DRS-03", name="Diani Sun Dress", category="dress", occasions=("beach",),
        price_minor=330000, stock={"yellow": {"S": 3, "M": 2}, "peach": {"M": 2, "L": 0}},
    ),
    NewProduct(
        sku="PWN-KFT-01", name="Lamu Embroidered Kaftan", category="kaftan", embroidery=True,
        price_minor=680000, stock={"white": {"M": 4}},
    ),
    NewProduct(
        sku="PWN-HAT-01", name="Malindi Straw Hat", category="hat", price_minor=150000,
        stock={"beige": {"ONE": 5}},
    ),
)  # fmt: skip


def an_analysis(category: str, **seen: object) -> PhotoAnalysis:
    vector = np.zeros(512, dtype=np.float32)
    vector[0] = 1
    given = {"confidence": 0.95, "vector": vector, "model": "scripted-1"} | seen
    return PhotoAnalysis(category=category, **given)  # type: ignore[arg-type]


def a_jpeg(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Shop:
    """One boutique: what is called at its webhooks, and what it answers."""

    services: Services
    boutique_id: str
    caller: Caller
    providers: FakeProviders
    handler: TurnHandler
    eye: ScriptedEye
    sent: int = 0

    async def answers(self) -> str:
        """Handle what came in; what the customer is sent for it, as one text."""
        before = len(self.providers.sent)
        await self._handle()
        async with self.services.database.system_connection() as conn:
            # What was sent shows on her phone, so that what waits behind a picture goes too.
            await conn.execute("update messages set told_at = now() where direction = 'out'")
        await self._handle()
        return "\n".join(self.providers.texts[before:])

    async def _handle(self) -> None:
        async with self.services.database.system_connection() as conn:
            cursor = await conn.execute("select id::text as id from conversations")
            ids = [row["id"] for row in await cursor.fetchall()]
        for conversation_id in ids:
            await self.handler.handle(boutique_id=self.boutique_id, conversation_id=conversation_id)

    async def says(self, text: str) -> str:
        """A message in plain words through the boutique's webhook; the answer."""
        return await self.sends(type="text", text={"body": text})

    async def sends(self, **message: Any) -> str:
        """A message of any of Meta's kinds; the answer."""
        self.sent += 1
        written_now = {"timestamp": str(int(time.time()))}
        body = a_meta_message(f"wamid.hers.{self.sent}", **written_now | message)
        response = await self.caller.meta(a_change(messages=[body]))
        assert response.status_code == 200
        return await self.answers()

    async def twilio(self, **fields: str) -> str:
        """A message through Twilio's webhook; the answer."""
        self.sent += 1
        response = await self.caller.twilio(MessageSid=f"SMhers{self.sent:028d}", **fields)
        assert response.status_code == 200
        return await self.answers()

    async def cart(self) -> list[tuple[str, str, str, int, int]]:
        """(name, colour, size, quantity, price of one) of each line."""
        found = []
        for customer in await rows(self.services, "customers", "id::text as id, created_at"):
            async with self.services.database.tenant_connection(self.boutique_id) as conn:
                found += await carts.items(conn, customer_id=customer["id"])
        return [(i.name, i.colour, i.size, i.quantity, i.unit_price_minor) for i in found]

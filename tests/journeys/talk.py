"""A customer and the assistant, talking: real reader, real graph, real database.

Messages arrive as the webhooks store them and are answered by the turn handler; what would go out
is read from the outbox. Nothing is sent and nobody is called.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from psycopg.types.json import Jsonb

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.local_reader import LocalReader
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import (
    carts,
    conversations,
    customers,
    events,
    inbox,
    messages,
    orders,
    payments,
    products,
)
from dukani.core.store.carts import CartItem
from dukani.core.store.conversations import Conversation
from dukani.core.store.inbox import Arrival
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.graph.context import Senses
from dukani.graph.turn import TurnHandler

ADDRESS = "Kilimani, Rose Apartments B4"


class ScriptedEye:
    """Sees what the test says it sees."""

    model = "scripted-1"

    def __init__(self) -> None:
        self.analyses: list[PhotoAnalysis] = []

    async def look(self, image: bytes) -> PhotoAnalysis:
        return self.analyses.pop(0)


@dataclass
class Talk:
    """One customer of one boutique."""

    services: Services
    boutique_id: str
    customer_id: str
    conversation_id: str
    handler: TurnHandler
    eye: ScriptedEye
    said: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.services.database

    async def say(self, text: str, **message: Any) -> str:
        """Write to the boutique; everything it answers, as one text."""
        await self.write(text, **message)
        return await self.turn()

    async def write(self, text: str, *, kind: str = "text", **message: Any) -> None:
        arrival = Arrival(
            provider_id=message.get("provider_id") or uuid4().hex,
            provider="twilio",
            author="customer",
            kind=kind,
            body=text,
            reply_to=message.get("reply_to"),
            payload=message.get("payload", {}),
            raw={},
            sent_at=None,
        )
        async with self.database.tenant_connection(self.boutique_id) as conn:
            await inbox.record(conn, conversation_id=self.conversation_id, arrival=arrival)

    async def happens(self, kind: Any, **payload: Any) -> str:
        """An event that is not a message; what the boutique says to it."""
        async with self.database.tenant_connection(self.boutique_id) as conn:
            await events.add(conn, conversation_id=self.conversation_id, kind=kind, payload=payload)
        return await self.turn()

    async def mpesa(self, code: str, **result: Any) -> str:
        """M-Pesa's answer to the latest attempt."""
        payment = await self.payment()
        paid = {"amount_minor": payment.amount_minor, "receipt": f"Q{uuid4().hex[:9].upper()}"}
        answer = (paid if code == "0" else {}) | {"payment_id": payment.id} | result
        return await self.happens("payment_result", code=code, **answer)

    async def turn(self) -> str:
        before = await self._last_seq()
        await self.handler.handle(
            boutique_id=self.boutique_id, conversation_id=self.conversation_id
        )
        async with self.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute(
                "select body from messages where seq > %s and direction = 'out'"
                " and conversation_id = %s order by seq",
                (before, self.conversation_id),
            )
            self.said = [row["body"] for row in await cursor.fetchall()]
        return "\n".join(self.said)

    async def _last_seq(self) -> int:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute("select coalesce(max(seq), 0) as seq from messages")
            row = await cursor.fetchone()
            assert row is not None
            return int(row["seq"])

    async def cart(self) -> list[tuple[str, str, str, int]]:
        """(name, colour, size, quantity) of each line."""
        async with self.database.tenant_connection(self.boutique_id) as conn:
            items: list[CartItem] = await carts.items(conn, customer_id=self.customer_id)
        return [(i.name, i.colour, i.size, i.quantity) for i in items]

    async def order(self) -> Order:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            order = await orders.latest(conn, customer_id=self.customer_id)
        assert order is not None, "nothing was ordered"
        return order

    async def payment(self) -> Payment:
        order = await self.order()
        async with self.database.tenant_connection(self.boutique_id) as conn:
            payment = await payments.latest_of_order(conn, order_id=order.id)
        assert payment is not None
        return payment

    async def step(self) -> str:
        return (await self.conversation()).step

    async def conversation(self) -> Conversation:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            found = await conversations.get(conn, conversation_id=self.conversation_id)
        assert found is not None
        return found

    async def available(self, sku: str, colour: str, size: str) -> int:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute("select id::text from products where sku = %s", (sku,))
            row = await cursor.fetchone()
            assert row is not None
            variants = await products.variants(conn, product_ids=[row["id"]])
        return next(v.available for v in variants if (v.colour, v.size) == (colour, size))

    async def on_hand(self, sku: str, colour: str, size: str) -> int:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute(
                "select quantity from product_variants where sku = %s", (f"{sku}/{colour}/{size}",)
            )
            row = await cursor.fetchone()
        assert row is not None
        return int(row["quantity"])

    async def owner_notes(self) -> list[str]:
        async with self.database.tenant_connection(self.boutique_id) as conn:
            cursor = await conn.execute(
                "select body from messages where recipient is not null order by seq"
            )
            return [row["body"] for row in await cursor.fetchall()]

    async def understood(self) -> list[str]:
        """The kinds of acts of the last message."""
        async with self.database.tenant_connection(self.boutique_id) as conn:
            last = (await messages.recent(conn, conversation_id=self.conversation_id))[::-1]
        heard = next(m for m in last if m.direction == "in")
        return [act["kind"] for act in (heard.understanding or {"acts": []})["acts"]]

    async def age(self, table: str, column: str, interval: str) -> None:
        """Let time have passed."""
        async with self.database.system_connection() as conn:
            statement = f"update {table} set {column} = {column} - %s::interval"
            await conn.execute(statement.encode(), (interval,))

    async def set_shop_info(self, info: dict[str, Any]) -> None:
        async with self.database.system_connection() as conn:
            await conn.execute(
                "update boutiques set shop_info = %s where id = %s", (Jsonb(info), self.boutique_id)
            )


async def begin_talk(
    services: Services, boutique_id: str, *, phone: str | None, wa_user_id: str | None = None
) -> Talk:
    """A customer's first contact with a boutique."""
    eye = ScriptedEye()
    async with services.database.tenant_connection(boutique_id) as conn:
        customer = await customers.find_or_create(
            conn, phone=phone, wa_user_id=wa_user_id, name="Asha"
        )
        conversation = await conversations.find_or_create(
            conn, customer_id=customer.id, provider="twilio"
        )
    handler = TurnHandler(services, Senses(reader=LocalReader(), eye=eye))
    return Talk(services, boutique_id, customer.id, conversation.id, handler, eye)


async def order_a_wrap_dress(talk: Talk, *, payer: str | None = None) -> None:
    """Up to the prompt on her phone, or on the one of `payer`."""
    await talk.say("do you have a blue dress for the office?")
    await talk.say("1")
    await talk.say("size M")
    await talk.say("checkout")
    await talk.say(ADDRESS)
    if payer is not None:
        await talk.say(payer)
    await talk.say("yes")

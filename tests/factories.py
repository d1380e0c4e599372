"""Rows for tests: mention only what matters, the rest has defaults."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from psycopg.types.json import Jsonb

from dukani.core.database import Connection, Database
from dukani.core.store import carts, inbox, messages, turns
from dukani.core.store.events import ConversationEvent
from dukani.core.store.inbox import Arrival
from dukani.core.store.messages import Message

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Variant:
    id: str
    product_id: str
    sku: str
    colour: str
    size: str


async def a_boutique(database: Database, **values: Any) -> str:
    """A boutique's id."""
    n = next(_numbers)
    row = {
        "slug": f"boutique-{n}",
        "name": f"Boutique {n}",
        "owner_name": "Amina",
        "owner_phone": f"+2547119{n:05d}",
        "whatsapp_provider": "twilio",
        "payment_provider": "daraja",
        "shop_info": Jsonb({}),
    } | values
    async with database.system_connection() as conn:
        return await _insert(conn, "boutiques", row)


async def a_customer(database: Database, boutique_id: str, **values: Any) -> str:
    n = next(_numbers)
    row = {"boutique_id": boutique_id, "phone": f"+2547220{n:05d}", "name": "Wanjiku"} | values
    async with database.tenant_connection(boutique_id) as conn:
        return await _insert(conn, "customers", row)


async def open_events(conn: Connection, *, conversation_id: str) -> list[ConversationEvent]:
    """What no turn has handled yet, oldest first."""
    opening = await turns.open_turn(conn, conversation_id=conversation_id)
    return opening.events if opening else []


async def a_conversation(
    database: Database, boutique_id: str, customer_id: str | None = None, **values: Any
) -> str:
    customer_id = customer_id or await a_customer(database, boutique_id)
    row = {"boutique_id": boutique_id, "customer_id": customer_id, "provider": "twilio"} | values
    async with database.tenant_connection(boutique_id) as conn:
        conversation = await _insert(conn, "conversations", row)
        await conn.execute(
            "update conversations set last_inbound_at = now() where id = %s", (conversation,)
        )
        return conversation


def arrived(**values: Any) -> Arrival:
    """What a webhook keeps of a customer's message."""
    arrival: dict[str, Any] = {
        "provider_id": "wamid.1",
        "provider": "meta",
        "author": "customer",
        "kind": "text",
        "body": "Hi",
        "reply_to": None,
        "payload": {},
        "raw": {},
        "sent_at": None,
    } | values
    return Arrival(**arrival)


async def an_arrival(conn: Connection, conversation_id: str, **values: Any) -> str | None:
    """The id of a message that arrived from the customer; none when it is there already."""
    return await inbox.record(conn, conversation_id=conversation_id, arrival=arrived(**values))


async def an_inbound(conn: Connection, conversation_id: str, **values: Any) -> Message:
    """A message that arrived from the customer."""
    message_id = await an_arrival(conn, conversation_id, **values)
    assert message_id is not None
    message = await messages.get(conn, message_id=message_id)
    assert message is not None
    return message


async def a_product(
    database: Database,
    boutique_id: str,
    *,
    stock: dict[str, dict[str, int]] | None = None,
    **values: Any,
) -> list[Variant]:
    """A product with `stock` (colour → size → units); its variants."""
    n = next(_numbers)
    row: dict[str, Any] = {
        "boutique_id": boutique_id,
        "sku": f"SKU-{n:04d}",
        "name": f"Dress {n}",
        "category": "dress",
        "price_minor": 450000,
    } | values
    async with database.tenant_connection(boutique_id) as conn:
        product_id = await _insert(conn, "products", row)
        variants = []
        for colour, sizes in (stock or {"blue": {"M": 5}}).items():
            for size, units in sizes.items():
                variants.append(
                    await _a_variant(conn, boutique_id, product_id, row["sku"], colour, size, units)
                )
        return variants


async def _a_variant(
    conn: Connection,
    boutique_id: str,
    product_id: str,
    sku: str,
    colour: str,
    size: str,
    units: int,
) -> Variant:
    variant_sku = f"{sku}-{colour}-{size}"
    variant = await _insert(
        conn,
        "product_variants",
        {
            "boutique_id": boutique_id,
            "product_id": product_id,
            "colour": colour,
            "size": size,
            "sku": variant_sku,
        },
    )
    if units:
        await _insert(
            conn,
            "stock_movements",
            {
                "boutique_id": boutique_id,
                "variant_id": variant,
                "delta": units,
                "reason": "opening",
            },
        )
    return Variant(variant, product_id, variant_sku, colour, size)


async def put_in_cart(
    database: Database, boutique_id: str, customer_id: str, variant: Variant, quantity: int = 1
) -> str:
    """The id of the customer's cart, with so many of the variant behind what was in it."""
    async with database.tenant_connection(boutique_id) as conn:
        cart_id = await carts.open_cart(conn, boutique_id=boutique_id, customer_id=customer_id)
        before = [
            (item.variant_id, item.quantity, item.unit_price_minor)
            for item in await carts.items(conn, customer_id=customer_id)
            if item.variant_id != variant.id
        ]
        wanted = (variant.id, quantity, 450000)
        await carts.replace_items(conn, cart_id=cart_id, items=[*before, wanted])
    return cart_id


async def _insert(conn: Connection, table: str, row: dict[str, Any]) -> str:
    columns = ", ".join(row)
    values = ", ".join(f"%({name})s" for name in row)
    cursor = await conn.execute(
        f"insert into {table} ({columns}) values ({values}) returning id".encode(), row
    )
    found = await cursor.fetchone()
    assert found is not None
    return str(found["id"])

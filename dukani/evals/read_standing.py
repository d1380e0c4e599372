"""Reads a shopper's cart, orders, payments and memory from the database."""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.store import (
    consents,
    conversations,
    inbox,
    memories,
    orders,
    payments,
    products,
    stock,
)
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.evals.shopper import Shopper
from dukani.evals.standing import Line, Placed, Standing
from dukani.tools import cart


async def standing_of(shopper: Shopper) -> Standing | None:
    """The shopper's standing; None before the first message."""
    async with shopper.harness.database.tenant_connection(shopper.shop.boutique_id) as conn:
        found = await inbox.known(conn, phone=shopper.phone, wa_user_id=None)
        if not found or found[0].conversation_id is None:
            return None
        return await _read(conn, shopper, found[0].customer_id, found[0].conversation_id)


async def _read(
    conn: Connection, shopper: Shopper, customer_id: str, conversation_id: str
) -> Standing:
    conversation = await conversations.get(conn, conversation_id=conversation_id)
    assert conversation is not None  # its id was just read
    return Standing(
        conversation=conversation,
        cart=await _cart(conn, customer_id),
        placed=await _placed(conn, customer_id),
        payments=await _payments(conn, customer_id),
        may_answer=await consents.may_answer(conn, customer_id=customer_id),
        on_hand=await _on_hand(conn, shopper),
        state=await memories.recall(conn, conversation_id=conversation_id),
        currency=shopper.shop.currency,
    )


async def _cart(conn: Connection, customer_id: str) -> tuple[Line, ...]:
    items = await cart.current_items(conn, customer_id=customer_id)
    return tuple(
        Line(item.sku, item.colour, item.size, item.quantity, item.unit_price_minor)
        for item in items
    )


_ORDERS = """
select id::text as id from orders where customer_id = %(customer_id)s order by created_at
"""

_PAYMENTS = """
select p.id::text as id from payments p join orders o on o.id = p.order_id
where o.customer_id = %(customer_id)s order by p.created_at, p.attempt
"""


async def _placed(conn: Connection, customer_id: str) -> tuple[Placed, ...]:
    placed = []
    cursor = await conn.execute(_ORDERS, {"customer_id": customer_id})
    for row in await cursor.fetchall():
        order = await orders.get(conn, order_id=row["id"])
        assert order is not None  # its id was just read
        placed.append(Placed(order, await _order_lines(conn, order)))
    return tuple(placed)


async def _order_lines(conn: Connection, order: Order) -> tuple[Line, ...]:
    """The order's lines by product SKU, which an evaluation's variant SKU begins with."""
    return tuple(
        Line(
            item.sku.removesuffix(f"/{item.colour}/{item.size}"),
            item.colour,
            item.size,
            item.quantity,
            item.unit_price_minor,
        )
        for item in await orders.items(conn, order_id=order.id)
    )


async def _payments(conn: Connection, customer_id: str) -> tuple[Payment, ...]:
    cursor = await conn.execute(_PAYMENTS, {"customer_id": customer_id})
    found = [await payments.get(conn, payment_id=row["id"]) for row in await cursor.fetchall()]
    return tuple(payment for payment in found if payment is not None)


async def _on_hand(conn: Connection, shopper: Shopper) -> dict[str, int]:
    ids = list(shopper.shop.products.values())
    variants = await products.variants(conn, product_ids=ids)
    levels = await stock.lock_levels(conn, variant_ids=[variant.id for variant in variants])
    return {variant.sku: levels[variant.id].on_hand for variant in variants}

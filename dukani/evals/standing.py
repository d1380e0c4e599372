"""Where a shopper stands with a boutique: cart, order, money, stock, consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dukani.core.database import Connection
from dukani.core.money import minor_per_unit
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
from dukani.core.store.conversations import Conversation
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.evals.shopper import Shopper
from dukani.tools import cart


@dataclass(frozen=True, slots=True)
class Line:
    sku: str
    colour: str
    size: str
    quantity: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`order` is the latest; `state` is what the machine remembers."""

    conversation: Conversation
    cart: tuple[Line, ...]
    order: Order | None
    order_lines: tuple[Line, ...]
    payment: Payment | None
    orders_created: int
    may_answer: bool
    on_hand: dict[str, int]  # SKU/colour/size → units
    state: dict[str, Any]
    currency: str

    @property
    def live_order(self) -> Order | None:
        return self.order if self.order and self.order.status != "cancelled" else None

    def lines(self, *, final: bool) -> tuple[Line, ...]:
        """The cart, or the order's lines once there is one.

        In the middle of a dialogue a new cart begun after an order is the one meant.
        """
        if self.live_order is None or (self.cart and not final):
            return self.cart
        return self.order_lines

    def total_units(self, *, final: bool) -> float:
        """Currency units of those lines, without delivery."""
        total_minor = sum(line.quantity * line.price_minor for line in self.lines(final=final))
        return total_minor / minor_per_unit(self.currency)


async def standing_of(shopper: Shopper) -> Standing | None:
    """None before she has written."""
    async with shopper.rig.database.tenant_connection(shopper.shop.boutique_id) as conn:
        found = await inbox.known(conn, phone=shopper.phone, wa_user_id=None)
        if not found or found[0].conversation_id is None:
            return None
        return await _read(conn, shopper, found[0].customer_id, found[0].conversation_id)


async def _read(
    conn: Connection, shopper: Shopper, customer_id: str, conversation_id: str
) -> Standing:
    conversation = await conversations.get(conn, conversation_id=conversation_id)
    assert conversation is not None  # its id was just read
    order = await orders.latest(conn, customer_id=customer_id)
    return Standing(
        conversation=conversation,
        cart=await _cart(conn, customer_id),
        order=order,
        order_lines=await _order_lines(conn, order),
        payment=await payments.latest_of_order(conn, order_id=order.id) if order else None,
        orders_created=await _count_orders(conn, customer_id),
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


async def _order_lines(conn: Connection, order: Order | None) -> tuple[Line, ...]:
    """The variant's SKU begins with the product's, as the shop was made here."""
    if order is None:
        return ()
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


async def _count_orders(conn: Connection, customer_id: str) -> int:
    cursor = await conn.execute(
        "select count(*) as n from orders where customer_id = %(id)s", {"id": customer_id}
    )
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0


async def _on_hand(conn: Connection, shopper: Shopper) -> dict[str, int]:
    ids = list(shopper.shop.products.values())
    variants = await products.variants(conn, product_ids=ids)
    levels = await stock.lock_levels(conn, variant_ids=[variant.id for variant in variants])
    return {variant.sku: levels[variant.id].on_hand for variant in variants}

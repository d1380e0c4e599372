"""Orders a cart by a payment link, and asks M-Pesa for the money.

Whoever has the link may pay, as with a bill on a table; nothing here tells whose cart it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from dukani.core.database import Connection
from dukani.core.errors import HeldEnough, OutOfStock
from dukani.core.jobs import defer_reservation_timer, timer_lock
from dukani.core.store import agent_carts, boutiques, cart_links, carts, conversations, customers
from dukani.core.store import orders as order_store
from dukani.core.store import payments as payment_store
from dukani.core.store.boutiques import Boutique
from dukani.core.store.cart_links import CartLink
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import Order
from dukani.core.store.payments import Payment
from dukani.tools import cart, chosen, orders
from dukani.tools.delivery_zones import Delivered, delivery_of
from dukani.tools.payments import accounts
from dukani.tools.payments.prompt_limits import held_back
from dukani.tools.payments.request import (
    PhoneHadEnough,
    may_be_prompted,
    payable_minor,
    request_payment,
)

Refusal = Literal[
    "changed", "sold", "empty", "number", "too_many", "wait", "under_review", "over", "by_hand",
    "stopped",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkedCart:
    """What a link leads to: a cart that can be ordered, or the order it became."""

    link: CartLink
    boutique: Boutique
    items: tuple[CartItem, ...]
    order: Order | None
    payment: Payment | None

    @property
    def customer_id(self) -> str:
        """Whose cart it is; an agent's is nobody's until somebody orders by the link."""
        assert self.link.customer_id is not None, "claim an agent's link before it is ordered by"
        return self.link.customer_id


@dataclass(frozen=True, slots=True)
class Quote:
    """`total_minor`: what M-Pesa will ask for, with delivery; its fee is None if not known yet."""

    delivery: Delivered
    total_minor: int


async def look(conn: Connection, *, token: str, lock: bool = False) -> LinkedCart | None:
    """The cart or order of a link of this boutique; None: there is no such link."""
    link = await cart_links.find(conn, token=token, lock=lock)
    if link is None:
        return None
    boutique = await boutiques.get(conn, boutique_id=link.boutique_id)
    assert boutique is not None  # a foreign key holds it
    order = await order_store.get(conn, order_id=link.order_id) if link.order_id else None
    payment = await payment_store.latest_of_order(conn, order_id=order.id) if order else None
    items = await _items(conn, link) if order is None else ()
    return LinkedCart(link, boutique, tuple(items), order, payment)


async def _items(conn: Connection, link: CartLink) -> Sequence[CartItem]:
    """What the link pays; nothing of an agent's cart that was ordered by another link."""
    if link.cart_id is not None:
        return await carts.items_of(conn, cart_id=link.cart_id)
    assert link.agent_cart_id is not None  # a check of the table
    filled = await agent_carts.get(conn, cart_id=link.agent_cart_id)
    if filled is None or filled.is_ordered:
        return ()
    return await chosen.as_items(conn, filled.lines)


async def quote(conn: Connection, linked: LinkedCart, *, address: str) -> Quote:
    delivery = await delivery_of(conn, linked.boutique, address=address)
    total = cart.total_minor(linked.items) + (delivery.fee_minor or 0)
    return Quote(delivery, payable_minor(total, linked.boutique.currency))


async def order(
    conn: Connection,
    linked: LinkedCart,
    *,
    address: str,
    phone: str,
    agreed_minor: int,
    utm_message_id: str | None = None,
) -> Refusal | None:
    """Places the order at the total that was shown, and asks `phone` (E.164) for it.

    `utm_message_id`: code of the message that led here.
    The link is locked by the caller. A refusal leaves everything as it was.
    """
    if linked.link.is_over:
        return "over"
    if not linked.items:
        return "empty"
    if linked.boutique.stopped_since() is not None:
        return "stopped"
    if not may_be_prompted(phone, by=linked.boutique.payment_provider):
        return "number"
    said = await quote(conn, linked, address=address)
    if said.total_minor != agreed_minor:
        return "changed"
    chat = await _conversation(conn, linked)
    try:
        async with conn.transaction():
            placed = await orders.place(
                conn,
                boutique_id=linked.boutique.id,
                customer_id=linked.customer_id,
                conversation_id=chat,
                currency=linked.boutique.currency,
                delivery=orders.Delivery(address=address, zone=said.delivery.zone),
                delivery_minor=said.delivery.fee_minor or 0,
                items=linked.items,
            )
            await cart_links.set_order(conn, link_id=linked.link.id, order_id=placed.id)
            await order_store.note_message(conn, order_id=placed.id, utm_message_id=utm_message_id)
            await _set_timer(conn, placed, boutique_id=linked.boutique.id, conversation_id=chat)
            return await _ask(conn, linked, placed, phone=phone)
    except OutOfStock:
        return "sold"
    except (HeldEnough, PhoneHadEnough):
        return "too_many"


async def ask_again(conn: Connection, linked: LinkedCart, *, phone: str) -> Refusal | None:
    """Another prompt for an order that is not paid."""
    order = linked.order
    assert order is not None  # the caller has looked
    if order.status == "cancelled":
        return "over"
    if order.payment_status == "needs_review":
        return "under_review"
    if not may_be_prompted(phone, by=linked.boutique.payment_provider):
        return "number"
    try:
        async with conn.transaction():
            return await _ask(conn, linked, order, phone=phone)
    except OutOfStock:
        return "sold"
    except (HeldEnough, PhoneHadEnough):
        return "too_many"


async def _ask(conn: Connection, linked: LinkedCart, order: Order, *, phone: str) -> Refusal | None:
    """Nothing while a prompt is out; else one more, within the limits of all prompts."""
    latest = await payment_store.latest_of_order(conn, order_id=order.id)
    if order.payment_status == "paid" or (latest is not None and latest.in_flight):
        return None
    customer = await customers.get(conn, customer_id=linked.customer_id)
    held = await held_back(
        conn,
        order,
        phone=phone,
        customer_phone=customer.phone if customer else None,
        now=datetime.now(UTC),
    )
    if held is not None:
        return "wait" if held.reason == "wait" else "too_many"
    payment = await request_payment(
        conn,
        boutique_id=linked.boutique.id,
        order=order,
        phone=phone,
        ways=await accounts.ways_of(conn, linked.boutique),
    )
    return "by_hand" if payment is not None and payment.provider == "manual" else None


async def _conversation(conn: Connection, linked: LinkedCart) -> str:
    """The customer's chat, where news of the order go; as it is, if there is one."""
    chat = await conversations.of_customer(
        conn,
        customer_id=linked.customer_id,
        provider=linked.boutique.whatsapp_provider,
    )
    await conversations.wait_for_turn(conn, conversation_id=chat)
    return chat


async def _set_timer(
    conn: Connection, placed: Order, *, boutique_id: str, conversation_id: str
) -> None:
    await defer_reservation_timer(
        conn,
        lock=timer_lock("hold_over", conversation_id),
        boutique_id=boutique_id,
        conversation_id=conversation_id,
        order_id=placed.id,
        delay=orders.RESERVED_FOR,
    )

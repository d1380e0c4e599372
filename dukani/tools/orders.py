"""Places, reopens and cancels orders, and handles their stock reservations."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.errors import HeldEnough, NotFound, OutOfStock
from dukani.core.store import audit, carts, orders, stock
from dukani.core.store.audit import Actor
from dukani.core.store.carts import CartItem
from dukani.core.store.orders import Order, OrderItem
from dukani.core.store.payments import ReviewReason

RESERVED_FOR = timedelta(minutes=15)
RESERVED_FOR_REVIEW = timedelta(hours=24)
MOST_RESERVED = 30  # pieces, in all of a customer's unpaid orders

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes such as O and 0
_NUMBER_TRIES = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery address of an order in the customer's words; degrees if there is a map pin."""

    address: str
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None  # for packing or delivery
    zone: str | None = None  # name of the delivery zone; None: the address is in no zone


async def place(
    conn: Connection,
    *,
    boutique_id: str,
    customer_id: str,
    conversation_id: str,
    currency: str,
    delivery: Delivery,
    delivery_minor: int,
    items: Sequence[CartItem],
    replaces: str | None = None,
) -> Order:
    """Makes the customer's cart an order and reserves its pieces for 15 minutes.

    `items` are the cart as the customer agreed to it: the order has their prices, even if a price
    has changed since. Placing the same cart again returns its order. Raises OutOfStock or
    HeldEnough (nothing is placed), or NotFound for an empty cart. `replaces` is the id of an order
    that was reopened to be changed.
    """
    if not items:
        raise NotFound("the cart is empty")
    cart_id = items[0].cart_id
    placed = await orders.live_of_cart(conn, cart_id=cart_id)
    if placed is not None:
        return placed
    wanted = {item.variant_id: item.quantity for item in items}
    await _require_below_limit(conn, customer_id, wanted)
    await _require_stock(conn, wanted)
    order_id = await _add_numbered(
        conn,
        boutique_id=boutique_id,
        customer_id=customer_id,
        conversation_id=conversation_id,
        cart_id=cart_id,
        currency=currency,
        items_minor=sum(item.total_minor for item in items),
        delivery_minor=delivery_minor,
        address=delivery.address,
        latitude=delivery.latitude,
        longitude=delivery.longitude,
        note=delivery.note,
        zone=delivery.zone,
        replaces_id=replaces,
    )
    agreed = {item.variant_id: item.unit_price_minor for item in items}
    await orders.add_items_of_cart(conn, order_id=order_id, cart_id=cart_id, agreed=agreed)
    await _reserve(conn, boutique_id=boutique_id, order_id=order_id, wanted=wanted)
    await carts.set_status(conn, cart_id=cart_id, status="checkout")
    order = await orders.get(conn, order_id=order_id)
    assert order is not None  # just written on this connection
    return order


async def _add_numbered(conn: Connection, **order: object) -> str:
    for _ in range(_NUMBER_TRIES):
        number = "DK-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
        order_id = await orders.add(conn, number=number, **order)  # type: ignore[arg-type]
        if order_id is not None:
            return order_id
    raise NotFound("no free order number was found")


async def _require_stock(conn: Connection, wanted: Mapping[str, int]) -> None:
    levels = await stock.lock_levels(conn, variant_ids=list(wanted))
    for variant_id, quantity in wanted.items():
        level = levels.get(variant_id)
        available = level.available if level else 0
        if quantity > available:
            raise OutOfStock(variant_id=variant_id, wanted=quantity, available=max(available, 0))


async def _require_below_limit(
    conn: Connection, customer_id: str, wanted: Mapping[str, int], *, order_id: str | None = None
) -> None:
    reserved = await stock.reserved_for_customer(
        conn, customer_id=customer_id, besides_order=order_id
    )
    if reserved + sum(wanted.values()) > MOST_RESERVED:
        raise HeldEnough(most=MOST_RESERVED)


async def _reserve(
    conn: Connection, *, boutique_id: str, order_id: str, wanted: Mapping[str, int]
) -> None:
    for variant_id, quantity in wanted.items():
        await stock.reserve(
            conn,
            boutique_id=boutique_id,
            order_id=order_id,
            variant_id=variant_id,
            quantity=quantity,
            lasts=RESERVED_FOR,
        )


async def reserve_again(conn: Connection, order: Order, *, boutique_id: str) -> None:
    """Reserves an open order's pieces for another 15 minutes. Raises OutOfStock, HeldEnough."""
    if await stock.reserved_by_order(conn, order_id=order.id):
        await stock.extend(conn, order_id=order.id, lasts=RESERVED_FOR)
        return
    wanted = _units(await orders.items(conn, order_id=order.id))
    await _require_below_limit(conn, order.customer_id, wanted, order_id=order.id)
    await _require_stock(conn, wanted)
    await _reserve(conn, boutique_id=boutique_id, order_id=order.id, wanted=wanted)


async def await_review(
    conn: Connection, order: Order, *, reason: ReviewReason, lasts: timedelta = RESERVED_FOR_REVIEW
) -> None:
    """Puts the order's payment under review and reserves its pieces for `lasts`, by default a day.

    The caller passes less if only the customer's words say that the order is paid.
    """
    await orders.set_payment_status(
        conn, order_id=order.id, payment_status="needs_review", review_reason=reason
    )
    await stock.extend(conn, order_id=order.id, lasts=lasts)


async def release(conn: Connection, order: Order) -> None:
    """Releases the order's stock reservations."""
    await stock.settle(conn, order_id=order.id, outcome="released")


async def sell(conn: Connection, order: Order, *, boutique_id: str) -> bool:
    """Turns a paid order's reservations into stock movements, once.

    False if the reservations expired and the pieces are sold: the money is in, so a person must
    decide. Stock never goes below zero.
    """
    wanted = _units(await orders.items(conn, order_id=order.id))
    reserved = await stock.reserved_by_order(conn, order_id=order.id)
    levels = await stock.lock_levels(conn, variant_ids=list(wanted))
    enough = all(
        variant_id in levels
        and levels[variant_id].available + reserved.get(variant_id, 0) >= quantity
        for variant_id, quantity in wanted.items()
    )
    if not enough:
        return False
    # Before the movements: counted twice in between, what is left would look low or gone.
    await stock.settle(conn, order_id=order.id, outcome="sold")
    for variant_id, quantity in wanted.items():
        await stock.move(
            conn,
            boutique_id=boutique_id,
            variant_id=variant_id,
            delta=-quantity,
            reason="sale",
            order_id=order.id,
        )
    return True


async def cancel(conn: Connection, order: Order, *, actor: Actor) -> bool:
    """Cancels an open order, releases its stock and reopens its cart.

    False if the order was paid or cancelled before. Money that arrives later goes to review.
    """
    if not await _end(conn, order, actor=actor, action="order_cancelled"):
        return False
    if order.cart_id is not None:
        await carts.reopen(conn, cart_id=order.cart_id, customer_id=order.customer_id)
    return True


async def reopen(conn: Connection, order: Order, *, actor: Actor) -> bool:
    """Makes an open order a cart again, to be changed and placed as an order that replaces it.

    The order is cancelled and its stock released. Items of a newer cart are moved into this cart.
    False if the order was paid or cancelled before.
    """
    if not await _end(conn, order, actor=actor, action="order_reopened"):
        return False
    if order.cart_id is not None:
        whose = {"cart_id": order.cart_id, "customer_id": order.customer_id}
        await carts.move_open_into(conn, **whose)
        await carts.reopen(conn, **whose)
    return True


async def _end(conn: Connection, order: Order, *, actor: Actor, action: str) -> bool:
    if not await orders.cancel(conn, order_id=order.id):
        return False
    await release(conn, order)
    await audit.write(conn, actor=actor, action=action, subject=f"order:{order.number}")
    return True


def _units(items: Sequence[OrderItem]) -> dict[str, int]:
    units: dict[str, int] = {}
    for item in items:
        if item.variant_id is not None:
            units[item.variant_id] = units.get(item.variant_id, 0) + item.quantity
    return units

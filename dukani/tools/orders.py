"""Placing an order, giving it up, and the stock it holds meanwhile."""

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

HOLD = timedelta(minutes=15)
HOLD_FOR_REVIEW = timedelta(hours=24)
MOST_HELD = 30  # pieces, of all orders of one customer: words alone take no shop's shelves empty

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
_NUMBER_TRIES = 5


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an order goes, in the customer's own words or as a pin on the map."""

    address: str
    latitude: float | None = None
    longitude: float | None = None
    note: str | None = None  # for whoever packs or delivers
    zone: str | None = None  # name of the delivery zone; None: the shop knows none for it


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
    """Make the customer's cart an order and hold its pieces for 15 minutes.

    `items` are the cart as she agreed to it: a price that changes this very moment is not
    hers. Placing the same cart again gives the order it became. Raises OutOfStock or HeldEnough
    (nothing is placed), or NotFound for an empty cart. `replaces` is the id of an order that was
    reopened to be changed.
    """
    if not items:
        raise NotFound("the cart is empty")
    cart_id = items[0].cart_id
    placed = await orders.live_of_cart(conn, cart_id=cart_id)
    if placed is not None:
        return placed
    wanted = {item.variant_id: item.quantity for item in items}
    await _require_room(conn, customer_id, wanted)
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
    await _hold(conn, boutique_id=boutique_id, order_id=order_id, wanted=wanted)
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


async def _require_room(
    conn: Connection, customer_id: str, wanted: Mapping[str, int], *, order_id: str | None = None
) -> None:
    held = await stock.held_for_customer(conn, customer_id=customer_id, besides_order=order_id)
    if held + sum(wanted.values()) > MOST_HELD:
        raise HeldEnough(most=MOST_HELD)


async def _hold(
    conn: Connection, *, boutique_id: str, order_id: str, wanted: Mapping[str, int]
) -> None:
    for variant_id, quantity in wanted.items():
        await stock.hold(
            conn,
            boutique_id=boutique_id,
            order_id=order_id,
            variant_id=variant_id,
            quantity=quantity,
            lasts=HOLD,
        )


async def hold_again(conn: Connection, order: Order, *, boutique_id: str) -> None:
    """Hold an open order's pieces for another 15 minutes. Raises OutOfStock and HeldEnough."""
    if await stock.held_by(conn, order_id=order.id):
        await stock.extend(conn, order_id=order.id, lasts=HOLD)
        return
    wanted = _units(await orders.items(conn, order_id=order.id))
    await _require_room(conn, order.customer_id, wanted, order_id=order.id)
    await _require_stock(conn, wanted)
    await _hold(conn, boutique_id=boutique_id, order_id=order.id, wanted=wanted)


async def await_review(
    conn: Connection, order: Order, *, reason: ReviewReason, hold: timedelta = HOLD_FOR_REVIEW
) -> None:
    """A person must look at the order's money: its pieces are held for a day.

    `hold`: for less where nothing but the customer's words says that there is money.
    """
    await orders.set_payment_status(
        conn, order_id=order.id, payment_status="needs_review", review_reason=reason
    )
    await stock.extend(conn, order_id=order.id, lasts=hold)


async def release(conn: Connection, order: Order) -> None:
    """Give back what the order holds."""
    await stock.settle(conn, order_id=order.id, outcome="released")


async def sell(conn: Connection, order: Order, *, boutique_id: str) -> bool:
    """Turn what a paid order holds into movements, once.

    False when its pieces were given back in the meantime and others took them: the money is
    in, so a person must decide. Stock never goes below zero.
    """
    wanted = _units(await orders.items(conn, order_id=order.id))
    held = await stock.held_by(conn, order_id=order.id)
    levels = await stock.lock_levels(conn, variant_ids=list(wanted))
    enough = all(
        variant_id in levels and levels[variant_id].available + held.get(variant_id, 0) >= quantity
        for variant_id, quantity in wanted.items()
    )
    if not enough:
        return False
    for variant_id, quantity in wanted.items():
        await stock.move(
            conn,
            boutique_id=boutique_id,
            variant_id=variant_id,
            delta=-quantity,
            reason="sale",
            order_id=order.id,
        )
    await stock.settle(conn, order_id=order.id, outcome="sold")
    return True


async def cancel(conn: Connection, order: Order, *, actor: Actor) -> bool:
    """Cancel an open order: its pieces are free again, its cart is given back.

    False when it was paid or cancelled before. Money arriving later goes to review.
    """
    if not await _end(conn, order, actor=actor, action="order_cancelled"):
        return False
    if order.cart_id is not None:
        await carts.reopen(conn, cart_id=order.cart_id, customer_id=order.customer_id)
    return True


async def reopen(conn: Connection, order: Order, *, actor: Actor) -> bool:
    """Make an open order a cart again, to be changed and placed as one that replaces it.

    The order ends and its pieces are free. What was put into a newer cart meanwhile is in the
    same cart. False when it was paid or cancelled before.
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

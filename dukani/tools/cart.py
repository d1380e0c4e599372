"""Reads and replaces the lines of a customer's cart, the draft order."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection
from dukani.core.store import carts
from dukani.core.store.carts import CartItem
from dukani.domain.pieces import Line


async def replace(
    conn: Connection,
    *,
    boutique_id: str,
    customer_id: str,
    lines: Sequence[Line],
    as_it_was: bool = False,
) -> None:
    """Makes these the lines of the customer's cart. Only orders reserve stock, carts do not.

    `as_it_was`: she had put them in before, so nobody is told that she does.
    """
    cart_id = await carts.open_cart(conn, boutique_id=boutique_id, customer_id=customer_id)
    await carts.replace_items(
        conn,
        cart_id=cart_id,
        items=[(line.variant_id, line.quantity, line.unit_price_minor) for line in lines],
        wearers={line.variant_id: line.worn_by.id for line in lines if line.worn_by},
        for_several={line.variant_id for line in lines if line.for_several},
        as_it_was=as_it_was,
    )


def total_minor(items: Sequence[CartItem | Line]) -> int:
    return sum(item.total_minor for item in items)


def pieces(items: Sequence[CartItem | Line]) -> int:
    return sum(item.quantity for item in items)


async def current_items(conn: Connection, *, customer_id: str) -> list[CartItem]:
    """The lines of the customer's open cart; empty without a cart."""
    return await carts.items(conn, customer_id=customer_id)

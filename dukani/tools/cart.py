"""The cart: what is in it, putting in, changing and taking out."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.core.database import Connection
from dukani.core.errors import OutOfStock
from dukani.core.store import carts
from dukani.core.store.carts import CartItem
from dukani.core.store.products import Variant

MOST_PIECES = 99


async def put(
    conn: Connection,
    *,
    boutique_id: str,
    customer_id: str,
    variant: Variant,
    quantity: int,
    replaces: str | None = None,
) -> list[CartItem]:
    """Have `quantity` of the variant in the cart, in the place of the variant it `replaces`; the
    cart after it.

    Raises OutOfStock when fewer are available. Nothing is held by a cart: an order does that.
    """
    if quantity > variant.available:
        raise OutOfStock(variant_id=variant.id, wanted=quantity, available=variant.available)
    cart_id = await carts.open_cart(conn, boutique_id=boutique_id, customer_id=customer_id)
    if replaces is not None and replaces != variant.id:
        await carts.exchange_item(
            conn,
            cart_id=cart_id,
            variant_id=replaces,
            other_id=variant.id,
            price_minor=variant.price_minor,
        )
    await carts.put_item(
        conn,
        boutique_id=boutique_id,
        cart_id=cart_id,
        variant_id=variant.id,
        quantity=min(quantity, MOST_PIECES),
        price_minor=variant.price_minor,
    )
    return await carts.items(conn, customer_id=customer_id)


async def take_out(conn: Connection, *, customer_id: str, item: CartItem) -> list[CartItem]:
    """The cart without this piece."""
    await carts.take_item_out(conn, cart_id=item.cart_id, variant_id=item.variant_id)
    return await carts.items(conn, customer_id=customer_id)


def total_minor(items: Sequence[CartItem]) -> int:
    return sum(item.total_minor for item in items)


def pieces(items: Sequence[CartItem]) -> int:
    return sum(item.quantity for item in items)


async def current_items(conn: Connection, *, customer_id: str) -> list[CartItem]:
    """What is in the customer's cart now."""
    return await carts.items(conn, customer_id=customer_id)

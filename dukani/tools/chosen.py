"""Pieces that somebody chose outside the chat, as lines of a cart at today's prices."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.database import Connection
from dukani.core.store import products
from dukani.core.store.carts import CartItem


async def as_items(conn: Connection, lines: Mapping[str, int]) -> list[CartItem]:
    """The lines that are still on sale, as many as are left of each, at today's prices."""
    found = []
    for variant_id, wanted in lines.items():
        variant = await products.variant(conn, variant_id=variant_id)
        if variant is None or variant.available < 1:
            continue
        found.append(
            CartItem(
                cart_id="",
                product_id=variant.product_id,
                variant_id=variant.id,
                sku=variant.product_sku,
                name=variant.name,
                category=variant.category,
                colour=variant.colour,
                size=variant.size,
                quantity=min(wanted, variant.available),
                unit_price_minor=variant.price_minor,
            )
        )
    return found

"""An owner puts pieces on sale, changes them, and corrects the stock through the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from psycopg.errors import UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound, OutOfStock
from dukani.core.store import product_edits, product_list, products, stock
from dukani.core.store.product_edits import VariantOf
from dukani.core.store.product_list import ShownProduct
from dukani.tools.catalogue import NewProduct, add_product, variant_sku

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without look-alikes such as O and 0

Reason = Literal["restock", "return", "adjustment"]


class SkuTaken(CallerError):
    """Another piece of this boutique has this SKU: choose one of its own, or leave it out."""

    http_status = 409


class VariantThere(CallerError):
    """The piece has this colour and size already: move its stock instead."""

    http_status = 409


def new_sku(category: str) -> str:
    """A SKU for a piece that came without one: `DRE-7K2M9`."""
    kind = "".join(letter for letter in category.upper() if letter.isalpha())[:3]
    return f"{kind}-" + "".join(secrets.choice(_LETTERS) for _ in range(5))


async def add_piece(conn: Connection, new: NewProduct, *, boutique_id: str) -> str:
    """Puts a piece on sale and returns its id. Raises SkuTaken."""
    try:
        async with conn.transaction():
            return await add_product(conn, new, boutique_id=boutique_id)
    except UniqueViolation as error:
        raise SkuTaken(f"Another piece here has the SKU {new.sku!r}: choose one of its own.") from (
            error
        )


async def the_product(conn: Connection, *, product_id: str, lock: bool = False) -> ShownProduct:
    """Raises NotFound."""
    found = await product_list.get(conn, product_id=product_id, lock=lock)
    if found is None:
        raise NotFound("There is no such piece here.")
    return found


async def change_piece(
    conn: Connection, product: ShownProduct, changes: Mapping[str, Any]
) -> ShownProduct:
    """Writes the changed fields of a locked product; the product as it is then."""
    changed = replace(product, **changes)
    if changed != product:
        await product_edits.save(conn, changed)
    return await the_product(conn, product_id=product.id)


async def add_variant(
    conn: Connection,
    product: ShownProduct,
    *,
    boutique_id: str,
    colour: str,
    size: str,
    units: int,
    price_minor: int | None,
) -> None:
    """Adds a colour and size with its opening stock. Raises VariantThere."""
    try:
        async with conn.transaction():
            variant_id = await products.add_variant(
                conn,
                boutique_id=boutique_id,
                product_id=product.id,
                colour=colour,
                size=size,
                sku=variant_sku(product.sku, colour, size),
                price_minor=price_minor,
            )
    except UniqueViolation as error:
        raise VariantThere from error
    if units:
        await stock.move(
            conn, boutique_id=boutique_id, variant_id=variant_id, delta=units, reason="opening"
        )
    await product_edits.touch(conn, product_id=product.id)


async def the_variant(conn: Connection, *, product_id: str, variant_id: str) -> VariantOf:
    """Raises NotFound."""
    found = await product_edits.variant(conn, product_id=product_id, variant_id=variant_id)
    if found is None:
        raise NotFound("The piece has no such colour and size.")
    return found


async def move_stock(
    conn: Connection, variant: VariantOf, *, boutique_id: str, delta: int, reason: Reason
) -> None:
    """Writes an entry of the stock ledger.

    Raises OutOfStock where more would go than is there, besides what open orders hold.
    """
    levels = await stock.lock_levels(conn, variant_ids=[variant.id])
    available = levels[variant.id].available
    if delta < 0 and -delta > available:
        raise OutOfStock(variant_id=variant.id, wanted=-delta, available=max(available, 0))
    await stock.move(
        conn, boutique_id=boutique_id, variant_id=variant.id, delta=delta, reason=reason
    )

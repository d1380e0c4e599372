"""An owner adds colours and sizes to a piece, renames and retires them, and moves their stock.

A variant keeps its id whatever it is called, so its ledger and the orders that had it stay its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from psycopg.errors import UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import CallerError, InvalidValue, NotFound, OutOfStock
from dukani.core.store import product_edits, product_list, products, stock, variant_edits
from dukani.core.store.product_list import ShownProduct, ShownVariant
from dukani.core.store.variant_edits import VariantOf
from dukani.tools.catalogue import variant_sku

# New stock, a piece that came back, counted again, spoiled or lost.
Reason = Literal["restock", "return", "adjustment", "damaged"]


class VariantThere(CallerError):
    """The piece has this colour and size already: move its stock instead."""

    http_status = 409


class StillThere(CallerError):
    """Units of this colour and size are left: move them out first, with the reason."""

    http_status = 409


class HeldByOrders(CallerError):
    """Open orders hold units of this colour and size: send or cancel them first."""

    http_status = 409


class LastOfThePiece(CallerError):
    """It is the last colour and size of the piece: archive the piece instead."""

    http_status = 409


async def add_variants(
    conn: Connection,
    product: ShownProduct,
    *,
    boutique_id: str,
    units: Mapping[str, Mapping[str, int]],
    price_minor: int | None = None,
) -> None:
    """Adds colours and sizes (colour → size → units) with their opening stock, all or none.

    One that was retired is made again. Raises VariantThere.
    """
    there = {
        (v.colour, v.size): v for v in await product_list.variants(conn, product_id=product.id)
    }
    for colour, sizes in units.items():
        for size, count in sizes.items():
            known = there.get((colour, size))
            if known is None:
                variant_id = await _add(
                    conn, product, colour, size, boutique_id=boutique_id, price_minor=price_minor
                )
            elif known.retired:
                variant_id = known.id
                await _save(conn, replace(_of(known, product.id), retired=False))
            else:
                raise _already(colour, size)
            if count:
                reason: Literal["opening", "restock"] = "restock" if known else "opening"
                await stock.move(
                    conn,
                    boutique_id=boutique_id,
                    variant_id=variant_id,
                    delta=count,
                    reason=reason,
                )
    await product_edits.touch(conn, product_id=product.id)


async def the_variant(conn: Connection, *, product_id: str, variant_id: str) -> VariantOf:
    """Raises NotFound."""
    found = await variant_edits.get(conn, product_id=product_id, variant_id=variant_id)
    if found is None:
        raise NotFound("The piece has no such colour and size.")
    return found


async def change_variant(conn: Connection, variant: VariantOf, changes: Mapping[str, Any]) -> None:
    """Writes a changed size or price, and whether it is made; the product is locked.

    Raises VariantThere, StillThere, HeldByOrders or LastOfThePiece.
    """
    changed = replace(variant, **changes)
    if changed.retired and not variant.retired:
        await _require_retirable(conn, variant)
    if changed != variant:
        await _save(conn, changed)
        await product_edits.touch(conn, product_id=variant.product_id)


async def rename_colour(conn: Connection, product: ShownProduct, *, colour: str, name: str) -> None:
    """Calls a colour of a locked product otherwise, in all its sizes and its pictures.

    Raises NotFound, or InvalidValue for a colour that the piece has.
    """
    colours = {one.colour for one in await product_list.variants(conn, product_id=product.id)}
    if colour not in colours:
        raise NotFound("The piece has no such colour.")
    if name == colour:
        return
    taken = InvalidValue(
        field="name", value=name, remedy="The piece has this colour already: choose another."
    )
    if name in colours:
        raise taken
    try:
        async with conn.transaction():
            await variant_edits.rename_colour(conn, product_id=product.id, colour=colour, name=name)
    except UniqueViolation as error:
        raise taken from error
    await product_edits.touch(conn, product_id=product.id)


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


async def _require_retirable(conn: Connection, variant: VariantOf) -> None:
    level = (await stock.lock_levels(conn, variant_ids=[variant.id]))[variant.id]
    if level.reserved > 0:
        raise HeldByOrders
    if level.on_hand > 0:
        raise StillThere(f"{level.on_hand} are left: move them out first, with the reason.")
    all_made = await product_list.variants(conn, product_id=variant.product_id)
    if not any(one.id != variant.id and not one.retired for one in all_made):
        raise LastOfThePiece


async def _add(
    conn: Connection,
    product: ShownProduct,
    colour: str,
    size: str,
    *,
    boutique_id: str,
    price_minor: int | None,
) -> str:
    try:
        async with conn.transaction():
            return await products.add_variant(
                conn,
                boutique_id=boutique_id,
                product_id=product.id,
                colour=colour,
                size=size,
                sku=variant_sku(product.sku, colour, size),
                price_minor=price_minor,
            )
    except UniqueViolation as error:
        raise _already(colour, size) from error


async def _save(conn: Connection, variant: VariantOf) -> None:
    try:
        async with conn.transaction():
            await variant_edits.save(conn, variant)
    except UniqueViolation as error:
        raise _already(variant.colour, variant.size) from error


def _of(shown: ShownVariant, product_id: str) -> VariantOf:
    return VariantOf(
        shown.id, product_id, shown.colour, shown.size, shown.price_minor, shown.retired
    )


def _already(colour: str, size: str) -> VariantThere:
    return VariantThere(f"The piece has {colour} {size} already: move its stock instead.")

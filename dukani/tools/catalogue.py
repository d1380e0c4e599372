"""Adds and updates products in a boutique's catalogue, with variants and opening stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.store import product_list, products, stock


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A product as an owner lists it; `stock` is colour → size → units."""

    sku: str
    name: str
    category: str
    price_minor: int
    stock: Mapping[str, Mapping[str, int]]
    description: str = ""
    pattern: str = "plain"
    embroidery: bool = False
    occasions: Sequence[str] = ()


async def add_product(
    conn: Connection, new: NewProduct, *, boutique_id: str, active: bool = True
) -> str:
    """Adds a product and returns its id; opening stock is the first entry of the stock ledger.

    One that is not `active` is a draft: it is not on sale, and has no variants yet.
    """
    product_id = await products.add(
        conn,
        boutique_id=boutique_id,
        sku=new.sku,
        name=new.name,
        category=new.category,
        price_minor=new.price_minor,
        description=new.description,
        pattern=new.pattern,
        embroidery=new.embroidery,
        occasions=new.occasions,
        active=active,
    )
    for colour, sizes in new.stock.items():
        for size, units in sizes.items():
            await add_variant(
                conn, new.sku, colour, size, units, boutique_id=boutique_id, product_id=product_id
            )
    return product_id


async def update_product(
    conn: Connection, new: NewProduct, *, boutique_id: str, product_id: str
) -> bool:
    """Updates a product; returns whether anything changed.

    New colours and sizes are added with their opening stock. The stock of existing variants stays:
    the ledger knows the sales since the owner's list was written.
    """
    changed = await products.change(
        conn,
        product_id=product_id,
        name=new.name,
        category=new.category,
        price_minor=new.price_minor,
        description=new.description,
        pattern=new.pattern,
        embroidery=new.embroidery,
        occasions=new.occasions,
    )
    there = await product_list.variants(conn, product_id=product_id)  # retired ones too
    known = {(variant.colour, variant.size) for variant in there}
    for colour, sizes in new.stock.items():
        for size, units in sizes.items():
            if (colour, size) not in known:
                changed = True
                await add_variant(
                    conn,
                    new.sku,
                    colour,
                    size,
                    units,
                    boutique_id=boutique_id,
                    product_id=product_id,
                )
    return changed


async def add_variant(
    conn: Connection,
    sku: str,
    colour: str,
    size: str,
    units: int,
    *,
    boutique_id: str,
    product_id: str,
) -> None:
    """Adds a colour and size to the product with this SKU, with its opening stock."""
    variant_id = await products.add_variant(
        conn,
        boutique_id=boutique_id,
        product_id=product_id,
        colour=colour,
        size=size,
        sku=variant_sku(sku, colour, size),
    )
    if units:
        await stock.move(
            conn, boutique_id=boutique_id, variant_id=variant_id, delta=units, reason="opening"
        )


def variant_sku(sku: str, colour: str, size: str) -> str:
    return f"{sku}/{colour}/{size}"

"""Putting pieces into a boutique's catalogue: product, variants, opening stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dukani.core.database import Connection
from dukani.core.store import products, stock


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A piece as a catalogue lists it; stock is colour → size → units."""

    sku: str
    name: str
    category: str
    price_minor: int
    stock: Mapping[str, Mapping[str, int]]
    description: str = ""
    pattern: str = "plain"
    embroidery: bool = False
    occasions: Sequence[str] = ()


async def add_product(conn: Connection, new: NewProduct, *, boutique_id: str) -> str:
    """The product's id; its opening stock is the first line of the ledger."""
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
    )
    for colour, sizes in new.stock.items():
        for size, units in sizes.items():
            await _add_variant(
                conn, new, colour, size, units, boutique_id=boutique_id, product_id=product_id
            )
    return product_id


async def update_product(
    conn: Connection, new: NewProduct, *, boutique_id: str, product_id: str
) -> bool:
    """Bring a product up to date; whether anything was another.

    Colours and sizes it has not had are added with their opening stock. Of those it has the stock
    stays: what was sold since is in the ledger, not in a list that somebody wrote before.
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
    there = await products.variants(conn, product_ids=[product_id])
    known = {(variant.colour, variant.size) for variant in there}
    for colour, sizes in new.stock.items():
        for size, units in sizes.items():
            if (colour, size) not in known:
                changed = True
                await _add_variant(
                    conn, new, colour, size, units, boutique_id=boutique_id, product_id=product_id
                )
    return changed


async def _add_variant(
    conn: Connection,
    new: NewProduct,
    colour: str,
    size: str,
    units: int,
    *,
    boutique_id: str,
    product_id: str,
) -> None:
    variant_id = await products.add_variant(
        conn,
        boutique_id=boutique_id,
        product_id=product_id,
        colour=colour,
        size=size,
        sku=variant_sku(new.sku, colour, size),
    )
    if units:
        await stock.move(
            conn, boutique_id=boutique_id, variant_id=variant_id, delta=units, reason="opening"
        )


def variant_sku(sku: str, colour: str, size: str) -> str:
    return f"{sku}/{colour}/{size}"

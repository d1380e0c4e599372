"""The stock of a piece as its owner names it: by a SKU, of the product or of a variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Held:
    """A variant on sale: units on hand, and reserved by open orders."""

    variant_id: str
    sku: str
    product_sku: str
    name: str
    colour: str
    size: str
    on_hand: int
    reserved: int
    price_minor: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


_HELD = """
select v.id::text as variant_id, v.sku, p.sku as product_sku, p.name, v.colour, v.size,
  v.quantity as on_hand, v.reserved, coalesce(v.price_minor, p.price_minor) as price_minor
from product_variants v
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
where v.boutique_id = private.current_boutique() and p.active
"""


async def by_sku(conn: Connection, *, sku: str) -> list[Held]:
    """The variants of the product, or the one variant, with this SKU, in any case."""
    async with conn.cursor(row_factory=class_row(Held)) as cursor:
        await cursor.execute(
            _HELD
            + """and (lower(p.sku) = lower(%(sku)s) or lower(v.sku) = lower(%(sku)s))
                 order by v.colour, v.size""",
            {"sku": sku},
        )
        return await cursor.fetchall()


async def of_variants(conn: Connection, *, variant_ids: Sequence[str]) -> list[Held]:
    """These variants, in the order of their ids given."""
    async with conn.cursor(row_factory=class_row(Held)) as cursor:
        await cursor.execute(
            _HELD
            + """and v.id = any(%(ids)s::uuid[])
                 order by array_position(%(ids)s::uuid[], v.id)""",
            {"ids": list(variant_ids)},
        )
        return await cursor.fetchall()


async def skus(conn: Connection, *, limit: int = 5000) -> list[str]:
    """The SKUs of the products on sale, the newest first."""
    cursor = await conn.execute(
        """select sku from products where boutique_id = private.current_boutique() and active
           order by created_at desc limit %(limit)s""",
        {"limit": limit},
    )
    return [str(row["sku"]) for row in await cursor.fetchall()]

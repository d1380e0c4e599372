"""All pieces of a boutique, a batch after the other, for a list of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class ExportedVariant:
    sku: str
    name: str
    category: str
    price_minor: int
    colour: str
    size: str
    quantity: int
    size_price_minor: int | None
    cost_minor: int | None
    pattern: str
    embroidery: bool
    occasions: list[str]
    description: str
    active: bool


async def variants(conn: Connection, *, at_once: int = 500) -> AsyncIterator[list[ExportedVariant]]:
    """Each colour and size that is made, by SKU, as they all stood at one moment.

    Ordered by code points: every database then writes the same list.
    """
    async with conn.cursor(name="pieces_out", row_factory=class_row(ExportedVariant)) as cursor:
        await cursor.execute(
            """select p.sku, p.name, p.category, p.price_minor, v.colour, v.size, v.quantity,
                 v.price_minor as size_price_minor,
                 private.cost_at(p.boutique_id, p.id, now()) as cost_minor, p.pattern,
                 p.embroidery, p.occasions, p.description, p.active
               from products p
               join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
               where p.boutique_id = private.current_boutique() and not v.retired
               order by p.sku collate "C", v.colour collate "C", v.size collate "C" """
        )
        while batch := await cursor.fetchmany(at_once):
            yield batch

"""The piece that stands in where a message is looked at and the customer has nothing of her own."""

from __future__ import annotations

from dukani.core.database import Connection


async def newest_piece(conn: Connection) -> str | None:
    """The newest piece with stock; one with a picture before those without."""
    cursor = await conn.execute(
        """select p.id::text as id from products p
           where p.boutique_id = private.current_boutique() and p.active
             and exists (select from product_variants v where v.boutique_id = p.boutique_id
               and v.product_id = p.id and not v.retired and v.available > 0)
           order by exists (select from product_images m where m.boutique_id = p.boutique_id
             and m.product_id = p.id) desc, p.created_at desc, p.id limit 1"""
    )
    row = await cursor.fetchone()
    return str(row["id"]) if row else None

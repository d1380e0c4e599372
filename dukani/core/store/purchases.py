"""What customers bought and kept: their sizes are told from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Purchase:
    """A piece the customer paid for; the size of its wearer is told from purchases."""

    order_id: str
    category: str
    size: str
    product_id: str | None
    bought_at: datetime


async def of_wearer(
    conn: Connection, *, customer_id: str, wearer_id: str | None = None, limit: int = 10
) -> list[Purchase]:
    """Pieces for one wearer of her most recent `limit` paid orders for that wearer, newest first.

    Without a wearer the customer's own. Pieces for several people are nobody's, and pieces that
    came back, by themselves or with their order, tell no size.
    """
    async with conn.cursor(row_factory=class_row(Purchase)) as cursor:
        await cursor.execute(
            """
            select o.id::text as order_id, i.category, i.size, i.product_id::text,
              o.created_at as bought_at
            from (
              select boutique_id, id, created_at from orders o
              where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
                and payment_status = 'paid' and fulfilment_status <> 'returned'
                and refund_status <> 'all'
                and exists (
                  select from order_items i where i.boutique_id = o.boutique_id
                    and i.order_id = o.id and not i.for_several
                    and i.wearer_id is not distinct from %(wearer_id)s::uuid)
              order by created_at desc limit %(limit)s
            ) o
            join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
            where not i.for_several and i.wearer_id is not distinct from %(wearer_id)s::uuid
              and i.quantity > (
                select coalesce(sum(r.quantity), 0) from refund_items r
                where r.boutique_id = i.boutique_id and r.order_item_id = i.id)
            order by o.created_at desc, i.id
            """,
            {"customer_id": customer_id, "wearer_id": wearer_id, "limit": limit},
        )
        return await cursor.fetchall()


async def last_sizes(conn: Connection, *, customer_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The size each customer bought last for herself and kept, by customer and category."""
    cursor = await conn.execute(
        """
        select distinct on (o.customer_id, i.category) o.customer_id::text as customer_id,
          i.category, i.size
        from orders o join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
        where o.boutique_id = private.current_boutique()
          and o.customer_id = any(%(customer_ids)s::uuid[])
          and o.payment_status = 'paid' and o.fulfilment_status <> 'returned'
          and o.refund_status <> 'all' and not i.for_several and i.wearer_id is null
          and i.quantity > (
            select coalesce(sum(r.quantity), 0) from refund_items r
            where r.boutique_id = i.boutique_id and r.order_item_id = i.id)
        order by o.customer_id, i.category, o.created_at desc, i.id
        """,
        {"customer_ids": list(customer_ids)},
    )
    sizes: dict[str, dict[str, str]] = {}
    for row in await cursor.fetchall():
        sizes.setdefault(row["customer_id"], {})[row["category"]] = row["size"]
    return sizes

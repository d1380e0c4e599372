"""The pieces that a campaign may show: on sale with stock, and what of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dukani.core.database import Connection
from dukani.core.vectors import read_vector


@dataclass(frozen=True, slots=True)
class OfferedPiece:
    """`colours` and `sizes`: those in stock. `sold`: units sold since the day asked about.

    `vector`: (512,) float32 of its first picture in a colour in stock, by the model asked for.
    """

    product_id: str
    name: str
    category: str
    price_minor: int
    created_at: datetime
    embroidery_density: str
    embroidery_type: str | None
    occasions: Sequence[str]
    colours: Sequence[str]
    sizes: Sequence[str]
    sold: int
    vector: NDArray[np.float32] | None


async def on_sale(
    conn: Connection, *, model: str | None, sold_since: datetime
) -> list[OfferedPiece]:
    """All of them, by id. Units sold count in chats and in the shop, without what came back."""
    cursor = await conn.execute(
        """
        with stock as (
          select v.product_id, array_agg(distinct v.colour order by v.colour) as colours,
            array_agg(distinct v.size order by v.size) as sizes
          from product_variants v
          where v.boutique_id = private.current_boutique() and not v.retired and v.available > 0
          group by v.product_id
        ), sold as (
          select product_id, sum(units)::int as units from (
            select i.product_id, i.quantity - coalesce((
              select sum(r.quantity) from refund_items r
              where r.boutique_id = i.boutique_id and r.order_item_id = i.id), 0) as units
            from orders o
            join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
            where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
              and o.paid_at >= %(sold_since)s and o.refund_status <> 'all'
              and o.fulfilment_status <> 'returned'
            union all
            select v.product_id, c.quantity
            from counter_sales s
            join counter_sale_items c on c.boutique_id = s.boutique_id and c.sale_id = s.id
            join product_variants v on v.boutique_id = c.boutique_id and v.id = c.variant_id
            where s.boutique_id = private.current_boutique() and s.undone_at is null
              and s.created_at >= %(sold_since)s
          ) both_ways group by product_id
        )
        select p.id::text as product_id, p.name, p.category, p.price_minor, p.created_at,
          p.embroidery_density, p.embroidery_type, p.occasions, stock.colours, stock.sizes,
          coalesce(sold.units, 0) as sold, vector_send(seen.vector) as vector
        from products p
        join stock on stock.product_id = p.id
        left join sold on sold.product_id = p.id
        left join lateral (
          select e.vector from product_images m
          join product_embeddings e on e.boutique_id = m.boutique_id and e.image_id = m.id
            and e.model = %(model)s
          where m.boutique_id = p.boutique_id and m.product_id = p.id
          order by (m.colour is null or m.colour = any(stock.colours)) desc, m.position, m.id
          limit 1
        ) seen on true
        where p.boutique_id = private.current_boutique() and p.active
        order by p.id
        """,
        {"model": model, "sold_since": sold_since},
    )
    rows = await cursor.fetchall()
    return [OfferedPiece(**row | {"vector": read_vector(row["vector"])}) for row in rows]

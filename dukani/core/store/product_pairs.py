"""Which pieces are bought by the same people, and what a customer bought and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

import numpy as np
from numpy.typing import NDArray

from dukani.core.database import Connection
from dukani.core.vectors import read_vector

REMEMBERED = timedelta(days=365)
MOST_OF_A_BUYER = 60  # pieces of one buyer that make pairs: a trader's list is nobody's taste
KEPT = 20  # pairs of a piece
PRIOR = 4.0  # buyers that a pair is thought to lack: two who bought both prove little


@dataclass(frozen=True, slots=True)
class BoughtProduct:
    """`vector`: (512,) float32 of the piece's picture in the colour bought, by the model asked."""

    product_id: str
    name: str
    category: str
    price_minor: int
    at: datetime
    vector: NDArray[np.float32] | None


# Bought in chats and in the shop, by whom, without what came back.
_KEPT_PIECES: LiteralString = """
  select o.customer_id, i.product_id, i.colour, i.unit_price_minor as price_minor, o.paid_at as at
  from orders o
  join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
  where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
    and o.fulfilment_status <> 'returned' and o.refund_status <> 'all' and o.paid_at is not null
    and i.quantity > coalesce((select sum(r.quantity) from refund_items r
      where r.boutique_id = i.boutique_id and r.order_item_id = i.id), 0)
  union all
  select s.customer_id, v.product_id, c.colour, c.unit_price_minor, s.created_at
  from counter_sales s
  join counter_sale_items c on c.boutique_id = s.boutique_id and c.sale_id = s.id
  join product_variants v on v.boutique_id = c.boutique_id and v.id = c.variant_id
  where s.boutique_id = private.current_boutique() and s.undone_at is null
    and s.customer_id is not null
"""


async def bought_by(
    conn: Connection, *, customer_id: str, model: str | None, limit: int = 30
) -> list[BoughtProduct]:
    """The customer's latest pieces, the newest first."""
    cursor = await conn.execute(
        f"""
        with kept as ({_KEPT_PIECES})
        select p.id::text as product_id, p.name, p.category, kept.price_minor, kept.at,
          vector_send(seen.vector) as vector
        from kept join products p
          on p.boutique_id = private.current_boutique() and p.id = kept.product_id
        left join lateral (
          select e.vector from product_images m
          join product_embeddings e on e.boutique_id = m.boutique_id and e.image_id = m.id
            and e.model = %(model)s
          where m.boutique_id = p.boutique_id and m.product_id = p.id
          order by m.colour is not distinct from kept.colour desc, m.position, m.id limit 1
        ) seen on true
        where kept.customer_id = %(customer_id)s
        order by kept.at desc, p.id limit %(limit)s
        """.encode(),
        {"customer_id": customer_id, "model": model, "limit": limit},
    )
    rows = await cursor.fetchall()
    return [BoughtProduct(**row | {"vector": read_vector(row["vector"])}) for row in rows]


async def as_bought(
    conn: Connection, *, product_id: str, model: str | None
) -> BoughtProduct | None:
    """A piece on sale as if it were bought now."""
    cursor = await conn.execute(
        """
        select p.id::text as product_id, p.name, p.category, p.price_minor, now() as at,
          vector_send(seen.vector) as vector
        from products p
        left join lateral (
          select e.vector from product_images m
          join product_embeddings e on e.boutique_id = m.boutique_id and e.image_id = m.id
            and e.model = %(model)s
          where m.boutique_id = p.boutique_id and m.product_id = p.id
          order by m.position, m.id limit 1
        ) seen on true
        where p.boutique_id = private.current_boutique() and p.id = %(product_id)s and p.active
        """,
        {"product_id": product_id, "model": model},
    )
    row = await cursor.fetchone()
    return BoughtProduct(**row | {"vector": read_vector(row["vector"])}) if row else None


async def strengths(
    conn: Connection, *, product_ids: Sequence[str]
) -> dict[tuple[str, str], float]:
    """By (piece, other): how strongly buyers of these pieces buy the other ones."""
    cursor = await conn.execute(
        """select product_id::text, other_id::text, strength from product_pairs
           where boutique_id = private.current_boutique()
             and product_id = any(%(product_ids)s::uuid[])""",
        {"product_ids": list(product_ids)},
    )
    return {(r["product_id"], r["other_id"]): r["strength"] for r in await cursor.fetchall()}


# The cosine of two pieces' buyers, shrunk: buyers of both / (√(buyers · buyers) + PRIOR).
_FIT = f"""
with kept as ({_KEPT_PIECES}
), bought as (
  select customer_id, product_id from (
    select customer_id, product_id,
      row_number() over (partition by customer_id order by max(at) desc, product_id) as nth
    from kept where at >= now() - %(remembered)s::interval and product_id is not null
    group by customer_id, product_id
  ) newest where nth <= %(most)s
), buyers as (
  select product_id, count(*) as n from bought group by product_id
), pairs as (
  select a.product_id, b.product_id as other_id, count(*)::int as buyers
  from bought a join bought b on b.customer_id = a.customer_id and b.product_id <> a.product_id
  group by a.product_id, b.product_id
), ranked as (
  select pairs.*, pairs.buyers / (sqrt(one.n * other.n) + %(prior)s) as strength,
    row_number() over (partition by pairs.product_id
      order by pairs.buyers / (sqrt(one.n * other.n) + %(prior)s) desc, pairs.other_id) as place
  from pairs
  join buyers one on one.product_id = pairs.product_id
  join buyers other on other.product_id = pairs.other_id
)
insert into product_pairs (boutique_id, product_id, other_id, buyers, strength)
select private.current_boutique(), product_id, other_id, buyers, strength
from ranked where place <= %(kept)s
"""


async def fit(conn: Connection) -> int:
    """Fits the pairs of the boutique anew from a year's purchases; how many they are."""
    await conn.execute("delete from product_pairs where boutique_id = private.current_boutique()")
    cursor = await conn.execute(
        _FIT.encode(),
        {
            "remembered": REMEMBERED,
            "most": MOST_OF_A_BUYER,
            "prior": PRIOR,
            "kept": KEPT,
        },
    )
    return cursor.rowcount

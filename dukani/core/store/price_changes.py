"""Which prices changed since a moment, what they were before, and who met the new ones.

Read from the audit log, which every change of a row writes, whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection

Met = Literal["ordered", "in a cart", "told"]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A piece, or a size of it with a price of its own (`variant_id`), as it is not any more.

    `was_minor` is from before the first change since then, `now_minor` is of now; None: the size
    has the piece's price.
    """

    product_id: str
    variant_id: str | None
    sku: str
    name: str
    was_minor: int | None
    now_minor: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PriceMet:
    """Somebody who met a changed price. `told` is a message that names the piece."""

    how: Met
    name: str  # of the piece
    price_minor: int | None  # None: it is in the message's words
    at: datetime
    reference: str | None  # an order's number
    phone: str = field(repr=False)
    customer: str = field(repr=False)


_FIRST: LiteralString = """
select split_part(a.subject, ':', 2)::uuid as id, split_part(a.subject, ':', 1) as kind,
  min(a.created_at) as at,
  ((array_agg(coalesce(a.was, a.details -> 'was') ->> 'price_minor' order by a.id))[1])::bigint
    as was_minor
from audit_log a
where a.boutique_id = private.current_boutique() and a.created_at >= %(since)s
  and a.action in ('products_update', 'product_variants_update')
  and a.details -> 'columns' ? 'price_minor'
group by 1, 2
"""
_CHANGED: LiteralString = f"""
with first as ({_FIRST})
select p.id::text as product_id, null::text as variant_id, p.sku, p.name, f.was_minor,
  p.price_minor as now_minor, f.at
from first f join products p on p.boutique_id = private.current_boutique() and p.id = f.id
where f.kind = 'products' and p.price_minor is distinct from f.was_minor
union all
select p.id::text, v.id::text, v.sku, concat_ws(' ', p.name, v.colour, v.size), f.was_minor,
  v.price_minor, f.at
from first f
join product_variants v on v.boutique_id = private.current_boutique() and v.id = f.id
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
where f.kind = 'product_variants' and v.price_minor is distinct from f.was_minor
order by name, sku
"""
_MET: LiteralString = """
select 'ordered' as how, i.name, i.unit_price_minor as price_minor, o.created_at as at,
  o.number as reference, c.phone, coalesce(c.name, '') as customer
from order_items i
join orders o on o.boutique_id = i.boutique_id and o.id = i.order_id
join customers c on c.boutique_id = o.boutique_id and c.id = o.customer_id
where i.boutique_id = private.current_boutique() and i.product_id = %(product_id)s
  and o.created_at >= %(at)s
union all
select 'in a cart', p.name, i.added_price_minor, i.created_at, null, c.phone, coalesce(c.name, '')
from cart_items i
join carts k on k.boutique_id = i.boutique_id and k.id = i.cart_id
  and k.status in ('active', 'checkout')
join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
join customers c on c.boutique_id = k.boutique_id and c.id = k.customer_id
where i.boutique_id = private.current_boutique() and p.id = %(product_id)s
  and i.created_at >= %(at)s
union all
select 'told', p.name, null, max(m.created_at), null, c.phone, coalesce(c.name, '')
from products p
join messages m on m.boutique_id = p.boutique_id and m.direction = 'out'
  and m.created_at >= %(at)s and strpos(m.body, p.name) > 0
join conversations t on t.boutique_id = m.boutique_id and t.id = m.conversation_id
join customers c on c.boutique_id = t.boutique_id and c.id = t.customer_id
where p.boutique_id = private.current_boutique() and p.id = %(product_id)s
group by p.name, c.phone, c.name
order by at
"""


async def since(conn: Connection, *, moment: datetime) -> list[PriceChange]:
    """What differs now from what it was at that moment."""
    async with conn.cursor(row_factory=class_row(PriceChange)) as cursor:
        await cursor.execute(_CHANGED.encode(), {"since": moment})
        return await cursor.fetchall()


async def met_by(conn: Connection, change: PriceChange) -> list[PriceMet]:
    """Who ordered the piece, has it in an open cart, or was told of it since, oldest first."""
    async with conn.cursor(row_factory=class_row(PriceMet)) as cursor:
        await cursor.execute(_MET.encode(), {"product_id": change.product_id, "at": change.at})
        return await cursor.fetchall()


async def put_back(conn: Connection, change: PriceChange) -> bool:
    """Let the price be what it was; False when somebody changed it again meanwhile."""
    table: LiteralString = "products" if change.variant_id is None else "product_variants"
    cursor = await conn.execute(
        f"""update {table} set price_minor = %(was)s
            where boutique_id = private.current_boutique() and id = %(id)s
              and price_minor is not distinct from %(now)s""".encode(),
        {"id": change.variant_id or change.product_id, "was": change.was_minor,
         "now": change.now_minor},
    )  # fmt: skip
    return cursor.rowcount == 1

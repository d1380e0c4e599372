"""The pieces to be sold over the counter: what is left of them, what sold last before the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store import product_list


@dataclass(frozen=True, slots=True)
class CounterPiece:
    id: str
    sku: str
    name: str
    category: str
    price_minor: int


@dataclass(frozen=True, slots=True)
class Left:
    """A variant that is to be had."""

    id: str
    product_id: str
    colour: str
    size: str
    sku: str
    price_minor: int
    available: int


_LAST = 200  # sales that say what sells now
_COLUMNS: LiteralString = "p.id::text, p.sku, p.name, p.category, p.price_minor"
_LEFT: LiteralString = """p.active and exists (select from product_variants v
  where v.boutique_id = p.boutique_id and v.product_id = p.id and v.available > 0)"""
# Two short lists, each through an index: what was in the last sales, most often first, and the
# newest.
_FAVOURITES: LiteralString = f"""
with sold as (
  select v.product_id, count(*) as times from (
    select m.boutique_id, m.variant_id from stock_movements m
    where m.boutique_id = private.current_boutique() and m.reason = 'sale'
    order by m.id desc limit %(last)s
  ) m join product_variants v on v.boutique_id = m.boutique_id and v.id = m.variant_id
  group by v.product_id
), favourites as (
  select {_COLUMNS}, sold.times, p.created_at
  from sold join products p on p.boutique_id = private.current_boutique()
    and p.id = sold.product_id
  where {_LEFT}
), newest as (
  select {_COLUMNS}, 0::bigint as times, p.created_at
  from products p
  where p.boutique_id = private.current_boutique() and {_LEFT}
    and not exists (select from sold where sold.product_id = p.id)
  order by p.created_at desc, p.id desc limit %(limit)s
)
select id, sku, name, category, price_minor
from (select * from favourites union all select * from newest) both_lists
order by times desc, created_at desc, id desc limit %(limit)s
"""


async def favourites(conn: Connection, *, limit: int) -> list[CounterPiece]:
    async with conn.cursor(row_factory=class_row(CounterPiece)) as cursor:
        await cursor.execute(_FAVOURITES, {"last": _LAST, "limit": limit})
        return await cursor.fetchall()


async def found(conn: Connection, *, search: str, limit: int) -> list[CounterPiece]:
    """Pieces by words or digits of an SKU, without those sold out."""
    rows = await product_list.page(conn, which="on_sale", search=search, limit=limit)
    return [
        CounterPiece(row.id, row.sku, row.name, row.category, row.price_minor)
        for row in rows
        if row.available > 0
    ]


async def left(conn: Connection, *, product_ids: Sequence[str]) -> list[Left]:
    async with conn.cursor(row_factory=class_row(Left)) as cursor:
        await cursor.execute(
            """select v.id::text, v.product_id::text, v.colour, v.size, v.sku,
                 coalesce(v.price_minor, p.price_minor) as price_minor, v.available
               from product_variants v
               join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
               where v.boutique_id = private.current_boutique()
                 and v.product_id = any(%(product_ids)s::uuid[]) and v.available > 0
               order by v.product_id, v.colour, v.size, v.id""",
            {"product_ids": list(product_ids)},
        )
        return await cursor.fetchall()

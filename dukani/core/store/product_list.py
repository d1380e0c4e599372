"""Lists of a boutique's products as its people see them, sold out and archived ones too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key
from dukani.core.store.today import LOW

ProductFilter = Literal["on_sale", "archived", "low_stock", "sold_out"]
ProductSort = Literal["newest", "cheapest"]
MOST_WORDS = 6

_FILTERS: dict[ProductFilter, LiteralString] = {
    "on_sale": "p.active",
    "archived": "not p.active",
    "low_stock": f"""p.active and exists (select from product_variants v
      where v.boutique_id = p.boutique_id and v.product_id = p.id and {LOW})""",
    # Of a piece that is sold out the first variant is gone, so an index holds what to look at. The
    # limit keeps the planner from reading all that is left of all pieces instead.
    "sold_out": """p.active and p.id = any(array(select gone.product_id from product_variants gone
      where gone.boutique_id = private.current_boutique() and gone.leads and gone.available <= 0
        and not exists (select from product_variants v where v.boutique_id = gone.boutique_id
          and v.product_id = gone.product_id and v.available > 0 limit 1 offset 0)))""",
}


@dataclass(frozen=True, slots=True)
class ListedProduct:
    id: str
    sku: str
    name: str
    category: str
    price_minor: int
    active: bool
    variants: int
    available: int  # of all variants
    picture_path: str | None
    created_at: datetime

    def key(self, sort: ProductSort) -> Key:
        return Key(self.created_at if sort == "newest" else self.price_minor, self.id)


_LIST = """
with page as (
  select p.* from {source} p
  where p.boutique_id = private.current_boutique() and {which} {words} {after}
  order by {order} limit %(limit)s
)
select p.id::text, p.sku, p.name, p.category, p.price_minor, p.active, p.created_at,
  its.variants, its.available, shown.path as picture_path
from page p
cross join lateral (
  select (count(*) filter (where not v.retired))::int as variants,
    coalesce(sum(greatest(v.available, 0)), 0)::int as available
  from product_variants v where v.boutique_id = p.boutique_id and v.product_id = p.id
) its
left join lateral (
  select m.path from product_images m
  where m.boutique_id = p.boutique_id and m.product_id = p.id
  order by m.position, m.created_at, m.id limit 1
) shown on true
order by {order}
"""
KEY_OF: dict[ProductSort, type[datetime] | type[int]] = {"newest": datetime, "cheapest": int}
_ORDER: dict[ProductSort, LiteralString] = {
    "newest": "p.created_at desc, p.id desc",
    "cheapest": "p.price_minor, p.id",
}
_AFTER: dict[ProductSort, LiteralString] = {
    "newest": "and (p.created_at, p.id) < (%(at)s, %(id)s::uuid)",
    "cheapest": "and (p.price_minor, p.id) > (%(at)s, %(id)s::uuid)",
}
# Each word begins one of the piece's own words, or a part of its SKU. The view may use their index.
_FOUND: LiteralString = """and p.found_by @@ (
  select string_agg(
    quote_literal(private.current_boutique()::text || ' ' || word) || ':*', ' & ')::tsquery
  from unnest(%(words)s::text[]) word)"""
_NO_WORD = re.compile(r"[\W_]+")


async def page(
    conn: Connection,
    *,
    which: ProductFilter,
    sort: ProductSort = "newest",
    search: str = "",
    after: Key | None = None,
    limit: int,
) -> list[ListedProduct]:
    """The products after the one with the key `after`; `search` is words or digits of an SKU."""
    words = [word for word in _NO_WORD.split(search.lower()) if word][:MOST_WORDS]
    if search and not words:
        return []  # nothing is called by signs alone
    statement = _LIST.format(
        which=_FILTERS[which],
        source="private.found_products" if words else "products",
        words=_FOUND if words else "",
        after=_AFTER[sort] if after else "",
        order=_ORDER[sort],
    )
    async with conn.cursor(row_factory=class_row(ListedProduct)) as cursor:
        await cursor.execute(
            statement.encode(),
            {
                "limit": limit,
                "at": after.value if after else None,
                "id": after.id if after else None,
                "words": words,
            },
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product with everything an owner edits of it."""

    id: str
    sku: str
    name: str
    description: str
    category: str
    pattern: str
    embroidery: bool
    occasions: list[str]
    price_minor: int
    active: bool
    low_stock_at: int | None  # so few are low; none: the boutique's number
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ShownVariant:
    id: str
    colour: str
    size: str
    sku: str
    price_minor: int | None  # none: the product's
    on_hand: int
    reserved: int  # by open orders
    available: int
    low: bool  # few are left
    retired: bool  # not made any more


@dataclass(frozen=True, slots=True)
class ShownPicture:
    id: str
    colour: str | None
    path: str
    position: int


async def get(conn: Connection, *, product_id: str, lock: bool = False) -> ShownProduct | None:
    """The product; with `lock`, the row is locked until the transaction ends."""
    async with conn.cursor(row_factory=class_row(ShownProduct)) as cursor:
        await cursor.execute(
            b"""select id::text, sku, name, description, category, pattern, embroidery, occasions,
                 price_minor, active, low_stock_at, created_at, updated_at
               from products
               where boutique_id = private.current_boutique() and id = %(product_id)s"""
            + (b" for no key update" if lock else b""),
            {"product_id": product_id},
        )
        return await cursor.fetchone()


async def variants(conn: Connection, *, product_id: str) -> list[ShownVariant]:
    async with conn.cursor(row_factory=class_row(ShownVariant)) as cursor:
        await cursor.execute(
            """select id::text, colour, size, sku, price_minor, quantity as on_hand, reserved,
                 available, low, retired
               from product_variants
               where boutique_id = private.current_boutique() and product_id = %(product_id)s
               order by colour, size, id""",
            {"product_id": product_id},
        )
        return await cursor.fetchall()


async def pictures(conn: Connection, *, product_id: str) -> list[ShownPicture]:
    async with conn.cursor(row_factory=class_row(ShownPicture)) as cursor:
        await cursor.execute(
            """select id::text, colour, path, position from product_images
               where boutique_id = private.current_boutique() and product_id = %(product_id)s
               order by position, created_at, id""",
            {"product_id": product_id},
        )
        return await cursor.fetchall()


async def names_like(conn: Connection, *, name: str) -> list[str]:
    """The names of all products that begin as this one does, without a number at its end."""
    cursor = await conn.execute(
        r"""select name from products
            where boutique_id = private.current_boutique()
              and starts_with(lower(name), lower(regexp_replace(%(name)s, ' \d+$', '')))""",
        {"name": name},
    )
    return [row["name"] for row in await cursor.fetchall()]


async def newest(conn: Connection, *, skip: int, limit: int) -> list[str]:
    """Ids of the pieces on sale, the newest first, those that are sold out behind all others."""
    cursor = await conn.execute(
        """select p.id::text from products p
           where p.boutique_id = private.current_boutique() and p.active
           order by (exists (select from product_variants v where v.boutique_id = p.boutique_id
               and v.product_id = p.id and v.available > 0 and not v.retired)) desc,
             p.created_at desc, p.id desc
           offset %(skip)s limit %(limit)s""",
        {"skip": skip, "limit": limit},
    )
    return [row["id"] for row in await cursor.fetchall()]

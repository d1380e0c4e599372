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
    "sold_out": """p.active and not exists (select from product_variants v
      where v.boutique_id = p.boutique_id and v.product_id = p.id and v.available > 0)""",
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
  select p.* from products p
  where p.boutique_id = private.current_boutique() and {which} {words} {after}
  order by {order} limit %(limit)s
)
select p.id::text, p.sku, p.name, p.category, p.price_minor, p.active, p.created_at,
  its.variants, its.available, shown.path as picture_path
from page p
cross join lateral (
  select count(*)::int as variants, coalesce(sum(greatest(v.available, 0)), 0)::int as available
  from product_variants v where v.boutique_id = p.boutique_id and v.product_id = p.id
) its
left join lateral (
  select m.path from product_images m
  where m.boutique_id = p.boutique_id and m.product_id = p.id
  order by m.position, m.created_at, m.id limit 1
) shown on true
order by {order}
"""
_ORDER: dict[ProductSort, LiteralString] = {
    "newest": "p.created_at desc, p.id desc",
    "cheapest": "p.price_minor, p.id",
}
_AFTER: dict[ProductSort, LiteralString] = {
    "newest": "and (p.created_at, p.id) < (%(at)s, %(id)s::uuid)",
    "cheapest": "and (p.price_minor, p.id) > (%(at)s, %(id)s::uuid)",
}
# A word begins a word of the name or the kind, or is somewhere in an SKU. Names are Swahili and
# English, so nothing is stemmed. A pattern of LIKE takes half the time of a regular expression.
_WORD: LiteralString = """and (
  ' ' || translate(lower(p.name || ' ' || p.category), '-/(,.', '     ') like %(begins{n})s
  or position(%(word{n})s in lower(p.sku)) > 0)"""


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
    words = search.lower().split()[:MOST_WORDS]
    statement = _LIST.format(
        which=_FILTERS[which],
        words=" ".join(_WORD.format(n=n) for n in range(len(words))),
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
                **{f"word{n}": word for n, word in enumerate(words)},
                **{f"begins{n}": f"% {_escaped(word)}%" for n, word in enumerate(words)},
            },
        )
        return await cursor.fetchall()


def _escaped(word: str) -> str:
    """A word for LIKE, without its wildcards."""
    return re.sub(r"([%_\\])", r"\\\1", word)


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
                 price_minor, active, created_at, updated_at
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
                 available
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

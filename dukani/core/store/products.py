"""Products, their variants and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import AsyncCursor
from psycopg.rows import DictRow, class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class Product:
    id: str
    sku: str
    name: str
    category: str
    pattern: str
    embroidery: bool
    price_minor: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One colour and size of a product, as it can be sold now."""

    id: str
    product_id: str
    product_sku: str
    name: str
    category: str
    colour: str
    size: str
    sku: str
    price_minor: int
    available: int  # on hand, less reservations of open orders


@dataclass(frozen=True, slots=True)
class Picture:
    product_id: str
    colour: str | None
    path: str


async def get(conn: Connection, *, product_id: str) -> Product | None:
    async with conn.cursor(row_factory=class_row(Product)) as cursor:
        await cursor.execute(
            """
            select id::text, sku, name, category, pattern, embroidery, price_minor
            from products where id = %(product_id)s and active
            """,
            {"product_id": product_id},
        )
        return await cursor.fetchone()


async def description(conn: Connection, *, product_id: str) -> str:
    """What the shop wrote about the product; "" where it wrote nothing."""
    cursor = await conn.execute(
        "select description from products where id = %(product_id)s and active",
        {"product_id": product_id},
    )
    row = await cursor.fetchone()
    return row["description"].strip() if row else ""


# `available` is a column that triggers keep up to date. Placing an order does not trust it and sums
# the reservations under a lock (`stock.lock_levels`).
_VARIANTS = """
select v.id::text, v.product_id::text, p.sku as product_sku, p.name, p.category,
  v.colour, v.size, v.sku,
  coalesce(v.price_minor, p.price_minor) as price_minor,
  v.available
from product_variants v
join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
where v.boutique_id = private.current_boutique() and p.active
"""


async def variants(conn: Connection, *, product_ids: Sequence[str]) -> list[Variant]:
    """All variants of these products that are made, sold-out ones too, by colour and size."""
    async with conn.cursor(row_factory=class_row(Variant)) as cursor:
        await cursor.execute(
            _VARIANTS + "and v.product_id = any(%(product_ids)s::uuid[]) and not v.retired"
            " order by v.colour, v.size",
            {"product_ids": list(product_ids)},
        )
        return await cursor.fetchall()


async def variant(conn: Connection, *, variant_id: str) -> Variant | None:
    async with conn.cursor(row_factory=class_row(Variant)) as cursor:
        await cursor.execute(_VARIANTS + "and v.id = %(variant_id)s", {"variant_id": variant_id})
        return await cursor.fetchone()


@dataclass(frozen=True, slots=True)
class Listed:
    """The product, or the variant of it, that an id of an external catalogue names."""

    retailer_id: str
    product_id: str
    colour: str | None
    size: str | None


async def by_retailer_ids(conn: Connection, *, retailer_ids: Sequence[str]) -> list[Listed]:
    """The pieces with these ids: our SKUs or ids, of products or of variants, in any case.

    What is no longer sold is left out, colours and sizes too. An id written just so comes first, as
    SKUs may differ by their case alone; then a product's own before a variant's.
    """
    async with conn.cursor(row_factory=class_row(Listed)) as cursor:
        await cursor.execute(
            """
            with asked as (
              select distinct given.id from unnest(%(ids)s::text[]) as given (id)
            ), named as (
              select a.id as retailer_id, p.id as product_id, null::text as colour,
                null::text as size, a.id = p.sku as just_so, 0 as far
              from asked a join products p on lower(a.id) in (lower(p.sku), p.id::text)
              where p.boutique_id = private.current_boutique() and p.active
              union all
              select a.id, v.product_id, v.colour, v.size, a.id = v.sku, 1
              from asked a join product_variants v on lower(a.id) in (lower(v.sku), v.id::text)
              join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
              where v.boutique_id = private.current_boutique() and p.active and not v.retired
            )
            select distinct on (retailer_id) retailer_id, product_id::text as product_id,
              colour, size
            from named order by retailer_id, just_so desc, far
            """,
            {"ids": list(retailer_ids)},
        )
        return await cursor.fetchall()


async def gone_by_retailer_ids(conn: Connection, *, retailer_ids: Sequence[str]) -> dict[str, str]:
    """Names by id, as `by_retailer_ids` reads them, of what was sold here and is no more."""
    cursor = await conn.execute(
        """select distinct on (a.id) a.id, p.name
           from unnest(%(ids)s::text[]) as a (id)
           join products p on p.boutique_id = private.current_boutique()
           left join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
             and lower(a.id) in (lower(v.sku), v.id::text)
           where (not p.active and (v.id is not null or lower(a.id) in (lower(p.sku), p.id::text)))
             or v.retired
           order by a.id""",
        {"ids": list(retailer_ids)},
    )
    return {row["id"]: row["name"] for row in await cursor.fetchall()}


async def pictures(conn: Connection, *, product_ids: Sequence[str]) -> list[Picture]:
    async with conn.cursor(row_factory=class_row(Picture)) as cursor:
        await cursor.execute(
            """
            select product_id::text, colour, path from product_images
            where boutique_id = private.current_boutique()
              and product_id = any(%(product_ids)s::uuid[])
            order by product_id, position
            """,
            {"product_ids": list(product_ids)},
        )
        return await cursor.fetchall()


async def categories(conn: Connection) -> list[str]:
    """The categories the boutique sells, most pieces first."""
    cursor = await conn.execute(
        """
        select category from products
        where boutique_id = private.current_boutique() and active
        group by category order by count(*) desc, category
        """
    )
    return [row["category"] for row in await cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Sold:
    """A product with all its colours and sizes, sold-out ones too."""

    product_id: str
    sku: str
    name: str
    category: str
    pattern: str
    colours: list[str]
    sizes: list[str]
    variants: list[list[str]]  # colour and size of each
    price_minor: int


async def sold(conn: Connection, *, limit: int = 1000) -> list[Sold]:
    """The products the boutique sells, newest first."""
    async with conn.cursor(row_factory=class_row(Sold)) as cursor:
        await cursor.execute(
            """
            with newest as (
              select boutique_id, id, sku, name, category, pattern, price_minor, created_at
              from products where boutique_id = private.current_boutique() and active
              order by created_at desc limit %(limit)s
            )
            select n.id::text as product_id, n.sku, n.name, n.category, n.pattern,
              array_agg(distinct v.colour) as colours, array_agg(distinct v.size) as sizes,
              array_agg(array[v.colour, v.size] order by v.colour, v.size) as variants,
              n.price_minor
            from newest n
            join product_variants v on v.boutique_id = n.boutique_id and v.product_id = n.id
              and not v.retired
            group by n.id, n.sku, n.name, n.category, n.pattern, n.price_minor, n.created_at
            order by n.created_at desc
            """,
            {"limit": limit},
        )
        return await cursor.fetchall()


async def add(
    conn: Connection,
    *,
    boutique_id: str,
    sku: str,
    name: str,
    category: str,
    price_minor: int,
    description: str = "",
    pattern: str = "plain",
    embroidery: bool = False,
    occasions: Sequence[str] = (),
    active: bool = True,
) -> str:
    """The new product's id; one that is not `active` is a draft, which nobody is shown."""
    cursor = await conn.execute(
        """
        insert into products (boutique_id, sku, name, description, category, pattern,
          embroidery, occasions, price_minor, active)
        values (%(boutique_id)s, %(sku)s, %(name)s, %(description)s, %(category)s, %(pattern)s,
          %(embroidery)s, %(occasions)s, %(price_minor)s, %(active)s)
        returning id::text
        """,
        {
            "boutique_id": boutique_id,
            "sku": sku,
            "name": name,
            "description": description,
            "category": category,
            "pattern": pattern,
            "embroidery": embroidery,
            "occasions": list(occasions),
            "price_minor": price_minor,
            "active": active,
        },
    )
    return await _id(cursor)


async def draft(conn: Connection, *, product_id: str) -> Product | None:
    """The product that is not on sale yet."""
    async with conn.cursor(row_factory=class_row(Product)) as cursor:
        await cursor.execute(
            """
            select id::text, sku, name, category, pattern, embroidery, price_minor
            from products
            where boutique_id = private.current_boutique() and id = %(product_id)s and not active
            """,
            {"product_id": product_id},
        )
        return await cursor.fetchone()


async def put_on_sale(conn: Connection, *, product_id: str) -> bool:
    """Put a draft on sale; false when it is already."""
    cursor = await conn.execute(
        """
        update products set active = true
        where boutique_id = private.current_boutique() and id = %(product_id)s and not active
        """,
        {"product_id": product_id},
    )
    return cursor.rowcount == 1


async def by_sku(conn: Connection, *, sku: str) -> Product | None:
    """The boutique's product with this SKU, for sale or not."""
    async with conn.cursor(row_factory=class_row(Product)) as cursor:
        await cursor.execute(
            """
            select id::text, sku, name, category, pattern, embroidery, price_minor
            from products where boutique_id = private.current_boutique() and sku = %(sku)s
            """,
            {"sku": sku},
        )
        return await cursor.fetchone()


async def change(
    conn: Connection,
    *,
    product_id: str,
    name: str,
    category: str,
    price_minor: int,
    description: str,
    pattern: str,
    embroidery: bool,
    occasions: Sequence[str],
) -> bool:
    """Update a product; false when nothing changed."""
    values = {
        "product_id": product_id,
        "name": name,
        "category": category,
        "price_minor": price_minor,
        "description": description,
        "pattern": pattern,
        "embroidery": embroidery,
        "occasions": list(occasions),
    }
    cursor = await conn.execute(
        """
        update products set name = %(name)s, category = %(category)s, pattern = %(pattern)s,
          embroidery = %(embroidery)s, occasions = %(occasions)s, description = %(description)s,
          price_minor = %(price_minor)s
        where boutique_id = private.current_boutique() and id = %(product_id)s
          and (name, category, pattern, embroidery, occasions, description, price_minor)
            is distinct from (%(name)s, %(category)s, %(pattern)s, %(embroidery)s,
              %(occasions)s::text[], %(description)s, %(price_minor)s::bigint)
        """,
        values,
    )
    return cursor.rowcount == 1


async def count(conn: Connection) -> int:
    """The number of products the boutique sells."""
    cursor = await conn.execute(
        "select count(*) as n from products"
        " where boutique_id = private.current_boutique() and active"
    )
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0


async def remove_pictures(
    conn: Connection, *, boutique_id: str, product_id: str, colour: str, kept: Sequence[str]
) -> int:
    """Delete a colour's pictures not at `kept` paths; their number. Needs a system connection."""
    cursor = await conn.execute(
        """
        delete from product_images
        where boutique_id = %(boutique_id)s and product_id = %(product_id)s
          and colour = %(colour)s and path <> all(%(kept)s)
        """,
        {
            "boutique_id": boutique_id,
            "product_id": product_id,
            "colour": colour,
            "kept": list(kept),
        },
    )
    return cursor.rowcount


async def add_variant(
    conn: Connection,
    *,
    boutique_id: str,
    product_id: str,
    colour: str,
    size: str,
    sku: str,
    price_minor: int | None = None,
) -> str:
    """The new variant's id; `stock.move` sets its stock."""
    cursor = await conn.execute(
        """
        insert into product_variants (boutique_id, product_id, colour, size, sku, price_minor)
        values (%(boutique_id)s, %(product_id)s, %(colour)s, %(size)s, %(sku)s, %(price_minor)s)
        returning id::text
        """,
        {
            "boutique_id": boutique_id,
            "product_id": product_id,
            "colour": colour,
            "size": size,
            "sku": sku,
            "price_minor": price_minor,
        },
    )
    return await _id(cursor)


async def add_picture(
    conn: Connection,
    *,
    boutique_id: str,
    product_id: str,
    path: str,
    colour: str | None = None,
    position: int = 0,
) -> str:
    """The new picture's id."""
    cursor = await conn.execute(
        """
        insert into product_images (boutique_id, product_id, path, colour, position)
        values (%(boutique_id)s, %(product_id)s, %(path)s, %(colour)s, %(position)s)
        returning id::text
        """,
        {
            "boutique_id": boutique_id,
            "product_id": product_id,
            "path": path,
            "colour": colour,
            "position": position,
        },
    )
    return await _id(cursor)


async def _id(cursor: AsyncCursor[DictRow]) -> str:
    row = await cursor.fetchone()
    assert row is not None  # `returning` gives a row or the statement raised
    return str(row["id"])


async def existing(conn: Connection, *, product_ids: Sequence[str]) -> set[str]:
    """Those of these ids that are products of the boutique, on sale or not."""
    cursor = await conn.execute(
        """select id::text as id from products
           where boutique_id = private.current_boutique() and id = any(%(ids)s::uuid[])""",
        {"ids": list(product_ids)},
    )
    return {row["id"] for row in await cursor.fetchall()}

"""Many pieces at once: read by their SKUs, and written with a statement for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class BulkProduct:
    id: str
    sku: str
    name: str
    category: str
    price_minor: int
    pattern: str
    embroidery: bool
    occasions: list[str]
    description: str
    active: bool
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class BulkVariant:
    id: str
    product_id: str
    colour: str
    size: str
    quantity: int
    reserved: int
    price_minor: int | None
    listed_units: int | None
    listed_before: int | None


async def by_skus(conn: Connection, *, skus: Sequence[str], lock: bool) -> list[BulkProduct]:
    """The products with these SKUs, on sale or not; locked in the order of ids with `lock`."""
    async with conn.cursor(row_factory=class_row(BulkProduct)) as cursor:
        await cursor.execute(
            f"""select id::text, sku, name, category, price_minor, pattern, embroidery, occasions,
                  description, active, private.cost_at(boutique_id, id, now()) as cost_minor
                from products where boutique_id = private.current_boutique() and sku = any(%(skus)s)
                order by products.id {"for no key update" if lock else ""}""".encode(),
            {"skus": list(skus)},
        )
        return await cursor.fetchall()


async def spellings(conn: Connection, *, skus: Sequence[str]) -> list[str]:
    """The boutique's SKUs that are these but for capital letters."""
    cursor = await conn.execute(
        """select sku from products
           where boutique_id = private.current_boutique() and lower(sku) = any(%(skus)s)""",
        {"skus": [sku.lower() for sku in skus]},
    )
    return [row["sku"] for row in await cursor.fetchall()]


async def skus_of_names(conn: Connection, *, names: Sequence[str]) -> dict[str, str]:
    """Name in small letters → SKU, for names that one product alone has."""
    cursor = await conn.execute(
        """select lower(name) as name, min(sku) as sku from products
           where boutique_id = private.current_boutique() and lower(name) = any(%(names)s)
           group by lower(name) having count(*) = 1""",
        {"names": [name.lower() for name in names]},
    )
    return {row["name"]: row["sku"] for row in await cursor.fetchall()}


async def variants_of(
    conn: Connection, *, product_ids: Sequence[str], lock: bool
) -> list[BulkVariant]:
    """Their colours and sizes, retired ones too. Locked as placing an order locks them."""
    async with conn.cursor(row_factory=class_row(BulkVariant)) as cursor:
        await cursor.execute(
            f"""select id::text, product_id::text, colour, size, quantity, reserved, price_minor,
                  listed_units, listed_before
                from product_variants
                where boutique_id = private.current_boutique()
                  and product_id = any(%(ids)s::uuid[])
                order by product_variants.id {"for no key update" if lock else ""}""".encode(),
            {"ids": list(product_ids)},
        )
        return await cursor.fetchall()


_VALUES = """unnest(%(sku)s::text[], %(name)s::text[], %(category)s::text[],
    %(price)s::bigint[], %(pattern)s::text[], %(embroidery)s::bool[], %(occasions)s::jsonb[],
    %(description)s::text[], %(on_sale)s::bool[])
  as its (sku, name, category, price, pattern, embroidery, occasions, description, on_sale)"""
_OCCASIONS = "array(select jsonb_array_elements_text(its.occasions))"


def _columns(pieces: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = ("sku", "name", "category", "price", "pattern", "embroidery", "occasions",
             "description", "on_sale")  # fmt: skip
    return {name: [piece[name] for piece in pieces] for name in names}


async def add_products(conn: Connection, pieces: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """New products, by the columns of a list; `occasions` as JSON. Their ids: SKU → id.

    Raises UniqueViolation.
    """
    cursor = await conn.execute(
        f"""insert into products (boutique_id, sku, name, category, price_minor, pattern,
              embroidery, occasions, description, active)
            select private.current_boutique(), its.sku, its.name, its.category, its.price,
              its.pattern, its.embroidery, {_OCCASIONS}, its.description, its.on_sale
            from {_VALUES} returning id::text, sku""".encode(),
        _columns(pieces),
    )
    return {row["sku"]: row["id"] for row in await cursor.fetchall()}


async def change_products(conn: Connection, pieces: Sequence[Mapping[str, Any]]) -> None:
    """Write every field of the products with these SKUs."""
    await conn.execute(
        f"""update products p set name = its.name, category = its.category,
              price_minor = its.price, pattern = its.pattern, embroidery = its.embroidery,
              occasions = {_OCCASIONS}, description = its.description, active = its.on_sale
            from {_VALUES}
            where p.boutique_id = private.current_boutique() and p.sku = its.sku""".encode(),
        _columns(pieces),
    )


async def add_costs(conn: Connection, costs: Mapping[str, int]) -> None:
    """What a unit of each product costs: from now on, or for always where nobody said it before."""
    await conn.execute(
        """insert into product_costs (boutique_id, product_id, cost_minor, counts_from)
           select private.current_boutique(), its.id, its.cost,
             case when exists (select from product_costs c
               where c.boutique_id = private.current_boutique() and c.product_id = its.id)
             then now() else '-infinity' end
           from unnest(%(ids)s::uuid[], %(costs)s::bigint[]) as its (id, cost)""",
        {"ids": list(costs), "costs": list(costs.values())},
    )


@dataclass(frozen=True, slots=True)
class NewVariant:
    product_id: str
    colour: str
    size: str
    sku: str
    price_minor: int | None
    listed_units: int | None
    listed_before: int | None


async def add_variants(
    conn: Connection, variants: Sequence[NewVariant]
) -> dict[tuple[str, str, str], str]:
    """Their ids, by product, colour and size. Raises UniqueViolation."""
    cursor = await conn.execute(
        """insert into product_variants (boutique_id, product_id, colour, size, sku, price_minor,
             listed_units, listed_before)
           select private.current_boutique(), its.* from unnest(%(products)s::uuid[],
             %(colours)s::text[], %(sizes)s::text[], %(skus)s::text[], %(prices)s::bigint[],
             %(units)s::int[], %(before)s::int[]) as its
           returning id::text, product_id::text, colour, size""",
        {
            "products": [one.product_id for one in variants],
            "colours": [one.colour for one in variants],
            "sizes": [one.size for one in variants],
            "skus": [one.sku for one in variants],
            "prices": [one.price_minor for one in variants],
            "units": [one.listed_units for one in variants],
            "before": [one.listed_before for one in variants],
        },
    )
    found = await cursor.fetchall()
    return {(row["product_id"], row["colour"], row["size"]): row["id"] for row in found}


@dataclass(frozen=True, slots=True)
class ListedVariant:
    """What the list says of a colour and size that is there."""

    id: str
    price_minor: int | None
    listed_units: int | None
    listed_before: int | None


async def note_listed(conn: Connection, variants: Sequence[ListedVariant]) -> None:
    await conn.execute(
        """update product_variants v set price_minor = its.price, listed_units = its.units,
             listed_before = its.before
           from unnest(%(ids)s::uuid[], %(prices)s::bigint[], %(units)s::int[], %(before)s::int[])
             as its (id, price, units, before)
           where v.boutique_id = private.current_boutique() and v.id = its.id""",
        {
            "ids": [one.id for one in variants],
            "prices": [one.price_minor for one in variants],
            "units": [one.listed_units for one in variants],
            "before": [one.listed_before for one in variants],
        },
    )


async def move_stock(conn: Connection, *, reason: str, deltas: Mapping[str, int]) -> None:
    """Entries of the stock ledger: variant id → units. What runs low by a count alerts nobody."""
    await conn.execute("select set_config('app.counting', 'yes', true)")
    await conn.execute(
        """insert into stock_movements (boutique_id, variant_id, delta, reason)
           select private.current_boutique(), its.id, its.delta, %(reason)s
           from unnest(%(ids)s::uuid[], %(deltas)s::int[]) as its (id, delta) order by its.id""",
        {"reason": reason, "ids": list(deltas), "deltas": list(deltas.values())},
    )
    await conn.execute("select set_config('app.counting', '', true)")


_NOT_LISTED = """p.boutique_id = private.current_boutique() and p.active and not exists (
  select from piece_import_rows r
  where r.boutique_id = p.boutique_id and r.import_id = %(import_id)s and r.key = p.sku)"""


async def count_not_listed(conn: Connection, *, import_id: str) -> int:
    """How many pieces on sale are on no line of the list, refused lines counted as lines."""
    cursor = await conn.execute(
        f"select count(*) as n from products p where {_NOT_LISTED}".encode(),
        {"import_id": import_id},
    )
    row = await cursor.fetchone()
    return int(row["n"]) if row else 0


async def archive_not_listed(conn: Connection, *, import_id: str) -> int:
    cursor = await conn.execute(
        f"update products p set active = false where {_NOT_LISTED}".encode(),
        {"import_id": import_id},
    )
    return cursor.rowcount

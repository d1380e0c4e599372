"""What Meta's catalogue has of a boutique's pieces, as its people look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.catalogue_items import Review
from dukani.core.store.keyset import Key

CatalogueFilter = Literal["all", "waiting", "in_review", "approved", "rejected", "drifted"]

_FILTERS: dict[CatalogueFilter, LiteralString] = {
    "all": "true",
    "waiting": "i.dirty",
    "in_review": "not i.dirty and i.review = 'pending'",
    "approved": "i.review = 'approved'",
    "rejected": "i.review = 'rejected'",
    "drifted": "i.drift <> '{}'",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """`foreign`: what Meta has that is not ours."""

    items: int
    waiting: int
    in_review: int
    approved: int
    rejected: int
    drifted: int
    foreign: int


@dataclass(frozen=True, slots=True)
class CataloguePiece:
    id: str
    sku: str
    name: str
    price_minor: int
    active: bool
    picture_path: str | None

    def key(self) -> Key:
        return Key(self.name, self.id)


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """A colour and size. `theirs` as Meta had it when it was read last."""

    retailer_id: str
    product_id: str
    colour: str | None
    size: str | None
    price_minor: int | None
    available: int | None
    retired: bool
    dirty: bool
    review: Review
    errors: Sequence[str]
    drift: Sequence[str]
    theirs: Mapping[str, Any] | None
    pushed_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ForeignItem:
    retailer_id: str
    theirs: Mapping[str, Any]
    read_at: datetime


async def counts(conn: Connection) -> Counts:
    async with conn.cursor(row_factory=class_row(Counts)) as cursor:
        await cursor.execute(
            """select count(*) filter (where ours)::int as items,
                 count(*) filter (where dirty)::int as waiting,
                 count(*) filter (where not dirty and review = 'pending')::int as in_review,
                 count(*) filter (where review = 'approved')::int as approved,
                 count(*) filter (where review = 'rejected')::int as rejected,
                 count(*) filter (where drift <> '{}')::int as drifted,
                 count(*) filter (where not ours)::int as foreign
               from (select i.*, i.variant_id is not null as ours from catalogue_items i
                 where i.boutique_id = private.current_boutique()) i"""
        )
        found = await cursor.fetchone()
    assert found is not None, "a sum gives one row"
    return found


async def pieces(
    conn: Connection, *, which: CatalogueFilter, after: Key | None, limit: int
) -> list[CataloguePiece]:
    """Pieces with an item that fits, by name."""
    async with conn.cursor(row_factory=class_row(CataloguePiece)) as cursor:
        await cursor.execute(
            f"""select p.id::text, p.sku, p.name, p.price_minor, p.active,
                  shown.path as picture_path
                from products p
                left join lateral (
                  select m.path from product_images m
                  where m.boutique_id = p.boutique_id and m.product_id = p.id
                  order by m.position, m.created_at, m.id limit 1
                ) shown on true
                where p.boutique_id = private.current_boutique()
                  and exists (select from catalogue_items i where i.boutique_id = p.boutique_id
                    and i.product_id = p.id and {_FILTERS[which]})
                  and (%(name)s::text is null or (p.name, p.id) > (%(name)s, %(id)s::uuid))
                order by p.name, p.id limit %(limit)s""".encode(),
            {
                "limit": limit,
                "name": after.value if after else None,
                "id": after.id if after else None,
            },
        )
        return await cursor.fetchall()


_ITEMS = """
select i.retailer_id, i.product_id::text, v.colour, v.size,
  coalesce(v.price_minor, p.price_minor) as price_minor, v.available,
  coalesce(v.retired or not p.active, true) as retired,
  i.dirty, i.review, i.errors, i.drift, i.theirs, i.pushed_at, i.read_at
from catalogue_items i
left join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
left join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
where i.boutique_id = private.current_boutique() and i.variant_id is not null
  and i.product_id = any(%(ids)s::uuid[])
order by v.colour, v.size, i.retailer_id
"""


async def items_of(conn: Connection, *, product_ids: Sequence[str]) -> list[CatalogueItem]:
    """All items of these pieces, by colour and size."""
    async with conn.cursor(row_factory=class_row(CatalogueItem)) as cursor:
        await cursor.execute(_ITEMS, {"ids": list(product_ids)})
        return await cursor.fetchall()


async def foreign(conn: Connection, *, limit: int) -> list[ForeignItem]:
    """The first of what Meta has that is not ours."""
    async with conn.cursor(row_factory=class_row(ForeignItem)) as cursor:
        await cursor.execute(
            """select retailer_id, theirs, read_at from catalogue_items
               where boutique_id = private.current_boutique() and variant_id is null
               order by retailer_id limit %(limit)s""",
            {"limit": limit},
        )
        return await cursor.fetchall()

"""What a message of a rule says of pieces: names, today's prices and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A variant as it is sold today. `picture`: in its colour, else one of no colour, else any."""

    variant_id: str
    product_id: str
    sku: str  # the product's
    name: str
    price_minor: int
    available: int
    picture: str | None


async def of_variants(conn: Connection, *, variant_ids: Sequence[str]) -> Mapping[str, SoldPiece]:
    """By variant; those whose product is not for sale any more are left out."""
    return {
        one.variant_id: one
        for one in await _pieces(conn, "v.id = any(%(ids)s::uuid[])", variant_ids)
    }


async def of_product(conn: Connection, *, product_id: str) -> list[SoldPiece]:
    """Its variants: those in stock first, the cheapest first of those."""
    found = await _pieces(conn, "v.product_id = any(%(ids)s::uuid[])", [product_id])
    return sorted(found, key=lambda one: (one.available <= 0, one.price_minor, one.variant_id))


async def _pieces(conn: Connection, which: str, ids: Sequence[str]) -> list[SoldPiece]:
    async with conn.cursor(row_factory=class_row(SoldPiece)) as cursor:
        await cursor.execute(
            f"""select v.id::text as variant_id, p.id::text as product_id, p.sku, p.name,
                  coalesce(v.price_minor, p.price_minor) as price_minor, v.available,
                  seen.path as picture
                from product_variants v
                join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
                left join lateral (
                  select m.path from product_images m
                  where m.boutique_id = p.boutique_id and m.product_id = p.id
                  order by m.colour is not distinct from v.colour desc, m.colour is null desc,
                    m.position, m.id limit 1
                ) seen on true
                where v.boutique_id = private.current_boutique() and p.active
                  and not v.retired and {which}""".encode(),
            {"ids": list(ids)},
        )
        return await cursor.fetchall()

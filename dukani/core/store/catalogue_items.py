"""What Meta's catalogue has, or is to have, of each colour and size of a boutique's pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

Review = Literal["none", "pending", "approved", "rejected", "outdated"]


@dataclass(frozen=True, slots=True)
class OurItem:
    """An item as it is with us. Without a name it is sold no more."""

    retailer_id: str
    version: int
    again: bool
    pushed_hash: str | None
    review: Review
    product_id: str | None
    sku: str | None
    name: str | None
    description: str | None
    category: str | None
    colour: str | None
    size: str | None
    price_minor: int | None
    available: int | None
    picture_path: str | None


# The variant's own picture, else one that shows any colour, else the piece's first.
_OURS = """
select i.retailer_id, i.version, i.again, i.pushed_hash, i.review,
  i.product_id::text as product_id,
  s.sku, s.name, s.description, s.category, s.colour, s.size, s.price_minor, s.available,
  shown.path as picture_path
from catalogue_items i
left join lateral (
  select p.id, p.sku, p.name, p.description, p.category, v.colour, v.size,
    coalesce(v.price_minor, p.price_minor) as price_minor, v.available
  from product_variants v
  join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where v.boutique_id = i.boutique_id and v.id = i.variant_id and p.active and not v.retired
) s on true
left join lateral (
  select m.path from product_images m
  where m.boutique_id = i.boutique_id and m.product_id = s.id
  order by (m.colour is not distinct from s.colour) desc, (m.colour is null) desc,
    m.position, m.created_at, m.id limit 1
) shown on true
where i.boutique_id = private.current_boutique() and {which}
"""


async def to_push(conn: Connection, *, limit: int) -> list[OurItem]:
    """Those that Meta has not got as they are, the longest waiting first."""
    async with conn.cursor(row_factory=class_row(OurItem)) as cursor:
        await cursor.execute(
            _OURS.format(which="i.dirty").encode()
            + b" order by i.changed_at, i.retailer_id limit %(limit)s",
            {"limit": limit},
        )
        return await cursor.fetchall()


async def settle(
    conn: Connection,
    *,
    done: Sequence[tuple[str, int, str | None]],
    push_id: str | None,
    errors: Mapping[str, Sequence[str]],
) -> None:
    """Meta has taken these: (id, version, hash of what was sent, None for a deletion).

    One that changed since it was read stays dirty. `push_id` none: it had them already.
    """
    await conn.execute(
        """update catalogue_items i set pushed_hash = d.hash,
             dirty = i.dirty and i.version <> d.version, again = i.again and i.version <> d.version,
             pushed_at = case when %(push)s::uuid is null then i.pushed_at else now() end,
             push_id = coalesce(%(push)s::uuid, i.push_id),
             errors = case when %(push)s::uuid is null then i.errors
               else coalesce(%(errors)s::jsonb -> i.retailer_id, '[]') end,
             review = case when %(push)s::uuid is null then i.review
               when d.hash is null then 'none'
               when %(errors)s::jsonb ? i.retailer_id then 'rejected' else 'pending' end,
             drift = case when %(push)s::uuid is null then i.drift else '{}' end
           from unnest(%(ids)s::text[], %(versions)s::bigint[], %(hashes)s::text[])
             as d (id, version, hash)
           where i.boutique_id = private.current_boutique() and i.retailer_id = d.id""",
        {
            "push": push_id,
            "errors": Jsonb({one: list(said) for one, said in errors.items()}),
            "ids": [one for one, _, _ in done],
            "versions": [version for _, version, _ in done],
            "hashes": [digest for _, _, digest in done],
        },
    )


async def forget(conn: Connection, *, retailer_ids: Sequence[str]) -> None:
    """Leave out those that Meta never had, or has no more."""
    await conn.execute(
        """delete from catalogue_items
           where boutique_id = private.current_boutique() and retailer_id = any(%(ids)s)""",
        {"ids": list(retailer_ids)},
    )


async def note_errors(
    conn: Connection, *, push_id: str, errors: Mapping[str, Sequence[str]]
) -> None:
    """What a batch could not take in: those items are as if Meta had refused them.

    An item that a later batch has brought since is not as this batch found it.
    """
    if not errors:
        return
    await conn.execute(
        """update catalogue_items set review = 'rejected',
             errors = %(errors)s::jsonb -> retailer_id
           where boutique_id = private.current_boutique() and push_id = %(push)s
             and retailer_id = any(array(select jsonb_object_keys(%(errors)s::jsonb)))""",
        {"push": push_id, "errors": Jsonb({one: list(said) for one, said in errors.items()})},
    )


async def spoil(
    conn: Connection, *, product_id: str | None = None, drifted_only: bool = False
) -> int:
    """Send a piece's items once more, or all of the catalogue, whatever was sent; their number."""
    cursor = await conn.execute(
        """update catalogue_items set dirty = true, again = true, version = version + 1,
             changed_at = now()
           where boutique_id = private.current_boutique() and variant_id is not null
             and (%(product)s::uuid is null or product_id = %(product)s)
             and (drift <> '{}' or not %(drifted)s)""",
        {"product": product_id, "drifted": drifted_only},
    )
    return cursor.rowcount


async def drop_drift(conn: Connection, *, product_id: str) -> None:
    """It has been decided what becomes of the differences of a piece."""
    await conn.execute(
        """update catalogue_items set drift = '{}'
           where boutique_id = private.current_boutique() and product_id = %(product)s
             and drift <> '{}'""",
        {"product": product_id},
    )


async def approved(conn: Connection, product_ids: Sequence[str]) -> dict[str, list[str]]:
    """Of these pieces, the ids of items that Meta may show and that can be bought now.

    The catalogue is connected; a piece with none of these is left out.
    """
    cursor = await conn.execute(
        """select i.product_id::text as product_id,
             array_agg(i.retailer_id order by v.colour, v.size, v.id) as retailer_ids
           from catalogue_items i
           join meta_catalogues m on m.boutique_id = i.boutique_id and m.state = 'connected'
           join product_variants v on v.boutique_id = i.boutique_id and v.id = i.variant_id
           join products p on p.boutique_id = v.boutique_id and p.id = v.product_id
           where i.boutique_id = private.current_boutique()
             and i.product_id = any(%(ids)s::uuid[])
             and i.review = 'approved' and p.active and not v.retired and v.available > 0
           group by i.product_id""",
        {"ids": list(product_ids)},
    )
    return {row["product_id"]: row["retailer_ids"] for row in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of Meta's list makes of an item."""

    retailer_id: str
    version: int
    review: Review | None  # none: as it was
    errors: Sequence[str] | None  # none: as they were
    theirs: Mapping[str, Any] | None
    drift: Sequence[str]


async def ours(conn: Connection) -> list[OurItem]:
    """All that Meta should have of us, and whose batches are over: what may be compared."""
    async with conn.cursor(row_factory=class_row(OurItem)) as cursor:
        await cursor.execute(
            _OURS.format(
                which="""not i.dirty and i.variant_id is not null
                  and not exists (select from catalogue_pushes b
                    where b.boutique_id = i.boutique_id and b.id = i.push_id
                      and b.state = 'started')"""
            ).encode()
        )
        return await cursor.fetchall()


async def note_readings(conn: Connection, readings: Sequence[Reading]) -> None:
    """Keep what was read; of what has changed since, nothing."""
    if not readings:
        return
    await conn.execute(
        """update catalogue_items i set
             review = coalesce(r.review, i.review), errors = coalesce(r.errors, i.errors),
             theirs = r.theirs,
             drift = r.drift, read_at = now()
           from jsonb_to_recordset(%(read)s) as r (retailer_id text, version bigint, review text,
             errors jsonb, theirs jsonb, drift text[])
           where i.boutique_id = private.current_boutique() and i.retailer_id = r.retailer_id
             and i.version = r.version""",
        {
            "read": Jsonb(
                [
                    {
                        "retailer_id": one.retailer_id,
                        "version": one.version,
                        "review": one.review,
                        "errors": list(one.errors) if one.errors is not None else None,
                        "theirs": dict(one.theirs) if one.theirs is not None else None,
                        "drift": list(one.drift),
                    }
                    for one in readings
                ]
            )
        },
    )


async def keep_foreign(conn: Connection, theirs: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what Meta has that is not ours, in place of what it had before."""
    await conn.execute(
        """delete from catalogue_items
           where boutique_id = private.current_boutique() and variant_id is null
             and retailer_id <> all(%(ids)s)""",
        {"ids": list(theirs)},
    )
    if not theirs:
        return
    await conn.execute(
        """insert into catalogue_items (boutique_id, retailer_id, dirty, theirs, read_at)
           select private.current_boutique(), t.key, false, t.value, now()
           from jsonb_each(%(theirs)s) t
           on conflict (boutique_id, retailer_id) do update
             set theirs = excluded.theirs, read_at = now()
             where catalogue_items.variant_id is null""",
        {"theirs": Jsonb({one: dict(said) for one, said in theirs.items()})},
    )


async def all_ids(conn: Connection) -> set[str]:
    """Ids of all items of ours, sold or not."""
    cursor = await conn.execute(
        """select retailer_id from catalogue_items
           where boutique_id = private.current_boutique() and variant_id is not null"""
    )
    return {row["retailer_id"] for row in await cursor.fetchall()}


async def forget_deleted(conn: Connection, *, still_there: Sequence[str]) -> None:
    """Leave out what is sold no more and Meta has no more; what it has still is deleted again."""
    await conn.execute(
        """with gone as (
             select i.retailer_id from catalogue_items i
             where i.boutique_id = private.current_boutique() and not i.dirty
               and i.variant_id is not null and i.pushed_hash is null
               and not exists (select from catalogue_pushes b where b.boutique_id = i.boutique_id
                 and b.id = i.push_id and b.state = 'started')
           ), again as (
             update catalogue_items i set dirty = true, again = true, version = version + 1
             from gone where i.boutique_id = private.current_boutique()
               and i.retailer_id = gone.retailer_id and gone.retailer_id = any(%(there)s)
           )
           delete from catalogue_items i using gone
           where i.boutique_id = private.current_boutique()
             and i.retailer_id = gone.retailer_id and gone.retailer_id <> all(%(there)s)""",
        {"there": list(still_there)},
    )

"""What customers like: their profiles, and the purchases that profiles are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection
from dukani.core.vectors import read_vector, read_vectors

WIDTH = 512  # of the vectors


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """A row of the table; `style_centroid` is (512,) float32 of the model `style_model`.

    `price_band` is that of the day of `updated_at`; the mean price paid (minor units) stays true
    when the boutique's prices move.
    """

    customer_id: str
    color_family_pref: str | None
    style_model: str | None
    style_centroid: NDArray[np.float32] | None
    embroidery_density_pref: str
    embroidery_type_pref: Sequence[str]
    occasion_affinity: Mapping[str, float]
    mean_price_minor: int
    price_band: str
    units: int
    updated_at: datetime | None = None  # None: not stored yet


@dataclass(frozen=True, slots=True)
class ProfileColumns:
    """What is scored of several profiles, by column: a profile has the same place in each.

    `styles`: rows of `WIDTH` floats; zeros for none, or of another model than the one asked for.
    """

    customer_ids: Sequence[str]
    families: Sequence[str | None]
    styles: NDArray[np.float32]
    densities: Sequence[str]
    types: Sequence[Sequence[str]]
    occasions: Sequence[Mapping[str, float]]
    mean_prices_minor: Sequence[int]


@dataclass(frozen=True, slots=True)
class BoughtPiece:
    """Pieces of one line of a paid order that she kept; `vector` is of the colour's picture."""

    customer_id: str
    paid_at: datetime
    units: int
    colour: str
    unit_price_minor: int
    embroidery_density: str
    embroidery_type: str | None
    occasions: Sequence[str]
    vector: NDArray[np.float32] | None


_BOUGHT: LiteralString = """
select o.customer_id::text as customer_id, o.paid_at, i.colour, i.unit_price_minor,
  (i.quantity - back.units)::int as units,
  coalesce(p.embroidery_density, 'none') as embroidery_density, p.embroidery_type,
  coalesce(p.occasions, '{}') as occasions, vector_send(seen.vector) as vector
from orders o
join order_items i on i.boutique_id = o.boutique_id and i.order_id = o.id
left join products p on p.boutique_id = i.boutique_id and p.id = i.product_id
cross join lateral (
  select coalesce(sum(r.quantity), 0) as units from refund_items r
  where r.boutique_id = i.boutique_id and r.order_item_id = i.id
) back
left join lateral (
  select e.vector from product_images m
  join product_embeddings e on e.boutique_id = m.boutique_id and e.image_id = m.id
    and e.model = %(model)s
  where m.boutique_id = i.boutique_id and m.product_id = i.product_id
  order by m.colour is not distinct from i.colour desc, m.colour is null desc, m.position, m.id
  limit 1
) seen on true
where o.boutique_id = private.current_boutique() and o.payment_status = 'paid'
  and o.fulfilment_status <> 'returned' and o.refund_status <> 'all'
  and o.paid_at is not null and i.quantity > back.units
  -- What stays of somebody who was erased is nobody's taste.
  and not exists (select from customers gone where gone.boutique_id = o.boutique_id
    and gone.id = o.customer_id and starts_with(gone.wa_user_id, 'erased:'))
  and {whose}
order by o.customer_id, o.paid_at, i.id
"""


async def bought_by(conn: Connection, *, customer_id: str, model: str) -> list[BoughtPiece]:
    """What she paid for and kept, oldest first; vectors by `model`."""
    statement = _BOUGHT.replace("{whose}", "o.customer_id = %(customer_id)s")
    return await _bought(conn, statement, {"customer_id": customer_id, "model": model})


async def bought_by_next(
    conn: Connection, *, after: str | None, limit: int, model: str
) -> list[BoughtPiece]:
    """The same of the next `limit` customers who bought something, by their ids."""
    statement = _BOUGHT.replace(
        "{whose}",
        """o.customer_id in (
             select distinct customer_id from orders
             where boutique_id = private.current_boutique() and payment_status = 'paid'
               and (%(after)s::uuid is null or customer_id > %(after)s::uuid)
             order by customer_id limit %(limit)s)""",
    )
    return await _bought(conn, statement, {"after": after, "limit": limit, "model": model})


async def _bought(conn: Connection, statement: str, values: Mapping[str, Any]) -> list[BoughtPiece]:
    cursor = await conn.execute(statement.encode(), values)
    rows = await cursor.fetchall()
    return [BoughtPiece(**row | {"vector": read_vector(row["vector"])}) for row in rows]


async def prices(conn: Connection) -> list[int]:
    """Prices in minor units of all pieces on sale, by which price bands are cut."""
    cursor = await conn.execute(
        """select price_minor from products
           where boutique_id = private.current_boutique() and active order by price_minor"""
    )
    return [row["price_minor"] for row in await cursor.fetchall()]


async def put(conn: Connection, profiles: Sequence[CustomerProfile]) -> None:
    """Stores the profiles in place of what was known of these customers."""
    async with conn.cursor() as cursor:
        await cursor.executemany(
            """insert into customer_profiles (boutique_id, customer_id, color_family_pref,
                 style_model, style_centroid, embroidery_density_pref, embroidery_type_pref,
                 occasion_affinity, mean_price_minor, price_band, units)
               values (private.current_boutique(), %(customer_id)s, %(color_family_pref)s,
                 %(style_model)s, %(style_centroid)s::vector, %(embroidery_density_pref)s,
                 %(embroidery_type_pref)s, %(occasion_affinity)s, %(mean_price_minor)s,
                 %(price_band)s, %(units)s)
               on conflict (boutique_id, customer_id) do update set
                 color_family_pref = excluded.color_family_pref,
                 style_model = excluded.style_model, style_centroid = excluded.style_centroid,
                 embroidery_density_pref = excluded.embroidery_density_pref,
                 embroidery_type_pref = excluded.embroidery_type_pref,
                 occasion_affinity = excluded.occasion_affinity,
                 mean_price_minor = excluded.mean_price_minor,
                 price_band = excluded.price_band, units = excluded.units, updated_at = now()""",
            [_values(profile) for profile in profiles],
        )


def _values(profile: CustomerProfile) -> dict[str, Any]:
    return {
        "customer_id": profile.customer_id,
        "color_family_pref": profile.color_family_pref,
        "style_model": profile.style_model,
        "style_centroid": profile.style_centroid,
        "embroidery_density_pref": profile.embroidery_density_pref,
        "embroidery_type_pref": list(profile.embroidery_type_pref),
        "occasion_affinity": Jsonb(dict(profile.occasion_affinity)),
        "mean_price_minor": profile.mean_price_minor,
        "price_band": profile.price_band,
        "units": profile.units,
    }


async def remove(conn: Connection, *, customer_id: str) -> None:
    """She kept nothing of what she bought."""
    await conn.execute(
        "delete from customer_profiles where customer_id = %(customer_id)s",
        {"customer_id": customer_id},
    )


async def get(conn: Connection, *, customer_id: str) -> CustomerProfile | None:
    return next(iter(await of_customers(conn, [customer_id])), None)


async def of_customers(conn: Connection, customer_ids: Sequence[str]) -> list[CustomerProfile]:
    """The profiles of those of the boutique's customers who have one, by id."""
    cursor = await conn.execute(
        """select customer_id::text as customer_id, color_family_pref, style_model,
             vector_send(style_centroid) as style_centroid, embroidery_density_pref,
             embroidery_type_pref, occasion_affinity, mean_price_minor, price_band, units,
             updated_at
           from customer_profiles
           where boutique_id = private.current_boutique()
             and customer_id = any(%(customer_ids)s::uuid[])
           order by customer_id""",
        {"customer_ids": list(customer_ids)},
    )
    return [
        CustomerProfile(**row | {"style_centroid": read_vector(row["style_centroid"])})
        for row in await cursor.fetchall()
    ]


async def columns(
    conn: Connection, customer_ids: Sequence[str], *, model: str | None
) -> ProfileColumns:
    """Of those of the boutique's customers who have a profile; `model`: the pieces' own."""
    # Binary: as text each vector would be written and read as hexadecimal digits.
    async with conn.cursor(binary=True, row_factory=tuple_row) as cursor:
        await cursor.execute(
            """select customer_id::text, color_family_pref,
                 case when style_model = %(model)s then vector_send(style_centroid) end,
                 embroidery_density_pref, embroidery_type_pref, occasion_affinity,
                 mean_price_minor
               from customer_profiles
               where boutique_id = private.current_boutique()
                 and customer_id = any(%(customer_ids)s::uuid[])
               order by customer_id""",
            {"customer_ids": list(customer_ids), "model": model},
        )
        rows = await cursor.fetchall()
    ids, families, styles, densities, types, occasions, prices = (
        zip(*rows, strict=True) if rows else [()] * 7
    )
    return ProfileColumns(
        ids, families, read_vectors(styles, width=WIDTH), densities, types, occasions, prices
    )


async def usual_model(conn: Connection) -> str | None:
    """The image model that made most of the profiles' centroids; pieces are compared by it."""
    cursor = await conn.execute(
        """select style_model from customer_profiles
           where boutique_id = private.current_boutique() and style_model is not null
           group by style_model order by count(*) desc, style_model limit 1"""
    )
    row = await cursor.fetchone()
    return row["style_model"] if row else None

"""Who wants to hear when a sold-out piece is there again, in the order in which they asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Source = Literal["chat", "window", "member"]


@dataclass(frozen=True, slots=True)
class StockWait:
    """`variant_id`: None: any colour and size of the piece will do."""

    id: str
    customer_id: str
    product_id: str
    variant_id: str | None
    source: Source
    created_at: datetime


async def add(
    conn: Connection,
    *,
    customer_id: str,
    product_id: str,
    variant_id: str | None = None,
    source: Source,
) -> bool:
    """False: she waits for it already, and keeps her place."""
    cursor = await conn.execute(
        """insert into stock_waits (boutique_id, customer_id, product_id, variant_id, source)
           values (private.current_boutique(), %(customer_id)s, %(product_id)s, %(variant_id)s,
             %(source)s)
           on conflict (boutique_id, customer_id, product_id, coalesce(variant_id, product_id))
             where ended_at is null do nothing""",
        {
            "customer_id": customer_id,
            "product_id": product_id,
            "variant_id": variant_id,
            "source": source,
        },
    )
    return cursor.rowcount == 1


async def add_by_name(
    conn: Connection,
    *,
    customer_id: str,
    name: str,
    colour: str | None,
    size: str | None,
    source: Source,
    limit: int = 6,
) -> bool:
    """Let her wait for what is sold out of a piece, as replies name it; False: nothing is.

    Of a piece without a colour or a size she waits for any of it.
    """
    cursor = await conn.execute(
        """with gone as (
             select p.id as product_id,
               case when %(colour)s::text is not null or %(size)s::text is not null then v.id end
                 as variant_id
             from products p
             join product_variants v on v.boutique_id = p.boutique_id and v.product_id = p.id
             where p.boutique_id = private.current_boutique() and p.name = %(name)s and p.active
               and not v.retired and v.available <= 0
               and v.colour = coalesce(%(colour)s, v.colour)
               and v.size = coalesce(%(size)s, v.size)
             limit %(limit)s
           ), added as (
             insert into stock_waits (boutique_id, customer_id, product_id, variant_id, source)
             select distinct private.current_boutique(), %(customer_id)s::uuid, product_id,
               variant_id, %(source)s
             from gone
             on conflict (boutique_id, customer_id, product_id, coalesce(variant_id, product_id))
               where ended_at is null do nothing
           )
           select exists (select from gone) as any_gone""",
        {
            "customer_id": customer_id,
            "name": name,
            "colour": colour,
            "size": size,
            "source": source,
            "limit": limit,
        },
    )
    row = await cursor.fetchone()
    return bool(row and row["any_gone"])


async def open_of_piece(
    conn: Connection, *, product_id: str, variant_id: str | None = None, limit: int = 100
) -> list[StockWait]:
    """Who waits for the piece, the first who asked first.

    `variant_id`: the one that is there again; who waits for another one is left out.
    """
    async with conn.cursor(row_factory=class_row(StockWait)) as cursor:
        await cursor.execute(
            """select id::text, customer_id::text, product_id::text, variant_id::text, source,
                 created_at
               from stock_waits
               where boutique_id = private.current_boutique() and product_id = %(product_id)s
                 and ended_at is null
                 and (variant_id is null or %(variant_id)s::uuid is null
                   or variant_id = %(variant_id)s)
               order by created_at, id limit %(limit)s""",
            {"product_id": product_id, "variant_id": variant_id, "limit": limit},
        )
        return await cursor.fetchall()


async def waits(conn: Connection, *, customer_id: str, product_id: str) -> list[str | None]:
    """The variants of the piece that the customer waits for; None among them: any."""
    cursor = await conn.execute(
        """select variant_id::text from stock_waits
           where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
             and product_id = %(product_id)s and ended_at is null""",
        {"customer_id": customer_id, "product_id": product_id},
    )
    return [row["variant_id"] for row in await cursor.fetchall()]


async def end(
    conn: Connection,
    *,
    customer_id: str,
    product_id: str,
    variant_id: str | None = None,
    told: bool = False,
) -> int:
    """Let her wait no more, because she was `told`, bought it, or wants it no more; how many.

    `variant_id`: only waits that this variant answers; None: all that she has for the piece.
    """
    cursor = await conn.execute(
        """update stock_waits set ended_at = clock_timestamp(),
             told_at = case when %(told)s then clock_timestamp() end
           where boutique_id = private.current_boutique() and customer_id = %(customer_id)s
             and product_id = %(product_id)s and ended_at is null
             and (variant_id is null or %(variant_id)s::uuid is null
               or variant_id = %(variant_id)s)""",
        {
            "customer_id": customer_id,
            "product_id": product_id,
            "variant_id": variant_id,
            "told": told,
        },
    )
    return cursor.rowcount

"""The movements of a product's stock, newest first: how many, when, who and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store.keyset import Key


@dataclass(frozen=True, slots=True)
class Movement:
    id: int
    at: datetime
    variant_id: str
    colour: str
    size: str
    delta: int
    reason: str
    moved_by: str | None  # assistant, system, `owner:<user id>`; none: before it was kept
    by_message: bool  # the owner told the assistant
    order_number: str | None
    counter_sale_number: str | None

    def key(self) -> Key:
        return Key(self.id, self.variant_id)


async def page(
    conn: Connection, *, product_id: str, after: Key | None, limit: int
) -> list[Movement]:
    async with conn.cursor(row_factory=class_row(Movement)) as cursor:
        await cursor.execute(
            """
            select m.id, m.created_at as at, m.variant_id::text, v.colour, v.size, m.delta,
              m.reason, m.moved_by, m.owner_message_id is not null as by_message,
              o.number as order_number, s.number as counter_sale_number
            from product_variants v
            join stock_movements m on m.boutique_id = v.boutique_id and m.variant_id = v.id
            left join orders o on o.boutique_id = m.boutique_id and o.id = m.order_id
            left join counter_sales s on s.boutique_id = m.boutique_id and s.id = m.counter_sale_id
            where v.boutique_id = private.current_boutique() and v.product_id = %(product_id)s
              and (%(after)s::bigint is null or m.id < %(after)s)
            order by m.id desc limit %(limit)s
            """,
            {"product_id": product_id, "after": after.value if after else None, "limit": limit},
        )
        return await cursor.fetchall()
